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
/** Where git looks for a NUL byte to call a file binary. */
const BINARY_PROBE_BYTES = 8000;

/** Called for each detection while its bytes are still in the window. */
export type DetectionSink = (detection: Detection, location: Location, window: WindowView) => void;

/** The bytes around a detection. */
export interface WindowView {
  readonly bytes: Buffer;
  /** Offset of the first byte in the text. */
  readonly baseOffset: number;
}

/** Called with the whole window before it moves on, and at the end; windows overlap by twice CONTEXT_BYTES. */
export type WindowSink = (bytes: Buffer, firstLine: number, isLast: boolean) => void;

export class TextWindow {
  readonly #detector: Detector;
  readonly #input: Buffer;
  readonly #sink: DetectionSink;
  readonly #onWindow: WindowSink;
  #traits: TextTraits;
  #size = 0;
  #baseOffset = 0;
  #ownStart = 0;
  /** Line and column of the window's first byte. */
  #start: Cursor = TEXT_START;
  #isFirst = true;

  constructor(detector: Detector, traits: TextTraits, sink: DetectionSink, onWindow: WindowSink) {
    const { input } = detector.kernel;
    this.#detector = detector;
    this.#input = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
    this.#traits = traits;
    this.#sink = sink;
    this.#onWindow = onWindow;
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

  /** Takes bytes of any length. */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#input.length - this.#size);
      this.#input.set(part, this.#size);
      at += part.length;
      this.#commit(part.length);
    }
  }

  #commit(count: number): void {
    this.#size += count;
    if (this.#size === this.#input.length) this.#slide();
  }

  /** The text has ended: detects what is left. */
  finish(): void {
    this.#detect(this.#size);
    this.#onWindow(this.head(this.#size), this.#start.line, true);
  }

  #slide(): void {
    const ownEnd = this.#size - CONTEXT_BYTES;
    this.#detect(ownEnd);
    this.#onWindow(this.#input, this.#start.line, false);
    const shift = ownEnd - CONTEXT_BYTES;
    this.#start = { ...moveCursor(this.#input, this.#start, shift, this.#detector.kernel), at: 0 };
    this.#input.copyWithin(0, shift, this.#size);
    this.#size -= shift;
    this.#baseOffset += shift;
    this.#ownStart = CONTEXT_BYTES;
  }

  #detect(ownEnd: number): void {
    if (this.#isFirst) {
      this.#isFirst = false;
      const isBinary = this.#input.subarray(0, Math.min(this.#size, BINARY_PROBE_BYTES)).includes(0);
      if (isBinary) this.#traits = { ...this.#traits, isBinary };
    }
    const detections = this.#detector.detect({
      size: this.#size,
      baseOffset: this.#baseOffset,
      ownStart: this.#ownStart,
      ownEnd,
      traits: this.#traits,
    });
    if (detections.length === 0) return;
    const view = { bytes: this.#input.subarray(0, this.#size), baseOffset: this.#baseOffset };
    const { kernel } = this.#detector;
    let cursor = this.#start;
    for (const detection of [...detections].sort((a, b) => a.span.start - b.span.start)) {
      const span = { start: detection.span.start - this.#baseOffset, end: detection.span.end - this.#baseOffset };
      cursor = moveCursor(this.#input, cursor, span.start, kernel);
      this.#sink(detection, locateSpan(this.#input, cursor, span, kernel), view);
    }
  }
}
