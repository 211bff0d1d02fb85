// Text of .unleak.yml → LowSettings; strict (design section 5). Pure but for the callback that names the rules. Loaded
// only when there is a config file, because it brings the yaml package with it.
import { isAbsolute, join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { CONFIDENCES, SEVERITIES, type Severity } from '../model/levels.ts';
import { throwFaults } from './config-faults.ts';
import { readIgnores } from './read-ignores.ts';
import { findSelectorFault } from './rule-selector.ts';
import type { LowAwsSettings, LowSettings } from './settings.ts';
import { createYamlReader, type YamlMap, type YamlReader, type YamlValue } from './yaml-reader.ts';

export const CONFIG_KEYS = [
  'version',
  'minConfidence',
  'minSeverity',
  'failOnNewPlace',
  'rules',
  'ignore',
  'baseline',
  'aws',
] as const;
export const RULES_KEYS = ['disable', 'severity', 'files'] as const;
export const AWS_KEYS = ['profile', 'regions', 'namePrefix', 'names'] as const;
const LARGEST_CONFIG = 256 * 1024;

export interface ParseConfigOptions {
  /** Name for messages and for the report. */
  readonly file: string;
  /** Folder that `baseline`, `aws.names` and `rules.files` are relative to; '' leaves them as written. */
  readonly folder: string;
  /** Ids of every rule, the user's own (from `rules.files`) included; asked only when the file names a rule. */
  readonly knownRuleIds: (ruleFiles: readonly string[]) => ReadonlySet<string> | Promise<ReadonlySet<string>>;
}

/** Messages of our own for the errors of the yaml package, which repeat what is in the file. */
const YAML_ERRORS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the key is there twice; keep one',
  MULTIPLE_DOCS: 'there is more than one document (---); keep one',
  TAB_AS_INDENT: 'a tab is used to indent; use blanks',
  BAD_INDENT: 'the indentation is not even; line the keys up',
  MISSING_CHAR: 'a sign is missing, such as a closing quote or bracket',
  BAD_ALIAS: 'aliases are not used here; write the value out, or quote a text that starts with *',
};

function readPathOf(reader: YamlReader, value: YamlValue, folder: string): string | undefined {
  const path = reader.string(value);
  return path === undefined || isAbsolute(path) ? path : join(folder, path);
}

function readSeverities(reader: YamlReader, value: YamlValue): ReadonlyMap<string, Severity> {
  const severities = new Map<string, Severity>();
  for (const [id, item] of reader.freeMap(value)?.entries ?? []) {
    const severity = reader.oneOf({ ...item, label: 'the severity of a rule' }, SEVERITIES);
    if (id.endsWith('.*')) reader.fault(item.line, 'severity: takes rule ids, not "provider.*"; write each id');
    reader.noteSelector(id, item.line);
    if (severity) severities.set(id, severity);
  }
  return severities;
}

function readRules(reader: YamlReader, value: YamlValue, folder: string): LowSettings {
  const map = reader.map(value, RULES_KEYS, 'rules');
  const [disable, severity, files] = RULES_KEYS.map((key) => map?.entries.get(key));
  const disabled = disable && reader.strings(disable);
  for (const { text, line } of disabled ?? []) reader.noteSelector(text, line);
  return {
    disabledRules: disabled?.map((item) => item.text),
    severities: severity && readSeverities(reader, severity),
    ruleFiles: files && reader.strings(files).map(({ text }) => (isAbsolute(text) ? text : join(folder, text))),
  };
}

function readAws(reader: YamlReader, value: YamlValue, folder: string): LowAwsSettings {
  const map = reader.map(value, AWS_KEYS, 'aws');
  const [profile, regions, namePrefix, names] = AWS_KEYS.map((key) => map?.entries.get(key));
  const list = regions && reader.strings(regions);
  for (const { text, line } of list ?? []) {
    if (!/^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}$/.test(text))
      reader.fault(line, 'regions: is no AWS region; write such as eu-west-1');
  }
  const prefix = namePrefix && reader.string(namePrefix);
  if (namePrefix && prefix !== undefined && !/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(prefix)) {
    reader.fault(
      namePrefix.line,
      'namePrefix: holds a sign that names in Secrets Manager cannot have; use A-Z a-z 0-9 / _ + = . @ -',
    );
  }
  return {
    profile: profile && reader.string(profile),
    regions: list?.map((item) => item.text),
    namePrefix: prefix,
    names: names && readPathOf(reader, names, folder),
  };
}

function checkVersion(reader: YamlReader, map: YamlMap): void {
  const version = map.entries.get('version');
  if (!version) reader.fault(map.line, 'the version is missing; write "version: 1" as the first line');
  else if (!reader.isNumber(version, 1))
    reader.fault(version.line, 'version: must be 1, the only one that this unleak knows; update unleak or write 1');
}

async function readTop(reader: YamlReader, map: YamlMap, folder: string): Promise<LowSettings> {
  const get = (key: (typeof CONFIG_KEYS)[number]) => map.entries.get(key);
  const [confidence, severity, fail, rules] = [
    get('minConfidence'),
    get('minSeverity'),
    get('failOnNewPlace'),
    get('rules'),
  ];
  const [ignore, baseline, aws] = [get('ignore'), get('baseline'), get('aws')];
  checkVersion(reader, map);
  return {
    minConfidence: confidence && reader.oneOf(confidence, CONFIDENCES),
    minSeverity: severity && reader.oneOf(severity, SEVERITIES),
    failOnNewPlace: fail && reader.boolean(fail),
    ...(rules && readRules(reader, rules, folder)),
    ignores: ignore && (await readIgnores(reader, ignore)),
    baseline: baseline && readPathOf(reader, baseline, folder),
    aws: aws && readAws(reader, aws, folder),
  };
}

async function checkSelectors(reader: YamlReader, settings: LowSettings, options: ParseConfigOptions): Promise<void> {
  if (reader.selectors.length === 0) return;
  const known = await options.knownRuleIds(settings.ruleFiles ?? []);
  for (const { text, line } of reader.selectors) {
    const fault = findSelectorFault(text, known);
    if (fault) reader.fault(line, fault);
  }
}

/**
 * Reads a config file.
 *
 * @throws ConfigError that tells every fault with its line; a message never holds a value
 */
export async function parseConfig(text: string, options: ParseConfigOptions): Promise<LowSettings> {
  const { file } = options;
  if (text.length > LARGEST_CONFIG)
    throwFaults(file, [{ line: 1, message: 'the file is larger than 256 KiB; move lists of paths to .unleakignore' }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  throwFaults(
    file,
    [...document.errors, ...document.warnings].map((error) => ({
      line: lines.linePos(error.pos[0]).line || 1,
      message: YAML_ERRORS[error.code] ?? 'is not valid YAML here; check indentation, quotes and colons',
    })),
  );
  const reader = createYamlReader(file, lines);
  const top = { node: document.contents, line: 1, label: 'the file' };
  const map = document.contents === null ? { line: 1, entries: new Map() } : reader.map(top, CONFIG_KEYS, 'the file');
  const settings = map ? await readTop(reader, map, options.folder) : {};
  await checkSelectors(reader, settings, options);
  throwFaults(file, reader.faults);
  return settings;
}
