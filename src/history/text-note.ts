// What is remembered of a text that was looked at, for the texts that are made from it: where something was found, and
// where a far-reaching sign stands. From the stretches that a delta copies it follows what holds in the new text as well,
// and which zones of it have to be looked at. Pure; the numbers below are those of the detector's rules.
import type { CopyList } from '../packs/delta-copies.ts';

/** Positions are bytes in the text, ascending. */
export interface TextNote {
  /** Three numbers each: start and end of what was found, and the number of its surroundings. */
  readonly hits: readonly number[];
  /** Signs of long forms (PEM, encoded text): what they mean depends on up to FAR_BYTES behind them. */
  readonly longs: readonly number[];
  /** Signs of escapes: what stands up to ESCAPE_BYTES behind one may be read as escaped text. */
  readonly marks: readonly number[];
  /** Of all of these; see pointsOf. */
  readonly points: Float64Array;
  readonly isBinary: boolean;
}

/** One stretch to look at. */
export interface Zone {
  /** Candidates in [ownStart, ownEnd) are judged anew. */
  ownStart: number;
  ownEnd: number;
  /** The bytes that are needed for it. */
  textStart: number;
  textEnd: number;
}

/** A candidate depends on no more than this before and behind it, runs of token characters and long forms aside. */
export const REACH_BEFORE = 416;
export const REACH_BEHIND = 768;
/** What was found farther than this from any change is as it was. */
const SAFE_BYTES = 1024;
/** The candidate of a finding stands so far before it at most (values in a list), and so far behind its start. */
export const CANDIDATE_BEFORE = 704;
export const CANDIDATE_BEHIND = 64;
/** The detector's CONTEXT_BYTES: no rule looks farther. */
const FAR_BYTES = 18_432;
/** Two cells of the grid that escapes are read in. */
const ESCAPE_BYTES = 8192 + 512;
/** A run of token characters is followed so far. */
const LONGEST_RUN = 17_000;
/** Zones that are nearer than this are looked at in one go. */
const JOIN_BYTES = 512;

/** Letters, digits and what stands in tokens: a value is one run of these, however long it is. */
const IS_TOKEN = (() => {
  const table = new Uint8Array(256);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-.:~%!$@|*&?#^\\';
  for (const letter of letters) table[letter.charCodeAt(0)] = 1;
  return table;
})();

/** @param floor  where to stop at the latest: what lies before is in a zone already */
function runStart(bytes: Uint8Array, at: number, floor: number): number {
  const limit = Math.max(floor, at - LONGEST_RUN);
  let start = at;
  while (start > limit && IS_TOKEN[bytes[start - 1]!] === 1) start--;
  return start;
}

function runEnd(bytes: Uint8Array, at: number): number {
  const limit = Math.min(bytes.length, at + LONGEST_RUN);
  let end = at;
  while (end < limit && IS_TOKEN[bytes[end]!] === 1) end++;
  return end;
}

/** First index in an ascending list whose value is not below `wanted`. @param step  numbers an entry, the first counts */
function lowerBound(list: readonly number[], step: number, wanted: number): number {
  let low = 0;
  let high = list.length / step;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle * step]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low * step;
}

/** All positions of a note, ascending, with a last one that nothing lies behind. */
export function pointsOf(hits: readonly number[], longs: readonly number[], marks: readonly number[]): Float64Array {
  const starts = hits.filter((_, i) => i % 3 === 0);
  return Float64Array.from([...starts, ...longs, ...marks, Number.POSITIVE_INFINITY]).sort();
}

