// The compiled rules: what a scan loads. Made by compile-matchers.ts at build time (or at start, when the user has rules
// of their own) and kept as text in latin1: one line of JSON, then one line a rule, so that a hook which wakes three rules up
// parses three, then the kernel's tables, a character a byte.
import type { AnchorPlaces } from '../kernel/anchor-buckets.ts';
import type { RuleMatcher } from '../model/rule.ts';
import { readWokenLists, type WakeTable } from './woken-rules.ts';

export interface CompiledRules {
  /** Number of rules. */
  readonly count: number;
  /** The rule of an index in the wake table. */
  readonly matcher: (index: number) => RuleMatcher;
  readonly wake: WakeTable;
  /** 16 hex digits over everything that can change a result: the key of caches. */
  readonly hash: string;
}

interface StoredHead {
  readonly hash: string;
  /** Bytes of the kernel's tables at the end of the text. */
  readonly tableBytes: number;
  readonly prefixes: string;
  readonly nears: string;
  readonly anchors: string;
  readonly anchorPlaces: AnchorPlaces;
}

/** All rules, in the order of their indexes. */
export function listMatchers(rules: CompiledRules): readonly RuleMatcher[] {
  return Array.from({ length: rules.count }, (_, index) => rules.matcher(index));
}

/** ASCII text can be read as latin1, which is the quickest. */
function asAscii(json: string): string {
  return json.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function serialiseRules(rules: CompiledRules): string {
  const { kernelTables, prefixes, nears, anchors, anchorPlaces } = rules.wake;
  const head: StoredHead = {
    hash: rules.hash,
    tableBytes: kernelTables.length,
    prefixes: prefixes.text,
    nears: nears.text,
    anchors: anchors.text,
    anchorPlaces,
  };
  const lines = [head, ...listMatchers(rules)].map((line) => `${asAscii(JSON.stringify(line))}\n`);
  return lines.join('') + Buffer.from(kernelTables).toString('latin1');
}

/** @param text from serialiseRules, of the same version: it is our own file, so its shape is trusted */
export function deserialiseRules(text: string): CompiledRules {
  const headEnd = text.indexOf('\n');
  const { hash, tableBytes, prefixes, nears, anchors, anchorPlaces } = JSON.parse(text.slice(0, headEnd)) as StoredHead;
  const tablesAt = text.length - tableBytes;
  const lines = text.slice(headEnd + 1, tablesAt).split('\n');
  lines.pop();
  const parsed: (RuleMatcher | undefined)[] = [];
  return {
    count: lines.length,
    matcher: (index) => {
      parsed[index] ??= JSON.parse(lines[index]!) as RuleMatcher;
      return parsed[index];
    },
    hash,
    wake: {
      kernelTables: Buffer.from(text.slice(tablesAt), 'latin1'),
      prefixes: readWokenLists(prefixes),
      nears: readWokenLists(nears),
      anchors: readWokenLists(anchors),
      anchorPlaces,
    },
  };
}
