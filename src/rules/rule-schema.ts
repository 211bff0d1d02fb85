// One YAML mapping → one Rule, as rules/README.md says. Reports everything that is wrong with an entry at once; proofs
// that need the detector are in check-rules.ts.
import { isMap, type YAMLMap } from 'yaml';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import type { Rule, RulePart, WakeUp } from '../model/rule.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { findPatternFaults, minLength, reachOf } from './pattern-syntax.ts';
import {
  type FieldContext,
  type Fields,
  readChoice,
  readFields,
  readFlag,
  readList,
  readMapping,
  readNumber,
  readText,
  readTexts,
  requireKeys,
  tellOf,
} from './yaml-fields.ts';

/** What the reader of an entry must know besides the entry. */
export interface EntryContext {
  readonly file: string;
  /** Provider of every rule in the file; undefined: the first segment of each id. */
  readonly provider: string | undefined;
  readonly knownChecks: ReadonlySet<string>;
  readonly fields: Omit<FieldContext, 'subject'>;
}

const REQUIRED = [
  'id',
  'name',
  'description',
  'severity',
  'pattern',
  'examples',
  'counterExamples',
  'rotate',
  'references',
];
const WAKE_KEYS = ['prefixes', 'near', 'assignment', 'anchors'] as const;
type WakeKey = (typeof WAKE_KEYS)[number];
const OPTIONAL = [
  'confidence',
  'kind',
  'check',
  'minEntropyBits',
  'ignoreCase',
  'maxBytes',
  'before',
  'parts',
  'temporary',
  'aws',
];
const ALLOWED = [...REQUIRED, ...WAKE_KEYS, ...OPTIONAL];

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MAX_ID_LENGTH = 40;
const MIN_WORD_LENGTH = 3;
const DEFAULT_MAX_BYTES = 300;
const MAX_MATCH_BYTES = 16_384;
/** How far before its anchor a match may start. */
const DEFAULT_BEFORE_BYTES = 40;
/** The kernel looks that far back from a value for the words of `near`. */
const MAX_NEAR_BYTES = 96;

function readId(fields: Fields): string | undefined {
  const id = readText(fields, 'id');
  if (id === undefined) return undefined;
  if (id.length > MAX_ID_LENGTH) tellOf(fields, 'id', `the id has ${id.length} characters; at most ${MAX_ID_LENGTH}`);
  if (ID.test(id)) return id;
  tellOf(fields, 'id', 'the id must be <provider>.<what> of a-z, 0-9 and single hyphens, such as github.app-token');
  return undefined;
}

function readPattern(fields: Fields): string {
  const pattern = readText(fields, 'pattern') ?? '';
  if (pattern === '') return '';
  const faults = findPatternFaults(pattern);
  for (const fault of faults) tellOf(fields, 'pattern', `"${fields.path}pattern" ${fault}`);
  return faults.length === 0 ? pattern : '';
}

function checkWords(fields: Fields, key: string, words: readonly string[]): readonly string[] {
  if (words.length === 0 && readList(fields, key)?.length === 0)
    tellOf(fields, key, `"${fields.path}${key}" is empty; name at least one`);
  for (const [index, word] of words.entries()) {
    const name = `"${fields.path}${key}" word ${JSON.stringify(word)}`;
    if (word.length < MIN_WORD_LENGTH)
      tellOf(fields, key, `${name} is too short; at least ${MIN_WORD_LENGTH} characters`);
    if (/[^ -~]/.test(word)) tellOf(fields, key, `${name} may only have printable ASCII characters`);
    if (words.indexOf(word) < index) tellOf(fields, key, `${name} is given twice; delete one`);
  }
  return words;
}

function readNear(fields: Fields): WakeUp | undefined {
  const near = readMapping(fields, 'near', ['words', 'within']);
  if (!near) return undefined;
  requireKeys(near, ['words', 'within']);
  const words = checkWords(near, 'words', readTexts(near, 'words') ?? []);
  const withinBytes = readNumber(near, 'within', { min: 1, max: MAX_NEAR_BYTES, isWhole: true }) ?? MAX_NEAR_BYTES;
  return { kind: 'near', words, withinBytes };
}

function readWakeUp(fields: Fields): WakeUp | undefined {
  const given: WakeKey[] = WAKE_KEYS.filter((key) => fields.byKey.has(key));
  const key = given[0];
  if (key === undefined) {
    tellOf(fields, 'id', `nothing wakes the rule up; give exactly one of ${WAKE_KEYS.join(', ')}`);
    return undefined;
  }
  if (key !== 'anchors' && fields.byKey.has('before'))
    tellOf(fields, 'before', '"before" is for rules with anchors only; delete it');
  if (given.length > 1) tellOf(fields, given[1] ?? key, `${given.join(' and ')} are both given; keep exactly one`);
  if (key === 'near') return readNear(fields);
  const words = checkWords(fields, key, readTexts(fields, key) ?? []);
  if (key === 'prefixes') return { kind: 'prefix', words };
  if (key === 'assignment') return { kind: 'assignment', words };
  const beforeBytes =
    readNumber(fields, 'before', { min: 0, max: MAX_MATCH_BYTES, isWhole: true }) ?? DEFAULT_BEFORE_BYTES;
  return { kind: 'anchor', words, beforeBytes };
}

