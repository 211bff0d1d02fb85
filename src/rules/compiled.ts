// The compiled rules: what a scan loads. Made by compile-matchers.ts at build time (or at start, when the user has rules
// of their own) and kept as bytes that are used where they lie: a line of JSON, then sections, each at a multiple of eight. A
// hook that wakes three rules up parses three.
import type { AnchorPlaces } from '../kernel/anchor-buckets.ts';
import type { RuleMatcher } from '../model/rule.ts';
import { viewWokenLists, type WakeTable, type WokenLists } from './woken-rules.ts';

export interface CompiledRules {
  /** Number of rules. */
  readonly count: number;
  /** The rule of an index in the wake table. */
  readonly matcher: (index: number) => RuleMatcher;
  readonly wake: WakeTable;
  /** 16 hex digits over everything that can change a result: the key of caches. */
  readonly hash: string;
}

/** The first line, filled up with blanks. */
interface StoredHead {
  readonly hash: string;
  readonly anchorPlaces: AnchorPlaces;
  /** Bytes of each section. */
  readonly sections: readonly number[];
}

const ALIGNMENT = 8;
const LINE_FEED = 10;

const align = (at: number): number => Math.ceil(at / ALIGNMENT) * ALIGNMENT;

/** All rules, in the order of their indexes. */
export function listMatchers(rules: CompiledRules): readonly RuleMatcher[] {
  return Array.from({ length: rules.count }, (_, index) => rules.matcher(index));
}

/** ASCII text can be read as latin1, which is the quickest. */
function asAscii(json: string): string {
  return json.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function bytesOf(numbers: Uint8Array | Uint32Array | Int32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

export function serialiseRules(rules: CompiledRules): Uint8Array {
  const { kernelTables, prefixes, nears, anchors, anchorPlaces } = rules.wake;
  const lines = listMatchers(rules).map((matcher) => asAscii(JSON.stringify(matcher)));
  const lineStarts = new Uint32Array(lines.length + 1);
  lines.forEach((line, i) => {
    lineStarts[i + 1] = lineStarts[i]! + line.length;
  });
  const lists = [prefixes, nears, anchors].flatMap(({ starts, numbers }) => [starts, numbers]);
  const sections = [kernelTables, ...lists, lineStarts, Buffer.from(lines.join(''), 'latin1')];
  const head: StoredHead = { hash: rules.hash, anchorPlaces, sections: sections.map(({ byteLength }) => byteLength) };
  const text = asAscii(JSON.stringify(head));
  const firstAt = align(text.length + 1);
  const all = new Uint8Array(sections.reduce((at, { byteLength }) => align(at + byteLength), firstAt));
  all.set(Buffer.from(`${text.padEnd(firstAt - 1)}\n`, 'latin1'));
  let at = firstAt;
  for (const section of sections) {
    all.set(bytesOf(section), at);
    at = align(at + section.byteLength);
  }
  return all;
}

/**
 * @param bytes from serialiseRules, of the same version: they are our own, so their shape is trusted. They are kept and must
 *   not change; threads may share them
 */
export function deserialiseRules(bytes: Uint8Array): CompiledRules {
  const aligned = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset, length } = aligned;
  const all = Buffer.from(buffer, byteOffset, length);
  const headEnd = all.indexOf(LINE_FEED);
  const { hash, anchorPlaces, sections } = JSON.parse(all.toString('latin1', 0, headEnd)) as StoredHead;
  let next = byteOffset + headEnd + 1;
  const places = sections.map((size) => {
    const at = next;
    next = align(at + size);
    return { at, size };
  });
  const words = (i: number): Uint32Array => new Uint32Array(buffer, places[i]!.at, places[i]!.size / 4);
  const lists = (i: number): WokenLists => {
    const { at, size } = places[i + 1]!;
    return viewWokenLists(words(i), new Int32Array(buffer, at, size / 4));
  };
  const lineStarts = words(7);
  const linesAt = places[8]!.at - byteOffset;
  const parsed = new Map<number, RuleMatcher>();
  return {
    count: lineStarts.length - 1,
    matcher: (index) => {
      let matcher = parsed.get(index);
      if (!matcher) {
        const line = all.toString('latin1', linesAt + lineStarts[index]!, linesAt + lineStarts[index + 1]!);
        matcher = JSON.parse(line) as RuleMatcher;
        parsed.set(index, matcher);
      }
      return matcher;
    },
    hash,
    wake: {
      kernelTables: new Uint8Array(buffer, places[0]!.at, places[0]!.size),
      prefixes: lists(1),
      nears: lists(3),
      anchors: lists(5),
      anchorPlaces,
    },
  };
}
