// Text of a file of rules/commands/ → command rules with their texts and examples. Ours only, read at build and by
// `rules check`: a fault ends the reading. Keys: rules/README.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { ConfigError } from '../model/errors.ts';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import type { RuleInfo } from '../model/rule.ts';
import {
  type FieldContext,
  type Fields,
  readChoice,
  readFields,
  readFlag,
  readMapping,
  readText,
  readTexts,
  requireKeys,
  tellOf,
} from '../rules/yaml-fields.ts';
import { compileForm } from './command-form.ts';
import type { CommandMatcher, SafeTemplate } from './command-rule.ts';
import type { Dialect } from './history-format.ts';

export interface CommandRule {
  readonly matcher: CommandMatcher;
  readonly info: RuleInfo;
  /** Shell whose quoting the examples use. */
  readonly dialect: Dialect;
  /** Command lines with the secret between « and », with {{placeholders}}. */
  readonly examples: readonly string[];
  readonly counterExamples: readonly string[];
  /** The safe form of the first example, line by line. */
  readonly becomes: readonly string[];
  readonly place: { readonly file: string; readonly line: number };
}

const REQUIRED = ['id', 'name', 'severity', 'tools', 'forms', 'safe', 'examples', 'counterExamples'];
const OPTIONAL = [
  'description',
  'confidence',
  'kind',
  'in',
  'after',
  'with',
  'without',
  'references',
  'strong',
  'shell',
  'becomes',
  'rotate',
  'temporary',
  'docs',
];
const SAFE_KEYS = ['replace', 'ask', 'pipe', 'append', 'command', 'note'];
const DESCRIPTION = 'Works for everybody who reads the history, the list of processes or an audit log.';
const DIALECTS = ['sh', 'fish', 'powershell', 'text'] as const;

function readSafe(fields: Fields): SafeTemplate {
  const safe = readMapping(fields, 'safe', [...SAFE_KEYS, 'remove']);
  if (!safe) return {};
  const texts = SAFE_KEYS.map((key) => [key, readText(safe, key)] as const).filter(([, text]) => text !== undefined);
  // The argument is taken away.
  return { ...Object.fromEntries(texts), ...(readFlag(safe, 'remove') && { replace: '' }) };
}

function readAfter(fields: Fields): readonly (readonly string[])[] {
  return (readText(fields, 'after') ?? '')
    .split(' ')
    .filter(Boolean)
    .map((word) => word.split('|'));
}

function readCommandRule(fields: Fields, file: string): CommandRule {
  requireKeys(fields, REQUIRED);
  const id = readText(fields, 'id') ?? '';
  if (!/^command\.[a-z0-9-]{2,40}$/.test(id)) tellOf(fields, 'id', 'an id is "command." and lower-case words');
  const forms = readTexts(fields, 'forms') ?? [];
  for (const form of forms) {
    try {
      compileForm(form);
    } catch (error) {
      tellOf(fields, 'forms', (error as Error).message);
    }
  }
  const severity = readChoice(fields, 'severity', SEVERITIES) ?? 'low';
  const docs = readText(fields, 'docs');
  return {
    matcher: {
      id,
      severity,
      confidence: readChoice(fields, 'confidence', CONFIDENCES) ?? 'high',
      kind: readChoice(fields, 'kind', ['token', 'password']) ?? 'password',
      tools: readTexts(fields, 'tools') ?? [],
      in: readTexts(fields, 'in') ?? [],
      after: readAfter(fields),
      with: readTexts(fields, 'with') ?? [],
      without: readTexts(fields, 'without') ?? [],
      forms,
      references: readTexts(fields, 'references') ?? [],
      isStrong: readFlag(fields, 'strong') ?? false,
      safe: readSafe(fields),
    },
    info: {
      id,
      name: readText(fields, 'name') ?? '',
      description: readText(fields, 'description') ?? DESCRIPTION,
      severity,
      provider: 'command',
      rotate: {
        where: readText(fields, 'rotate') ?? 'Where the account or key is managed',
        url: undefined,
        notes: undefined,
      },
      temporary: readText(fields, 'temporary'),
      vault: undefined,
      references: docs === undefined ? [] : [docs],
    },
    dialect: readChoice(fields, 'shell', DIALECTS) ?? 'sh',
    examples: readTexts(fields, 'examples') ?? [],
    counterExamples: readTexts(fields, 'counterExamples') ?? [],
    becomes: readTexts(fields, 'becomes') ?? [],
    place: { file, line: fields.line },
  };
}

/** @throws ConfigError that lists everything that is wrong with the file */
export function parseCommandRules(text: string, file: string): readonly CommandRule[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const faults: string[] = [];
  const report = (line: number, message: string): void => void faults.push(`${file}:${line}: ${message}`);
  for (const broken of [...document.errors, ...document.warnings]) {
    report(lineAt(broken.pos[0]), `not valid YAML: ${broken.message}`);
  }
  const list = document.contents;
  if (!isSeq(list)) throw new ConfigError([...faults, 'must be a list of rules'].join('\n'), { file });
  const rules: CommandRule[] = [];
  for (const [index, item] of list.items.entries()) {
    if (!isMap(item)) {
      report(1, `entry ${index + 1} must be a mapping`);
      continue;
    }
    const context: FieldContext = { subject: `rule ${String(item.get('id'))}`, lineAt, report };
    rules.push(readCommandRule(readFields(item, '', [...REQUIRED, ...OPTIONAL], context), file));
  }
  if (faults.length > 0) throw new ConfigError(faults.join('\n'), { file });
  return rules;
}

/** Rules of every file of the folder, in the order of the names. @throws ConfigError */
export function readCommandRuleFolder(folder: string): readonly CommandRule[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort();
  return names.flatMap((name) => {
    const path = join(folder, name);
    return parseCommandRules(readFileSync(path, 'utf8'), path);
  });
}
