// The first look at a block of history: which lines may hold a command with a secret. A line that was seen before, but for
// its digits, and was dull then is passed over; of the others the words are looked up (word-tables.ts). A line with the name
// of a credential, or with a tool and one of its flags, is worth a second look.
// Passing over a line that a rule would report is a fault (prove-command-rules.ts asks); looking at one too many costs time.
import { createLineWalk, LINE, type LineIndex, MOST_TEXT_BYTES } from '../kernel/line-walker.ts';
import type { CommandMatcher } from './command-rule.ts';
import { indexLines } from './line-index.ts';
import { createLineMemory } from './line-memory.ts';
import { LONGEST_LINE } from './split-words.ts';
import { createWordTables, meaningOf, TRIGGER, type WordTables } from './word-tables.ts';

/** What the first look at a text tells. */
export interface FirstLook {
  /** Offsets of lines that deserve a second look, ascending. */
  readonly places: readonly number[];
  /** Where the lines of the text end; valid until the next look. */
  readonly lines: LineIndex;
}

export type Prefilter = (bytes: Buffer) => FirstLook;

const LOWER = 1;
const UPPER = 2;
const LINE_BREAK = 3;
const AT_SIGN = 4;
const COLON = 5;

function createClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let c = 0x61; c <= 0x7a; c++) classes[c] = LOWER;
  for (let c = 0x41; c <= 0x5a; c++) classes[c] = UPPER;
  classes[10] = LINE_BREAK;
  classes[0x40] = AT_SIGN;
  classes[0x3a] = COLON;
  // ksh and mksh end entries with NUL.
  classes[0] = LINE_BREAK;
  return classes;
}

const CLASSES = createClasses();

/** Whether one of the tools has in the line what its rules need. */
type HasHint = (bytes: Buffer, start: number, end: number, tools: ArrayLike<number>, count: number) => boolean;

function createHints({ patterns }: WordTables): HasHint {
  return (bytes, start, end, tools, count) => {
    const line = bytes.toString('latin1', start, Math.min(end, start + LONGEST_LINE));
    for (let i = 0; i < count; i++) if (patterns[tools[i]!]?.test(line) ?? true) return true;
    return false;
  };
}

/**
 * One pass over the bytes of a line that hashes its words. NUL ends a line too.
 * @param found gets the starts of lines worth a look
 * @returns looks at a line; true when nothing was found
 */
function createLook(tables: WordTables, hasHint: HasHint, found: number[]) {
  const tools: number[] = [];
  return (bytes: Buffer, start: number, end: number): boolean => {
    const before = found.length;
    let lineStart = start;
    let hash = 0;
    let isLower = false;
    let isWanted = false;
    let hasScheme = false;
    // One step behind the end, as if a line break stood there.
    for (let i = start; i <= end; i++) {
      const c = i < end ? bytes[i]! : 0;
      const kind = CLASSES[c]!;
      if (kind === LOWER) {
        hash = (Math.imul(hash, 31) + c) | 0;
        isLower = true;
        continue;
      }
      if (hash !== 0 && (kind !== UPPER || isLower)) {
        const meaning = meaningOf(tables, hash);
        if (meaning === TRIGGER) isWanted = true;
        else if (meaning !== 0 && !isWanted) tools.push(meaning);
        hash = 0;
      }
      isLower = false;
      if (kind === 0) continue;
      if (kind === UPPER) hash = (Math.imul(hash, 31) + (c | 0x20)) | 0;
      else if (kind === LINE_BREAK) {
        // A line that goes on.
        if (c === 10) continue;
        if (isWanted || (tools.length > 0 && hasHint(bytes, lineStart, i, tools, tools.length))) found.push(lineStart);
        if (tools.length > 0) tools.length = 0;
        isWanted = false;
        hasScheme = false;
        lineStart = i + 1;
      } else if (kind === COLON) {
        if (bytes[i + 1] === 0x2f && bytes[i + 2] === 0x2f) hasScheme = true;
      } else if (hasScheme) isWanted = true;
    }
    return found.length === before;
  };
}

/** @param isPlain without the WebAssembly module: the same, slower */
export function createPrefilter(rules: readonly CommandMatcher[], isPlain = false): Prefilter {
  const tables = createWordTables(rules);
  const hasHint = createHints(tables);
  const found: number[] = [];
  const look = createLook(tables, hasHint, found);
  const walkFast = isPlain ? undefined : createLineWalk(tables);
  let walkPlain: ReturnType<typeof createLineMemory> | undefined;
  const walk = (bytes: Buffer): LineIndex => {
    if (walkFast && bytes.length <= MOST_TEXT_BYTES) {
      return walkFast(bytes, (start, end, kind, tools, count) => {
        if (kind === LINE.odd) return look(bytes, start, end);
        if (kind === LINE.tools && !hasHint(bytes, start, end, tools, count)) return true;
        found.push(start);
        return false;
      });
    }
    const lines = indexLines(bytes);
    walkPlain ??= createLineMemory(look);
    walkPlain(bytes, lines);
    return lines;
  };
  return (bytes) => {
    const lines = walk(bytes);
    return { places: found.splice(0), lines };
  };
}
