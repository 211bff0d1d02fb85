// Small changes to a YAML file that leave every other byte as it was. The parser says where things stand; what is put in
// are whole lines between marks. Whatever cannot be done that way (flow style, aliases) is refused, with the text to add.
import { isMap, isSeq, type Pair, parseDocument, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { UsageError } from '../model/errors.ts';
import { insertLines } from './shell-block.ts';

export type Collection = YAMLMap<unknown, unknown> | YAMLSeq<unknown>;

/** @throws UsageError when the text is no YAML map */
export function readYamlMap(text: string, file: string): YAMLMap<unknown, unknown> | undefined {
  const document = parseDocument(text, { keepSourceTokens: true });
  const [error] = document.errors;
  if (error)
    throw new UsageError(`${file}: is no YAML (${error.code} in line ${error.linePos?.[0].line}); mend it first`);
  if (document.contents === null) return undefined;
  if (isMap(document.contents)) return document.contents;
  throw new UsageError(`${file}: holds no YAML map; mend it first`);
}

export function findPair(map: YAMLMap<unknown, unknown>, key: string): Pair<unknown, unknown> | undefined {
  return map.items.find((pair) => pair.key instanceof Scalar && pair.key.value === key);
}

/** Collection in block style under a key; `flow` when it cannot be added to line by line. */
export function findCollection(map: YAMLMap<unknown, unknown>, key: string): Collection | 'flow' | undefined {
  const pair = findPair(map, key);
  if (!pair) return undefined;
  const { value } = pair;
  if (!(isMap(value) || isSeq(value)) || value.flow || !value.range || value.items.length === 0) return 'flow';
  return value;
}

/** Column of the keys or dashes of a collection in block style. */
function columnOf(text: string, collection: Collection): number {
  const start = collection.range?.[0] ?? 0;
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

/** Start of the line behind the last line of content of a collection; comments behind it stay behind. */
function endLineOf(text: string, collection: Collection): number {
  const end = collection.range?.[1] ?? text.length;
  // Block values end behind their line break, or at it.
  const content = text.slice(0, end).trimEnd().length;
  const next = text.indexOf('\n', content);
  return next < 0 ? text.length : next + 1;
}

/** Lines with an indent, between marks, with the line breaks of the text. */
export function markLines(lines: readonly string[], indent: number, text: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const marked = ['# unleak:hook start (to take it out: unleak hook uninstall)', ...lines, '# unleak:hook end'];
  return marked.map((line) => `${' '.repeat(indent)}${line}${eol}`).join('');
}

/** Adds an item or a member behind the last one of a collection. */
export function appendTo(text: string, collection: Collection, lines: readonly string[]): string {
  return insertLines(text, endLineOf(text, collection), markLines(lines, columnOf(text, collection), text));
}

/** Adds members to the top map, at the end of the text. */
export function appendTop(text: string, lines: readonly string[]): string {
  return insertLines(text, text.length, markLines(lines, 0, text));
}

/** The value as plain data, for a comparison. */
export function toPlain(text: string): unknown {
  return parseDocument(text).toJS({ maxAliasCount: 100 }) ?? {};
}

/** The value without everything that calls unleak, and without what is empty then. */
function dropUnleak(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const isOurs = (one: unknown): boolean => /"(?:run|entry)":"[^"]*unleak/.test(JSON.stringify(one) ?? '');
  const isEmpty = (one: unknown): boolean => typeof one === 'object' && one !== null && Object.keys(one).length === 0;
  if (Array.isArray(value)) return value.filter((one) => !isOurs(one)).map(dropUnleak);
  const entries = Object.entries(value)
    .filter(([key, one]) => key !== 'unleak' || !isOurs(one))
    .map(([key, one]) => [key, dropUnleak(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => !isEmpty(one)));
}

/** True when both are YAML and differ in nothing but what calls unleak. */
export function sayTheSame(before: string, after: string): boolean {
  const document = parseDocument(after);
  if (document.errors.length > 0) return false;
  return JSON.stringify(dropUnleak(toPlain(before))) === JSON.stringify(dropUnleak(toPlain(after)));
}
