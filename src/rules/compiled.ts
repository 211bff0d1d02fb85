// The compiled rules: what a scan loads. Made by compile.ts at build time (or at start, when the user has rules of their
// own) and kept as JSON, because nothing is faster to load in Node.
import type { RuleMatcher } from '../model/rule.ts';
import type { WakeTable, WokenRules } from './wake-table.ts';

export interface CompiledRules {
  readonly matchers: readonly RuleMatcher[];
  readonly wake: WakeTable;
  /** 16 hex digits over everything that can change a result: the key of caches. */
  readonly hash: string;
}

interface StoredRules {
  readonly hash: string;
  readonly matchers: readonly RuleMatcher[];
  readonly kernelTables: string;
  readonly prefixes: readonly WokenRules[];
  readonly nears: readonly WokenRules[];
  readonly anchors: readonly WokenRules[];
}

export function serialiseRules(rules: CompiledRules): string {
  const { kernelTables, prefixes, nears, anchors } = rules.wake;
  const stored: StoredRules = {
    hash: rules.hash,
    matchers: rules.matchers,
    kernelTables: Buffer.from(kernelTables).toString('base64'),
    prefixes,
    nears,
    anchors,
  };
  return `${JSON.stringify(stored)}\n`;
}

/** @param text from serialiseRules, of the same version: it is our own file, so its shape is trusted */
export function deserialiseRules(text: string): CompiledRules {
  const { hash, matchers, kernelTables, prefixes, nears, anchors } = JSON.parse(text) as StoredRules;
  return {
    hash,
    matchers,
    wake: { kernelTables: new Uint8Array(Buffer.from(kernelTables, 'base64')), prefixes, nears, anchors },
  };
}
