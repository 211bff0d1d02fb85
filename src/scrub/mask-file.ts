// Overwrites values in one history file: same length, same place, through a handle that is open for reading and writing.
// Never cuts, renames, moves or re-encodes, so mode, owner, links, other entries and the offsets that running shells
// remember stay. Killed at any moment it leaves a file in which each value is as before or masked, and no byte is missing.
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShellFormat } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';
import { takeShellLock } from './file-lock.ts';
import { findSpanFault, joinSpans, maskBytes } from './mask-bytes.ts';

const ATTEMPTS = 5;
const PAUSE_MS = 120;
/** Larger files are refused: a mask needs the file in memory. */
export const MOST_BYTES = 1 << 30;

const BLOCK_BYTES = 1 << 20;

/** Moments at which a test ends the process. */
export type MaskStep = 'read' | 'locked' | 'compared' | 'before-write' | 'written' | 'synced' | 'verified';

export interface MaskRequest {
  /** Real path, checked by check-file.ts. */
  readonly path: string;
  readonly format: ShellFormat;
  readonly home: string;
  /** Where the values are; asked anew for each attempt. @param bytes the whole file */
  readonly locate: (bytes: Buffer) => Promise<readonly Span[]>;
  readonly onStep?: (step: MaskStep) => void;
}

export type MaskOutcome =
  | { readonly kind: 'masked'; readonly places: number; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** @throws the error of the file system */
export function readWhole(descriptor: number): Buffer {
  const { size } = fstatSync(descriptor);
  if (size > MOST_BYTES) throw new RangeError('larger than 1 GiB');
  const bytes = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const count = readSync(descriptor, bytes, at, size - at, at);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

function readAt(descriptor: number, { start, end }: Span): Buffer {
  const bytes = Buffer.alloc(end - start);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start));
}

function inodeOf(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
}

/** One try. `again`: the file changed under our hands, nothing was written to what is there now. */
async function tryOnce(request: MaskRequest): Promise<MaskOutcome | 'again'> {
  const { path, format, home, locate, onStep } = request;
  const before = inodeOf(path);
  const descriptor = openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    const snapshot = readWhole(descriptor);
    onStep?.('read');
    const located = joinSpans(await locate(snapshot));
    if (inodeOf(path) !== before) return 'again';
    // `locate` may have seen a file that has grown meanwhile: what is new is for the next try. That the old part is what
    // both saw is compared under the lock.
    const spans = located.filter(({ end }) => end <= snapshot.length);
    const hasMore = spans.length < located.length;
    const fault = spans.map((span) => findSpanFault(snapshot, span, format)).find((one) => one !== undefined);
    if (fault !== undefined) return { kind: 'refused', reason: `${fault}; mask it in an editor` };
    if (spans.length === 0) return hasMore ? 'again' : { kind: 'masked', places: 0, notes: [] };
    const outcome = await takeShellLock(path, format, home);
    if (outcome.kind === 'busy') return { kind: 'refused', reason: outcome.reason };
    try {
      onStep?.('locked');
      const written = writeMasks(request, descriptor, snapshot, spans, outcome.notes);
      return hasMore ? 'again' : written;
    } finally {
      outcome.lock.release();
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Does the file begin with these bytes? In blocks: a second copy of a large history need not be in memory. */
function startsWith(descriptor: number, bytes: Buffer): boolean {
  for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
    const end = Math.min(bytes.length, start + BLOCK_BYTES);
    if (!readAt(descriptor, { start, end }).equals(bytes.subarray(start, end))) return false;
  }
  return true;
}

/** Under the lock, without a pause in which anything else of ours could run. */
function writeMasks(
  { path, format, onStep }: MaskRequest,
  descriptor: number,
  snapshot: Buffer,
  spans: readonly Span[],
  notes: readonly string[],
): MaskOutcome | 'again' {
  const isReplaced = (): boolean =>
    statSync(path, { bigint: true }).ino !== fstatSync(descriptor, { bigint: true }).ino;
  // Another program may have appended: that moves nothing. Anything else means that the places are no longer true.
  if (isReplaced() || !startsWith(descriptor, snapshot)) return 'again';
  onStep?.('compared');
  const masks = spans.map((span) => ({
    span,
    mask: maskBytes(snapshot.subarray(span.start, span.end), format, snapshot[span.end]),
  }));
  for (const { span, mask } of masks) {
    // Cut by another program since the comparison: to write now would make the file longer than it is meant to be.
    if (!readAt(descriptor, span).equals(snapshot.subarray(span.start, span.end))) return 'again';
    onStep?.('before-write');
    for (let at = 0; at < mask.length; ) {
      at += writeSync(descriptor, mask, at, mask.length - at, span.start + at);
    }
    onStep?.('written');
  }
  fsyncSync(descriptor);
  onStep?.('synced');
  const isMasked = masks.every(({ span, mask }) => readAt(descriptor, span).equals(mask));
  if (!isMasked || isReplaced()) return 'again';
  onStep?.('verified');
  return { kind: 'masked', places: spans.length, notes };
}

/**
 * Masks what `locate` finds.
 *
 * @returns how many places were overwritten, or why none could be
 * @throws the error of the file system; `locate`'s errors
 */
export async function maskFile(request: MaskRequest): Promise<MaskOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const outcome = await tryOnce(request);
    if (outcome !== 'again') return outcome;
    await sleep(PAUSE_MS * (attempt + 1));
  }
  return { kind: 'refused', reason: 'another program writes to it all the time; close that and try again' };
}
