// A window that slides over one text of any size in bounded memory: the kernel's input. Whenever it is full its middle is
// detected and it moves on, keeping CONTEXT_BYTES on both sides, so that the cut never shows in the result
// (test/pipeline/text-window.test.ts).
import { readSync } from 'node:fs';
import { CONTEXT_BYTES, type TextTraits } from '../detector/chunk.ts';
import type { Detector } from '../detector/detector.ts';
import { type Cursor, locateSpan, moveCursor, TEXT_START } from '../detector/locate.ts';
import type { Detection, Location } from '../model/finding.ts';

/** Bytes of a text that are detected in one go; measured: larger windows leave the second-level cache. */
const STEP_BYTES = 1 << 20;
/** For createKernel. */
export const WINDOW_BYTES = STEP_BYTES + 2 * CONTEXT_BYTES;
/** The bytes around a detection. */
export interface WindowView {
  readonly bytes: Buffer;
  /** Offset of the first byte in the text. */
  readonly baseOffset: number;
}

/** Who listens to one text. */
export interface TextListener {
  /** Called for each detection while its bytes are still in the window. */
  readonly onDetection: (detection: Detection, location: Location, view: WindowView) => void;
  /**
   * Called with the whole window before it moves on, and at the end; windows overlap by twice CONTEXT_BYTES.
   * @param mayOpenBlock a block of suppression may open in it
   */
  readonly onWindow: (bytes: Buffer, firstLine: number, isLast: boolean, mayOpenBlock: boolean) => void;
}

/** Serves one text after the other: open(), then readFrom() or write(), then finish(). */
export class TextWindow {
  readonly #detector: Detector;
  readonly #input: Buffer;
  #listener: TextListener | undefined;
  #traits: TextTraits | undefined;
  #size = 0;
  #baseOffset = 0;
  #ownStart = 0;
  /** Line and column of the window's first byte. */
  #start: Cursor = TEXT_START;

  constructor(detector: Detector) {
    const { input } = detector.kernel;
    this.#detector = detector;
    this.#input = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  }

  /** Begins a new text. */
  open(traits: TextTraits, listener: TextListener): void {
    this.#traits = traits;
    this.#listener = listener;
    this.#size = 0;
    this.#baseOffset = 0;
    this.#ownStart = 0;
    this.#start = TEXT_START;
  }

  /**
   * Reads from an open file straight into the window.
   * @returns bytes read, 0 at the end; `wanted` bytes at most
   */
  readFrom(fd: number, wanted = Number.POSITIVE_INFINITY): number {
    const count = readSync(fd, this.#input, this.#size, Math.min(wanted, this.#input.length - this.#size), null);
    this.#commit(count);
    return count;
  }

  /** The first `size` bytes of the window: the text's head as long as nothing has slid out. */
  head(size: number): Buffer {
    return this.#input.subarray(0, Math.min(size, this.#size));
  }

  /** One byte of the window's head, 0 behind its end. */
  byteAt(position: number): number {
    return position < this.#size ? this.#input[position]! : 0;
  }

  /** True when a zero byte is among the first `size` bytes. */
  hasZeroIn(size: number): boolean {
    return this.#detector.kernel.findZero(0, Math.min(size, this.#size)) >= 0;
  }

  /** Takes bytes of any length. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#input.length - this.#size);
      this.#input.set(part, this.#size);
      at += part.length;
      this.#commit(part.length);
    }
  }

  /** The text has ended: detects what is left. */
  finish(): void {
    this.#detect(this.#size, true);
  }

  #commit(count: number): void {
    this.#size += count;
    if (this.#size === this.#input.length) this.#slide();
  }

  #slide(): void {
    const ownEnd = this.#size - CONTEXT_BYTES;
    this.#detect(ownEnd, false);
    const shift = ownEnd - CONTEXT_BYTES;
    this.#start = { ...moveCursor(this.#input, this.#start, shift, this.#detector.kernel), at: 0 };
    this.#input.copyWithin(0, shift, this.#size);
    this.#size -= shift;
    this.#baseOffset += shift;
    this.#ownStart = CONTEXT_BYTES;
  }

  #detect(ownEnd: number, isLast: boolean): void {
    const size = this.#size;
    const baseOffset = this.#baseOffset;
    const { kernel } = this.#detector;
    const openersBefore = this.#detector.blockOpenerCount();
    const detections = this.#detector.detect({
      size,
      baseOffset,
      ownStart: this.#ownStart,
      ownEnd,
      traits: this.#traits!,
    });
    const bytes = this.#input;
    if (detections.length > 0) {
      const view = { bytes: bytes.subarray(0, size), baseOffset };
      let cursor = this.#start;
      for (const detection of [...detections].sort((a, b) => a.span.start - b.span.start)) {
        const span = { start: detection.span.start - baseOffset, end: detection.span.end - baseOffset };
        cursor = moveCursor(bytes, cursor, span.start, kernel);
        this.#listener!.onDetection(detection, locateSpan(bytes, cursor, span, kernel), view);
      }
    }
    const mayOpenBlock = this.#detector.blockOpenerCount() > openersBefore;
    if (!isLast || mayOpenBlock || detections.length > 0) {
      this.#listener!.onWindow(bytes.subarray(0, size), this.#start.line, isLast, mayOpenBlock);
    }
  }
}
