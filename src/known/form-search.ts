// Looks for many byte strings in one pass: Wu and Manber 1994, with blocks of three bytes hashed to 16 bits. Most places are
// skipped without a look at the bytes between, so that a hundred forms cost little more than one.
import type { Span } from '../model/span.ts';
import type { KnownValue } from './known-value.ts';
import type { ValueForm } from './value-forms.ts';

const TABLE_SIZE = 1 << 16;
const BLOCK = 3;

/** Where a value stands, and in which form. */
export interface KnownMatch {
  readonly span: Span;
  readonly known: KnownValue;
  readonly form: string;
}

export interface KnownSearch {
  /** Matches that start in [from, to) and end within `bytes`, ascending; of several at one start the longest. */
  readonly find: (bytes: Uint8Array, from: number, to: number) => readonly KnownMatch[];
  readonly count: number;
}

interface Entry {
  readonly bytes: Buffer;
  readonly known: KnownValue;
  readonly form: string;
}

const hashAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 10) ^ (bytes[at + 1]! << 5) ^ bytes[at + 2]!) & (TABLE_SIZE - 1);

function matches(bytes: Uint8Array, at: number, wanted: Buffer): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/**
 * @param values what to look for, each with its forms (value-forms.ts)
 * @cost find: bytes divided by about the length of the shortest form, plus one comparison a likely place
 */
export function createKnownSearch(
  values: readonly { readonly known: KnownValue; readonly forms: readonly ValueForm[] }[],
): KnownSearch {
  const entries: Entry[] = values
    .flatMap(({ known, forms }) => forms.map(({ name, bytes }) => ({ bytes, known, form: name })))
    // Longest first, so that the first that fits is the longest.
    .sort((a, b) => b.bytes.length - a.bytes.length);
  const window = entries.length === 0 ? BLOCK : Math.min(...entries.map(({ bytes }) => bytes.length));
  const shift = new Uint16Array(TABLE_SIZE).fill(Math.min(window - BLOCK + 1, 0xffff));
  const buckets = new Map<number, Entry[]>();
  for (const entry of entries) {
    for (let at = 0; at <= window - BLOCK; at++) {
      const hash = hashAt(entry.bytes, at);
      shift[hash] = Math.min(shift[hash]!, window - BLOCK - at);
    }
    const last = hashAt(entry.bytes, window - BLOCK);
    buckets.set(last, [...(buckets.get(last) ?? []), entry]);
  }
  const tail = window - BLOCK;

  function find(bytes: Uint8Array, from: number, to: number): readonly KnownMatch[] {
    const found: KnownMatch[] = [];
    if (entries.length === 0) return found;
    const end = Math.min(to + tail, bytes.length - BLOCK + 1);
    for (let at = from + tail; at < end; ) {
      const hash = hashAt(bytes, at);
      const step = shift[hash]!;
      if (step > 0) {
        at += step;
        continue;
      }
      const start = at - tail;
      const entry = buckets.get(hash)?.find((one) => matches(bytes, start, one.bytes));
      if (entry) {
        found.push({ span: { start, end: start + entry.bytes.length }, known: entry.known, form: entry.form });
      }
      at++;
    }
    return found;
  }
  return { find, count: values.length };
}
