// The compiled rules: what a scan loads. Made by compile-matchers.ts at build time (or at start, when the user has rules
// of their own) and kept as text: one line of JSON with the tables, then one line a rule, so that a hook which wakes
// three rules up parses three.
import type { RuleMatcher } from '../model/rule.ts';
import type { WakeTable, WokenRules } from './wake-table.ts';

export interface CompiledRules {
  /** Number of rules. */
  readonly count: number;
  /** The rule of an index in the wake table. */
  readonly matcher: (index: number) => RuleMatcher;
  readonly wake: WakeTable;
  /** 16 hex digits over everything that can change a result: the key of caches. */
  readonly hash: string;
}

/** A word's length, then the indexes of its rules. */
type StoredWord = readonly [size: number, ...rules: number[]];

interface StoredHead {
  readonly hash: string;
  readonly kernelTables: string;
  readonly prefixes: readonly StoredWord[];
  readonly nears: readonly StoredWord[];
  readonly anchors: readonly StoredWord[];
}

const store = ({ size, rules }: WokenRules): StoredWord => [size, ...rules];
const restore = ([size, ...rules]: StoredWord): WokenRules => ({ size, rules });

/** All rules, in the order of their indexes. */
export function listMatchers(rules: CompiledRules): readonly RuleMatcher[] {
  return Array.from({ length: rules.count }, (_, index) => rules.matcher(index));
}

export function serialiseRules(rules: CompiledRules): string {
  const { kernelTables, prefixes, nears, anchors } = rules.wake;
  const head: StoredHead = {
    hash: rules.hash,
    kernelTables: Buffer.from(kernelTables).toString('base64'),
    prefixes: prefixes.map(store),
    nears: nears.map(store),
    anchors: anchors.map(store),
  };
  return [head, ...listMatchers(rules)].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** @param text from serialiseRules, of the same version: it is our own file, so its shape is trusted */
export function deserialiseRules(text: string): CompiledRules {
  const lines = text.split('\n');
  lines.pop();
  const { hash, kernelTables, prefixes, nears, anchors } = JSON.parse(lines[0]!) as StoredHead;
  const parsed: (RuleMatcher | undefined)[] = [];
  return {
    count: lines.length - 1,
    matcher: (index) => {
      parsed[index] ??= JSON.parse(lines[index + 1]!) as RuleMatcher;
      return parsed[index];
    },
    hash,
    wake: {
      kernelTables: new Uint8Array(Buffer.from(kernelTables, 'base64')),
      prefixes: prefixes.map(restore),
      nears: nears.map(restore),
      anchors: anchors.map(restore),
    },
  };
}
