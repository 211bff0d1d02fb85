// What is remembered of a text that was looked at, for the texts that are made from it: where something was found, and
// where a far-reaching sign stands. From the stretches that a delta copies it follows what holds in the new text as well,
// and which zones of it have to be looked at. Pure; the numbers below are those of the detector's rules.
import type { ChangeReach, DeltaChanges } from '../packs/delta-changes.ts';

/** Positions are bytes in the text, ascending. Lists of one kind: mixed ones made the code be compiled again and again. */
export interface TextNote {
  /** Three numbers each: start and end of what was found, and the number of its surroundings. */
  readonly hits: Int32Array;
  /** Signs of long forms (PEM, encoded text): what they mean depends on up to FAR_BYTES behind them. */
  readonly longs: Int32Array;
  /** Signs of escapes: what stands up to ESCAPE_BYTES behind one may be read as escaped text. */
  readonly marks: Int32Array;
  /** Starts of all of these. */
  readonly points: Int32Array;
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

/** Changes whose zones would touch anyway are told as one. */
export const CHANGE_REACH: ChangeReach = {
  joinBytes: 2 * (REACH_BEFORE + REACH_BEHIND),
  reachBytes: REACH_BEFORE + REACH_BEHIND,
};

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
function lowerBound(list: Int32Array, step: number, wanted: number): number {
  let low = 0;
  let high = list.length / step;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle * step]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low * step;
}

/** All positions of a note, ascending. */
export function pointsOf(hits: Int32Array, longs: Int32Array, marks: Int32Array): Int32Array {
  const count = hits.length / 3;
  const points = new Int32Array(count + longs.length + marks.length);
  for (let i = 0; i < count; i++) points[i] = hits[i * 3]!;
  points.set(longs, count);
  points.set(marks, count + longs.length);
  return points.sort();
}

/** Zones around what is new. */
function zonesOfChanges(bytes: Uint8Array, { changeCount, changes }: DeltaChanges): Zone[] {
  const zones: Zone[] = [];
  let last: Zone | undefined;
  for (let i = 0; i < changeCount * 2; i += 2) {
    const start = Math.max(0, runStart(bytes, changes[i]!, last ? last.ownEnd : 0) - REACH_BEHIND);
    const end = Math.min(bytes.length, changes[i + 1]! + REACH_BEFORE);
    // Most changes stand close together: one zone for them.
    if (last && start <= last.ownEnd + REACH_BEFORE + REACH_BEHIND) {
      last.ownEnd = end;
      last.textEnd = end;
      continue;
    }
    last = { ownStart: start, ownEnd: end, textStart: start, textEnd: end };
    zones.push(last);
  }
  return zones;
}

/** What a note says of the new text, and the zones where it says nothing certain. */
interface Carried {
  readonly hits: number[];
  readonly longs: number[];
  readonly marks: number[];
  readonly zones: Zone[];
}

function carryOver(note: TextNote, { copyCount, copies, baseBytes }: DeltaChanges, textBytes: number): Carried {
  const carried: Carried = { hits: [], longs: [], marks: [], zones: [] };
  const { hits, longs, marks } = note;
  for (let i = 0; i < copyCount * 3; i += 3) {
    const textAt = copies[i]!;
    const baseAt = copies[i + 1]!;
    const size = copies[i + 2]!;
    const end = baseAt + size;
    const hit = lowerBound(hits, 3, baseAt);
    const long = lowerBound(longs, 1, baseAt);
    const mark = lowerBound(marks, 1, baseAt);
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
  const sorted = Int32Array.from(marks).sort();
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
 * For most texts that differ everywhere it says already that zones are not worth it.
 */
export function leastZoneBytes(size: number, { sparedBytes }: DeltaChanges): number {
  // The text's own start and end have no other side.
  return size - sparedBytes - 2 * CHANGE_REACH.reachBytes;
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
export function inherit(bytes: Uint8Array, note: TextNote, changes: DeltaChanges): Inherited {
  const { hits, longs, marks, zones } = carryOver(note, changes, bytes.length);
  const all = [...zonesOfChanges(bytes, changes), ...zones];
  for (const zone of all) {
    zone.textStart = Math.max(0, Math.min(zone.textStart, zone.ownStart - REACH_BEFORE));
    zone.textEnd = runEnd(bytes, Math.min(bytes.length, Math.max(zone.textEnd, zone.ownEnd + REACH_BEHIND)));
  }
  if (marks.length > 0) growForMarks(all, marks);
  return { hits, longs, marks, zones: joinZones(all) };
}
