// A value of an entry → the texts in it that may be a secret: the whole, each leaf when it is JSON, and the password of a
// URL. Pure; the caller hashes the texts and drops them.
import { isJsonObject, parseJson } from '../util/json-object.ts';

export interface ValueText {
  readonly value: string;
  /** Such as `password` or `replicas.0.url`; undefined for the whole value. */
  readonly jsonPath: string | undefined;
}

/** JSON in JSON is read twice at most; deeper nests are nobody's secrets. */
const DEEPEST = 16;
const MOST_LEAVES = 10_000;

/** `postgres://user:password@host/db` → the password, as it is and decoded. */
function passwordsOf(text: string): readonly string[] {
  const found = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/]{0,256}:([^\s@/]{1,1024})@/i.exec(text)?.[1];
  if (found === undefined) return [];
  try {
    return [found, decodeURIComponent(found)];
  } catch {
    // A "%" that encodes nothing: the password is as it stands.
    return [found];
  }
}

/** One form for both sides: a file's trailing newline is no part of a secret, and key blocks are written with `\\n` or lines. */
export function plainValue(text: string): string {
  const plain = text.trim();
  return plain.startsWith('-----BEGIN')
    ? plain
        .replace(/\\r|\r/g, '')
        .replaceAll('\\n', '\n')
        .trim()
    : plain;
}

/** Keys are shown, and so must look like names: a table of tokens has tokens for keys. */
const shownKey = (key: string): string => (/^[A-Za-z_][\w-]{0,39}$|^\d{1,5}$/.test(key) ? key : '…');

/** All texts, the whole first. */
export function collectTexts(text: string): readonly ValueText[] {
  const texts: ValueText[] = [];
  const add = (value: string, jsonPath: string | undefined): void => {
    const plain = plainValue(value);
    for (const one of [plain, ...passwordsOf(plain)]) texts.push({ value: one, jsonPath });
  };
  const walk = (value: unknown, path: string, depth: number): void => {
    if (depth > DEEPEST || texts.length > MOST_LEAVES) return;
    const below = (key: string, item: unknown): void =>
      walk(item, path === '' ? shownKey(key) : `${path}.${shownKey(key)}`, depth + 1);
    if (Array.isArray(value)) for (const [index, item] of value.entries()) below(String(index), item);
    else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) below(key, item);
    else if (typeof value === 'string') {
      add(value, path);
      if (/^\s*[[{]/.test(value)) walk(parseJson(value), path, depth + 1);
    } else if (typeof value === 'number' || typeof value === 'bigint') add(String(value), path);
  };
  add(text, undefined);
  if (/^\s*[[{"]/.test(text)) walk(parseJson(text), '', 0);
  return texts;
}
