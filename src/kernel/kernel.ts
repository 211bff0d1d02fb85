// The public face of the kernel: where to put bytes, how to scan them, what comes out. The WebAssembly module does the
// work; without SIMD the plain twin does.
import { createFallback } from './fallback.ts';
import { createWasmKernel, isSimdSupported } from './wasm-kernel.ts';

/** Kinds of candidates, in the upper 16 bits of a candidate's first number; the lower 16 hold the word's id. */
export const CANDIDATE = { prefix: 0, near: 1, anchor: 2, encoded: 3 } as const;
/** Numbers per candidate: kind and id, position, start of the assigned value (anchors of the assignment sort) or
 *  end of the run (the encoded sort, whose ids are ENCODED of tables.ts), else 0. */
export const CANDIDATE_SIZE = 3;

export interface Kernel {
  /** Write the text here, from the front. Its length is the capacity in bytes. The memory is the kernel's: do not keep it. */
  readonly input: Uint8Array;
  /** Candidates of the last begin() or next(), CANDIDATE_SIZE numbers each, in no guaranteed order. */
  readonly candidates: Int32Array;
  /**
   * Scans the first `size` bytes of the input.
   * @returns number of candidates; when `isDone()` is false, call next() for more
   */
  readonly begin: (size: number) => number;
  readonly next: () => number;
  readonly isDone: () => boolean;
  /** Candidates that were left out since begin(), because one run of characters held too many. */
  readonly cutCount: () => number;
  /** First zero byte in [from, to) of the input; -1 when there is none. */
  readonly findZero: (from: number, to: number) => number;
  /** Line feeds in [from, to) of the input. */
  readonly countNewlines: (from: number, to: number) => number;
  /** UTF-16 units that the UTF-8 bytes [from, to) of the input decode to. */
  readonly countUnits: (from: number, to: number) => number;
}

/**
 * @param tables from buildKernelTables
 * @param capacity largest text in bytes
 */
export function createKernel(tables: Uint8Array, capacity: number): Kernel {
  return isSimdSupported() ? createWasmKernel(tables, capacity) : createFallback(tables, capacity);
}
