// Walks over the lines of texts in the WebAssembly module, in a memory of its own: finds their ends, and shows those lines
// that were not seen before and hold a word that means something. Knows no rules: words come as tables of hashes.
import { isSimdSupported, kernelModule } from './wasm-kernel.ts';

/** What a line is that is shown. */
export const LINE = {
  /** A word of it is wanted, whatever else stands there. */
  wanted: 1,
  /** It holds words with meanings, in LineWalk.tools. */
  tools: 2,
  /** It holds zero bytes or too much: look at it byte by byte. */
  odd: 3,
} as const;

/** Numbers by the slot of a word's hash; see src/shell/word-tables.ts. */
export interface LineTables {
  /** 65,536: what a word means; 0 nothing, 65,535 that its line is wanted. */
  readonly meanings: Uint16Array;
  /** 65,536: the hash of the word that owns the slot; 0 when several do. */
  readonly hashes: Int32Array;
  /** 16,384: whether a slot with these lower bits is taken. */
  readonly maybe: Uint8Array;
}

/** Where the lines of a text end. */
export interface LineIndex {
  /** Offset behind each line: behind its line feed, or the size of the text for a last line without one. */
  readonly ends: Uint32Array;
  readonly count: number;
  /** Line feeds. */
  readonly breaks: number;
}

/**
 * Is shown a line. @param tools of LINE.tools: so many numbers are meanings
 * @returns true when it is dull, and so is every line that differs in digits only
 */
export type JudgeLine = (start: number, end: number, kind: number, tools: Int32Array, count: number) => boolean;

/** @returns the index of the text's lines, valid until the next walk */
export type WalkLines = (text: Uint8Array, judge: JudgeLine) => LineIndex;

/** Larger texts are not for this memory: in the worst case the index takes four times their size. */
export const MOST_TEXT_BYTES = 1 << 28;

interface LinesModule {
  readonly memory: WebAssembly.Memory;
  readonly staticEnd: () => number;
  readonly linesScratch: () => number;
  readonly configureLines: (scratchAt: number, seed: bigint) => void;
  readonly linesTablesAt: () => number;
  readonly linesAnswerAt: () => number;
  readonly openLines: (textAt: number, size: number, endsAt: number) => number;
  readonly lineBreaks: () => number;
  readonly nextLine: (from: number) => number;
  readonly rememberLine: () => void;
}

const PAGE = 65_536;
/** Bytes behind the text that may be read. */
const MARGIN = 64;
/** Texts of this size need no more memory than the first; histories come in such blocks. */
const USUAL_TEXT_BYTES = 1 << 20;

/** Lines that differ must not be taken for one another by somebody's design. */
const randomSeed = (): bigint => crypto.getRandomValues(new BigUint64Array(1))[0]!;

const align = (address: number): number => Math.ceil(address / 64) * 64;

/** @returns undefined without SIMD */
export function createLineWalk(tables: LineTables): WalkLines | undefined {
  if (!isSimdSupported()) return undefined;
  const module = new WebAssembly.Instance(kernelModule(), {}).exports as unknown as LinesModule;
  const { memory, nextLine, rememberLine } = module;
  const scratchAt = align(module.staticEnd());
  const textAt = align(scratchAt + module.linesScratch());
  let capacity = 0;
  let endsAt = 0;
  let bytes: Uint8Array;
  let answer: Int32Array;
  let tools: Int32Array;
  const reserve = (size: number): void => {
    capacity = Math.max(size, USUAL_TEXT_BYTES);
    endsAt = align(textAt + capacity + MARGIN);
    // Pages that are never written cost nothing.
    const missing = Math.ceil((endsAt + 4 * (capacity + 1)) / PAGE) - memory.buffer.byteLength / PAGE;
    if (missing > 0) memory.grow(missing);
    bytes = new Uint8Array(memory.buffer);
    answer = new Int32Array(memory.buffer, module.linesAnswerAt());
    tools = answer.subarray(4);
  };
  reserve(USUAL_TEXT_BYTES);
  module.configureLines(scratchAt, randomSeed());
  reserve(USUAL_TEXT_BYTES);
  const tablesAt = module.linesTablesAt();
  bytes!.set(new Uint8Array(tables.meanings.buffer), tablesAt);
  bytes!.set(new Uint8Array(tables.hashes.buffer), tablesAt + tables.meanings.byteLength);
  bytes!.set(tables.maybe, tablesAt + tables.meanings.byteLength + tables.hashes.byteLength);
  return (text, judge) => {
    if (text.length > capacity) reserve(text.length);
    bytes.set(text, textAt);
    const count = module.openLines(textAt, text.length, endsAt);
    let line = 0;
    for (let kind = nextLine(0); kind !== 0; kind = nextLine(line)) {
      line = answer[2]!;
      if (judge(answer[0]!, answer[1]!, kind, tools, answer[3]!)) rememberLine();
    }
    return { ends: new Uint32Array(memory.buffer, endsAt, count), count, breaks: module.lineBreaks() };
  };
}
