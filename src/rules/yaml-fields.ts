// Reads typed fields out of YAML nodes and reports, with the line, everything that is not as it must be. Knows nothing
// of rules: which keys there are is said by rule-schema.ts.
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { didYouMean } from '../util/did-you-mean.ts';

/** Where nodes are and whom to tell. */
export interface FieldContext {
  /** Name of what is read, in front of every message, such as `rule github.token`. */
  readonly subject: string;
  readonly lineAt: (offset: number) => number;
  readonly report: (line: number, message: string) => void;
}

/** One key with its value. */
interface Field {
  readonly line: number;
  readonly value: Node | null;
}

/** The keys of one mapping, checked against the keys that are allowed. */
export interface Fields {
  /** Line of the mapping. */
  readonly line: number;
  readonly byKey: ReadonlyMap<string, Field>;
  /** Put in front of the key in messages, such as `rotate.`. */
  readonly path: string;
  readonly context: FieldContext;
}

/** What a number must be. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

function tell(fields: Fields, line: number, text: string): void {
  fields.context.report(line, `${fields.context.subject}: ${text}`);
}

/** Says in the user's words what a node is. */
function describe(node: Node | null): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'empty';
  if (typeof node.value === 'string') return 'text';
  return typeof node.value === 'boolean' ? 'true or false' : 'a number';
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** True for text that has only white space, which no field of a rule may be. */
function isBlank(text: string): boolean {
  return text.trim() === '';
}

/**
 * Reads a mapping whose keys must all be in `allowed`. Unknown and repeated keys are reported and left out.
 *
 * @param path put in front of the keys in messages; '' at the top
 */
export function readFields(map: YAMLMap, path: string, allowed: readonly string[], context: FieldContext): Fields {
  const byKey = new Map<string, Field>();
  const fields: Fields = { line: context.lineAt(map.range?.[0] ?? 0), byKey, path, context };
  for (const pair of map.items) {
    const key = pair.key as Scalar | null;
    const line = context.lineAt(key?.range?.[0] ?? 0);
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name === undefined) {
      tell(fields, line, 'a key must be a plain word');
    } else if (!allowed.includes(name)) {
      const hint = didYouMean(name, allowed) || ` Allowed: ${allowed.join(', ')}.`;
      // A key that is no plain word may be a value in the wrong place: it is not repeated.
      const shown = /^[A-Za-z][A-Za-z_-]{0,31}$/.test(name) ? ` "${path}${name}"` : '';
      tell(fields, line, `unknown key${shown}.${hint}`);
    } else if (byKey.has(name)) {
      tell(fields, line, `"${path}${name}" is given twice; delete one`);
    } else {
      byKey.set(name, { line, value: isPair(pair) && !isAlias(pair.value) ? (pair.value as Node | null) : null });
    }
  }
  return fields;
}

/** The mapping below `key`; undefined (and reported when it is there but no mapping) otherwise. */
export function readMapping(fields: Fields, key: string, allowed: readonly string[]): Fields | undefined {
  const field = fields.byKey.get(key);
  if (!field) return undefined;
  if (isMap(field.value)) return readFields(field.value, `${fields.path}${key}.`, allowed, fields.context);
  tell(
    fields,
    field.line,
    `"${fields.path}${key}" must be a mapping, is ${describe(field.value)}; keys: ${allowed.join(', ')}`,
  );
  return undefined;
}

/** Reports each of `keys` that is missing. */
export function requireKeys(fields: Fields, keys: readonly string[]): void {
  for (const key of keys) {
    if (!fields.byKey.has(key)) tell(fields, fields.line, `"${fields.path}${key}" is missing; add it`);
  }
}

/** Text that is not blank; undefined when the key is missing or wrong. */
export function readText(fields: Fields, key: string): string | undefined {
  const field = fields.byKey.get(key);
  if (!field) return undefined;
  const text = textOf(field.value);
  if (text !== undefined && !isBlank(text)) return text;
  const what = text === undefined ? describe(field.value) : 'empty';
  const advice = what === 'empty' ? 'fill it in or delete the key' : 'put it in quotes';
  tell(fields, field.line, `"${fields.path}${key}" must be text, is ${what}; ${advice}`);
  return undefined;
}

/** One of a few words; undefined when the key is missing or wrong. */
export function readChoice<T extends string>(fields: Fields, key: string, choices: readonly T[]): T | undefined {
  const field = fields.byKey.get(key);
  if (!field) return undefined;
  const text = textOf(field.value);
  const choice = choices.find((c) => c === text);
  if (choice !== undefined) return choice;
  const is = text === undefined ? describe(field.value) : `"${text}"`;
  const hint = text === undefined ? '' : didYouMean(text, choices);
  tell(fields, field.line, `"${fields.path}${key}" must be one of ${choices.join(', ')}, is ${is}.${hint}`);
  return undefined;
}

/** A number in a range; undefined when the key is missing or wrong. */
export function readNumber(fields: Fields, key: string, range: NumberRange): number | undefined {
  const field = fields.byKey.get(key);
  if (!field) return undefined;
  const value = isScalar(field.value) ? field.value.value : undefined;
  const isNumber = typeof value === 'number' && value >= range.min && value <= range.max;
  if (isNumber && (!range.isWhole || Number.isInteger(value))) return value;
  const is = typeof value === 'number' ? String(value) : describe(field.value);
  const kind = range.isWhole ? 'a whole number' : 'a number';
  tell(fields, field.line, `"${fields.path}${key}" must be ${kind} from ${range.min} to ${range.max}, is ${is}`);
  return undefined;
}

/** True or false; undefined when the key is missing or wrong. */
export function readFlag(fields: Fields, key: string): boolean | undefined {
  const field = fields.byKey.get(key);
  if (!field) return undefined;
  if (isScalar(field.value) && typeof field.value.value === 'boolean') return field.value.value;
  tell(fields, field.line, `"${fields.path}${key}" must be true or false, is ${describe(field.value)}`);
  return undefined;
}

/** The items of a list with their lines; undefined when the key is missing or no list. */
export function readList(fields: Fields, key: string): { line: number; item: unknown }[] | undefined {
  const field = fields.byKey.get(key);
  if (!field) return undefined;
  if (!isSeq(field.value)) {
    tell(
      fields,
      field.line,
      `"${fields.path}${key}" must be a list, is ${describe(field.value)}; write [a, b] or "- a" lines`,
    );
    return undefined;
  }
  const { lineAt } = fields.context;
  return field.value.items.map((item) => ({ line: lineAt((item as Node | null)?.range?.[0] ?? 0), item }));
}

/** A list of texts that are not blank; undefined when the key is missing or no list. Wrong items are left out. */
export function readTexts(fields: Fields, key: string): string[] | undefined {
  const texts: string[] = [];
  const items = readList(fields, key);
  for (const [index, { line, item }] of items?.entries() ?? []) {
    const text = textOf(item);
    if (text !== undefined && !isBlank(text)) texts.push(text);
    else {
      const what = text === undefined ? describe(item as Node | null) : 'empty';
      tell(fields, line, `"${fields.path}${key}" item ${index + 1} must be text, is ${what}; put it in quotes`);
    }
  }
  return items && texts;
}

/** Reports something about one key that its reader above cannot know. */
export function tellOf(fields: Fields, key: string, text: string): void {
  tell(fields, fields.byKey.get(key)?.line ?? fields.line, text);
}