function readCheck(fields: Fields, known: ReadonlySet<string>): string | undefined {
  const name = readText(fields, 'check');
  if (name === undefined || known.has(name)) return name;
  const hint = didYouMean(name, known) || ' Delete the key or name a check of src/checks.';
  tellOf(fields, 'check', `there is no check "${name}".${hint}`);
  return undefined;
}

function readParts(fields: Fields): RulePart[] {
  const parts: RulePart[] = [];
  for (const [index, { line, item }] of (readList(fields, 'parts') ?? []).entries()) {
    if (!isMap(item)) {
      fields.context.report(line, `${fields.context.subject}: "parts" item ${index + 1} must be a mapping`);
      continue;
    }
    const part = readFields(
      item,
      `parts ${index + 1}: `,
      ['name', 'pattern', 'withinBytes', 'required'],
      fields.context,
    );
    requireKeys(part, ['name', 'pattern', 'withinBytes']);
    const name = readText(part, 'name') ?? '';
    if (parts.some((p) => p.name === name)) tellOf(part, 'name', `part "${name}" is given twice; rename one`);
    const withinBytes = readNumber(part, 'withinBytes', { min: 1, max: MAX_MATCH_BYTES, isWhole: true }) ?? 1;
    parts.push({ name, pattern: readPattern(part), withinBytes, isRequired: readFlag(part, 'required') ?? false });
  }
  return parts;
}

/** A shorter slice is a cheaper one: most tokens are far shorter than the default. */
function defaultMaxBytes(pattern: string): number {
  return pattern === '' ? DEFAULT_MAX_BYTES : Math.min(DEFAULT_MAX_BYTES, reachOf(pattern));
}

function readRotate(fields: Fields): Rule['info']['rotate'] {
  const rotate = readMapping(fields, 'rotate', ['where', 'url', 'notes']);
  if (!rotate) return { where: '', url: undefined, notes: undefined };
  requireKeys(rotate, ['where']);
  return { where: readText(rotate, 'where') ?? '', url: readText(rotate, 'url'), notes: readText(rotate, 'notes') };
}

function readVault(fields: Fields): Rule['info']['vault'] {
  const aws = readMapping(fields, 'aws', ['kind', 'jsonKeys']);
  if (!aws) return undefined;
  requireKeys(aws, ['kind']);
  return { kind: readText(aws, 'kind') ?? '', jsonKeys: readTexts(aws, 'jsonKeys') ?? [] };
}

/**
 * Reads one entry of a rule file.
 *
 * @param index position in the file from 0, for messages about entries without an id
 * @returns undefined when the entry has no usable id or wake-up; other faults are reported and the caller counts them
 */
export function readRule(map: YAMLMap, index: number, context: EntryContext): Rule | undefined {
  const rawId = map.get('id');
  const subject = typeof rawId === 'string' && rawId !== '' ? `rule ${rawId.slice(0, 60)}` : `entry ${index + 1}`;
  const fields = readFields(map, '', ALLOWED, { ...context.fields, subject });
  requireKeys(fields, REQUIRED);
  const id = readId(fields);
  const wakeUp = readWakeUp(fields);
  const severity = readChoice(fields, 'severity', SEVERITIES) ?? 'low';
  const pattern = readPattern(fields);
  const isSure = wakeUp?.kind === 'prefix' || wakeUp?.kind === 'anchor';
  const matcher = {
    severity,
    confidence: readChoice(fields, 'confidence', CONFIDENCES) ?? (isSure ? 'high' : 'medium'),
    kind: readChoice(fields, 'kind', ['token', 'password']) ?? 'token',
    pattern,
    minBytes: pattern === '' ? 0 : minLength(pattern),
    ignoreCase: readFlag(fields, 'ignoreCase') ?? false,
    maxBytes:
      readNumber(fields, 'maxBytes', { min: 1, max: MAX_MATCH_BYTES, isWhole: true }) ?? defaultMaxBytes(pattern),
    check: readCheck(fields, context.knownChecks),
    minEntropyBits: readNumber(fields, 'minEntropyBits', { min: 0, max: 8, isWhole: false }) ?? 0,
    parts: readParts(fields),
  };
  const info = {
    name: readText(fields, 'name') ?? '',
    description: readText(fields, 'description') ?? '',
    severity,
    rotate: readRotate(fields),
    temporary: readText(fields, 'temporary'),
    vault: readVault(fields),
    references: readTexts(fields, 'references') ?? [],
  };
  const examples = readTexts(fields, 'examples') ?? [];
  const counterExamples = readTexts(fields, 'counterExamples') ?? [];
  if (id === undefined || wakeUp === undefined) return undefined;
  const provider = context.provider ?? id.slice(0, id.indexOf('.'));
  return {
    matcher: { id, wakeUp, ...matcher },
    info: { id, provider, ...info },
    examples,
    counterExamples,
    place: { file: context.file, line: fields.line },
  };
}
