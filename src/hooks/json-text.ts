// Small changes to a JSON file that leave every other byte as it was: indentation, order, escapes. The text has been read
// by JSON.parse before, so the places are found with few checks.
import { UsageError } from '../model/errors.ts';

/** Where a value stands, end exclusive; for a member of an object also where its comma or brace and its key stand. */
interface ValuePlace {
  readonly start: number;
  readonly end: number;
}
interface MemberPlace extends ValuePlace {
  readonly key: string;
  readonly keyStart: number;
  /** Behind the value before, or behind the opening brace. */
  readonly gapStart: number;
}

/** @throws UsageError when the text is no JSON object */
export function parseJsonFile(text: string, file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UsageError(`${file}: is no JSON; mend it first`, { cause });
  }
  if (isRecord(value)) return value;
  throw new UsageError(`${file}: holds no JSON object; mend it first`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SPACE = /[\s\uFEFF]*/y;

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(text)?.[0].length ?? 0);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && /[\s,]/.test(char)) return at;
  }
  return text.length;
}

function listMembers(text: string, objectStart: number): readonly MemberPlace[] {
  const members: MemberPlace[] = [];
  let gapStart = objectStart + 1;
  let at = skipSpace(text, gapStart);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    members.push({ key: JSON.parse(text.slice(at, keyEnd)), keyStart: at, gapStart, start, end });
    gapStart = end;
    const comma = skipSpace(text, end);
    if (text[comma] !== ',') break;
    at = skipSpace(text, comma + 1);
  }
  return members;
}

/** The last of equal keys counts, as it does for JSON.parse. */
function findMember(text: string, path: readonly string[]): MemberPlace | undefined {
  let objectStart = skipSpace(text, 0);
  let found: MemberPlace | undefined;
  for (const key of path) {
    if (text[objectStart] !== '{') return undefined;
    found = listMembers(text, objectStart).findLast((member) => member.key === key);
    if (!found) return undefined;
    objectStart = found.start;
  }
  return found;
}

/** Adds a member at the end of the object at `path`, with the white space of the member before it. */
export function addMember(text: string, path: readonly string[], key: string, value: unknown): string {
  const objectStart = path.length === 0 ? skipSpace(text, 0) : findMember(text, path)?.start;
  if (objectStart === undefined) throw new TypeError('there is no such object');
  const last = listMembers(text, objectStart).at(-1);
  const written = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  if (!last) return text.slice(0, objectStart + 1) + written + text.slice(objectStart + 1);
  const gap = text.slice(last.gapStart, last.keyStart).replace(/^\s*,/, '');
  return `${text.slice(0, last.end)},${gap}${written}${text.slice(last.end)}`;
}

/** Takes out what addMember put in. */
export function removeMember(text: string, path: readonly string[]): string {
  const member = findMember(text, path);
  if (!member) return text;
  const isFirst = text[skipSpace(text, member.gapStart)] !== ',';
  const comma = skipSpace(text, member.end);
  // The first of several leaves with the comma behind it, any other with the one before it.
  const end = isFirst && text[comma] === ',' ? comma + 1 : member.end;
  return text.slice(0, isFirst ? member.keyStart : member.gapStart) + text.slice(end);
}

/** Puts text in front of a string value, or takes such text away; what is there keeps its escapes. */
export function prefixString(text: string, path: readonly string[], prefix: string): string {
  const place = findMember(text, path);
  if (!place || text[place.start] !== '"') throw new TypeError('there is no such string');
  const at = place.start + 1;
  return text.slice(0, at) + JSON.stringify(prefix).slice(1, -1) + text.slice(at);
}

/** The raw text of a string value, between its quotes, is changed by `change`. */
export function changeRawString(text: string, path: readonly string[], change: (raw: string) => string): string {
  const place = findMember(text, path);
  if (!place || text[place.start] !== '"') throw new TypeError('there is no such string');
  return (
    text.slice(0, place.start + 1) + change(text.slice(place.start + 1, place.end - 1)) + text.slice(place.end - 1)
  );
}