/** First index in `points` whose value is not below `wanted`. */
function findPoint(points: Float64Array, wanted: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Zones around what is new: between copied stretches, and where two of them meet that did not before. */
function zonesOfChanges(bytes: Uint8Array, { count, data, baseBytes }: CopyList): Zone[] {
  const zones: Zone[] = [];
  let last: Zone | undefined;
  const add = (freshStart: number, freshEnd: number): void => {
    const start = Math.max(0, runStart(bytes, freshStart, last ? last.ownEnd : 0) - REACH_BEHIND);
    const end = Math.min(bytes.length, freshEnd + REACH_BEFORE);
    // Most changes stand close together: one zone for them.
    if (last && start <= last.ownEnd + REACH_BEFORE + REACH_BEHIND) {
      last.ownEnd = end;
      last.textEnd = end;
      return;
    }
    last = { ownStart: start, ownEnd: end, textStart: start, textEnd: end };
    zones.push(last);
  };
  let textAt = 0;
  let baseAt = 0;
  for (let i = 0; i < count * 3; i += 3) {
    const start = data[i]!;
    if (start !== textAt || data[i + 1] !== baseAt) add(textAt, start);
    textAt = start + data[i + 2]!;
    baseAt = data[i + 1]! + data[i + 2]!;
  }
  if (textAt !== bytes.length || baseAt !== baseBytes) add(textAt, bytes.length);
  return zones;
}

/** What a note says of the new text, and the zones where it says nothing certain. */
interface Carried {
  readonly hits: number[];
  readonly longs: number[];
  readonly marks: number[];
  readonly zones: Zone[];
}

function carryOver(note: TextNote, { count, data, baseBytes }: CopyList, textBytes: number): Carried {
  const carried: Carried = { hits: [], longs: [], marks: [], zones: [] };
  const { hits, longs, marks, points } = note;
  if (hits.length + longs.length + marks.length === 0) return carried;
  let point = 0;
  for (let i = 0; i < count * 3; i += 3) {
    const baseAt = data[i + 1]!;
    const size = data[i + 2]!;
    const end = baseAt + size;
    // Stretches mostly ascend, and most hold nothing of note.
    if (point > 0 && points[point - 1]! >= baseAt) point = findPoint(points, baseAt);
    else while (points[point]! < baseAt) point++;
    if (points[point]! >= end) continue;
    const hit = lowerBound(hits, 3, baseAt);
    const long = lowerBound(longs, 1, baseAt);
    const mark = lowerBound(marks, 1, baseAt);
    const textAt = data[i]!;
    const shift = textAt - baseAt;
    const isOpenStart = textAt !== 0 || baseAt !== 0;
    const isOpenEnd = textAt + size !== textBytes || end !== baseBytes;
    const isSafe = (from: number, to: number): boolean => (!isOpenStart || from >= baseAt) && (!isOpenEnd || to <= end);
    for (let k = hit; k < hits.length && hits[k]! < end; k += 3) {
      const [from, to] = [hits[k]!, hits[k + 1]!];
      if (isSafe(from - SAFE_BYTES, to + SAFE_BYTES)) carried.hits.push(from + shift, to + shift, hits[k + 2]!);
      else {
        const ownStart = Math.max(0, from + shift - CANDIDATE_BEFORE);
        const ownEnd = Math.min(textBytes, from + shift + CANDIDATE_BEHIND);
        const textEnd = Math.min(textBytes, to + shift + SAFE_BYTES);
        carried.zones.push({ ownStart, ownEnd, textStart: ownStart, textEnd: Math.max(ownEnd, textEnd) });
      }
    }
    for (let k = long; k < longs.length && longs[k]! < end; k++) {
      const at = longs[k]! + shift;
      if (isSafe(longs[k]! - SAFE_BYTES, longs[k]! + FAR_BYTES)) carried.longs.push(at);
      else {
        const textEnd = Math.min(textBytes, at + FAR_BYTES);
        const textStart = Math.max(0, at - SAFE_BYTES);
        carried.zones.push({ ownStart: at, ownEnd: Math.min(textBytes, at + 1), textStart, textEnd });
      }
    }
    for (let k = mark; k < marks.length && marks[k]! < end; k++) carried.marks.push(marks[k]! + shift);
  }
  return carried;
}

function growForMarks(zones: readonly Zone[], marks: readonly number[]): void {
  const sorted = [...marks].sort((a, b) => a - b);
  for (const zone of zones) {
    const first = sorted[lowerBound(sorted, 1, zone.ownStart - ESCAPE_BYTES)];
    if (first !== undefined && first < zone.textStart) zone.textStart = Math.max(0, first - CANDIDATE_BEHIND);
  }
}

function joinZones(zones: Zone[]): Zone[] {
  const sorted = zones.sort((a, b) => a.textStart - b.textStart);
  const joined: Zone[] = [];
  for (const zone of sorted) {
    const last = joined.at(-1);
    if (!last || zone.textStart > last.textEnd + JOIN_BYTES) joined.push(zone);
    else {
      last.ownStart = Math.min(last.ownStart, zone.ownStart);
      last.ownEnd = Math.max(last.ownEnd, zone.ownEnd);
      last.textEnd = Math.max(last.textEnd, zone.textEnd);
    }
  }
  return joined;
}

/**
 * Bytes that the zones of a text take at least: only what a copied stretch holds beyond the reach of both its ends is spared.
 * Cheap, and for most texts that differ everywhere it says already that zones are not worth it.
 */
export function leastZoneBytes(size: number, { count, data }: CopyList): number {
  const reach = REACH_BEFORE + REACH_BEHIND;
  // The text's own start and end have no other side.
  let spared = 2 * reach;
  for (let i = 2; i < count * 3; i += 3) if (data[i]! > 2 * reach) spared += data[i]! - 2 * reach;
  return size - spared;
}

/** What is known before anything is looked at. */
export interface Inherited {
  readonly hits: readonly number[];
  readonly longs: readonly number[];
  readonly marks: readonly number[];
  /** In the order of the text, apart from each other. */
  readonly zones: readonly Zone[];
}

/**
 * Works out what a text has from its base.
 *
 * @param note  of the base, which is binary exactly when the text is
 */
export function inherit(bytes: Uint8Array, note: TextNote, copies: CopyList): Inherited {
  const { hits, longs, marks, zones } = carryOver(note, copies, bytes.length);
  const all = [...zonesOfChanges(bytes, copies), ...zones];
  for (const zone of all) {
    zone.textStart = Math.max(0, Math.min(zone.textStart, zone.ownStart - REACH_BEFORE));
    zone.textEnd = runEnd(bytes, Math.min(bytes.length, Math.max(zone.textEnd, zone.ownEnd + REACH_BEHIND)));
  }
  if (marks.length > 0) growForMarks(all, marks);
  return { hits, longs, marks, zones: joinZones(all) };
}
