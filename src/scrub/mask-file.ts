// Overwrites values in one history file: same length, same place, through a handle that is open for reading and writing.
// Never cuts, renames, moves or re-encodes, so mode, owner, links, other entries and the offsets that running shells
// remember stay. Killed at any moment it leaves a file in which each value is as before or masked, and no byte is missing.
import { closeSync, constants, fstatSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShellFormat } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';
import { type FileBeginning, readFully, stillBeginsWith, takeBeginning } from './file-beginning.ts';
import { takeShellLock } from './file-lock.ts';
import { findSpanFault, joinSpans, maskBytes } from './mask-bytes.ts';

const ATTEMPTS = 5;
const PAUSE_MS = 120;
const FEW_BYTES = 64;
const BACKSLASH = 0x5c;

/** Moments at which a test ends the process. */
export type MaskStep = 'read' | 'locked' | 'compared' | 'before-write' | 'written' | 'synced' | 'verified';

export interface MaskRequest {
  /** Real path, checked by check-file.ts. */
  readonly path: string;
  readonly format: ShellFormat;
  readonly home: string;
  /** Where the values are; asked anew for each attempt. @param size of the file; what is behind it does not count */
  readonly locate: (size: number) => Promise<readonly Span[]>;
  readonly onStep?: (step: MaskStep) => void;
}

export type MaskOutcome =
  | { readonly kind: 'masked'; readonly places: number; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** A place in a file, with what decides how it is masked. */
interface Piece {
  readonly span: Span;
  /** From some bytes before the place to one behind it. */
  readonly bytes: Buffer;
  /** The place in `bytes`. */
  readonly inside: Span;
}

function readAt(descriptor: number, { start, end }: Span): Buffer {
  const bytes = Buffer.alloc(end - start);
  return bytes.subarray(0, readFully(descriptor, bytes, start));
}

/** Backslashes before a place belong together: it is read from the first of them. */
function readPiece(descriptor: number, span: Span): Piece {
  for (let before = FEW_BYTES; ; before *= 2) {
    const from = Math.max(0, span.start - before);
    const bytes = readAt(descriptor, { start: from, end: span.end + 1 });
    if (from === 0 || bytes[0] !== BACKSLASH) {
      return { span, bytes, inside: { start: span.start - from, end: span.end - from } };
    }
  }
}

const contentOf = ({ bytes, inside }: Piece): Buffer => bytes.subarray(inside.start, inside.end);

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
    const seen = takeBeginning(descriptor);
    onStep?.('read');
    const located = joinSpans(await locate(seen.size));
    if (inodeOf(path) !== before) return 'again';
    // `locate` may have seen a file that has grown meanwhile: what is new is for the next try. That the old part is what
    // both saw is compared under the lock.
    const spans = located.filter(({ end }) => end <= seen.size);
    const hasMore = spans.length < located.length;
    if (spans.length === 0) return hasMore ? 'again' : { kind: 'masked', places: 0, notes: [] };
    const outcome = await takeShellLock(path, format, home);
    if (outcome.kind === 'busy') return { kind: 'refused', reason: outcome.reason };
    try {
      onStep?.('locked');
      const written = writeMasks(request, descriptor, seen, spans, outcome.notes);
      return hasMore ? 'again' : written;
    } finally {
      outcome.lock.release();
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Under the lock, without a pause in which anything else of ours could run. */
function writeMasks(
  { path, format, onStep }: MaskRequest,
  descriptor: number,
  seen: FileBeginning,
  spans: readonly Span[],
  notes: readonly string[],
): MaskOutcome | 'again' {
  const isReplaced = (): boolean =>
    statSync(path, { bigint: true }).ino !== fstatSync(descriptor, { bigint: true }).ino;
  // Another program may have appended: that moves nothing. Anything else means that the places are no longer true.
  if (isReplaced() || !stillBeginsWith(descriptor, seen)) return 'again';
  const pieces = spans.map((span) => readPiece(descriptor, span));
  if (pieces.some(({ bytes, inside }) => bytes.length < inside.end)) return 'again';
  onStep?.('compared');
  const fault = pieces
    .map(({ bytes, inside }) => findSpanFault(bytes, inside, format))
    .find((one) => one !== undefined);
  if (fault !== undefined) return { kind: 'refused', reason: `${fault}; mask it in an editor` };
  const masks = pieces.map((piece) => ({
    span: piece.span,
    before: contentOf(piece),
    mask: maskBytes(contentOf(piece), format, piece.bytes[piece.inside.end]),
  }));
  for (const { span, before, mask } of masks) {
    // Cut by another program since the comparison: to write now would make the file longer than it is meant to be.
    if (!readAt(descriptor, span).equals(before)) return 'again';
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
