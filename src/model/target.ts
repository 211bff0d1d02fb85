// What a source hands to the pipeline: one text to scan. Paths are relative to the source's root, with `/`.
import type { Origin } from './origin.ts';

/** Lines that a change added: pairs of first and last line, 1-based, inclusive, ascending. */
export type LineRanges = readonly (readonly [first: number, last: number])[];

/** A file on disk; the pipeline opens it, reads it in bounded memory and reports what it could not read. */
export interface FileTarget {
  readonly kind: 'file';
  readonly path: string;
  /** A hint from a listing, for sharing out work; the read decides. */
  readonly sizeBytes: number | undefined;
}

/** Content that is already in memory, such as a git blob. */
export interface BlobTarget {
  readonly kind: 'blob';
  readonly origin: Origin;
  readonly bytes: Uint8Array;
  /** When given, only findings that touch one of these lines count. */
  readonly addedLines: LineRanges | undefined;
}

/** Content that arrives piece by piece and may be endless, such as standard input. */
export interface StreamTarget {
  readonly kind: 'stream';
  readonly origin: Origin;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export type Target = FileTarget | BlobTarget | StreamTarget;
