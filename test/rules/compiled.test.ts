// Compiled rules come back from their bytes as they were, wherever the bytes lie.
import { expect, test } from 'vitest';
import { compileMatchers } from '../../src/rules/compile-matchers.ts';
import { type CompiledRules, deserialiseRules, listMatchers, serialiseRules } from '../../src/rules/compiled.ts';
import { parseRuleFile } from '../../src/rules/parse-rules.ts';
import type { WokenLists } from '../../src/rules/woken-rules.ts';
import { OPTIONS, ruleText } from './sample-rules.ts';

const TEXT = [
  ruleText(),
  ruleText({
    id: 'acme.umlaut',
    prefixes: '[mla_]',
    pattern: "'mla_[a-z0-9é]{24}'",
    examples: "['«mla_{{base36:24}}»']",
  }),
  ruleText({
    id: 'acme.near',
    prefixes: undefined,
    near: '{ words: [acme, road runner], within: 60 }',
    pattern: "'[a-f0-9]{32}'",
    examples: "['acme key «{{hex:32}}»']",
  }),
].join('');
const RULES = compileMatchers(
  parseRuleFile(TEXT, 'acme.yml', OPTIONS).map((rule) => rule.matcher),
  { steps: 10 },
);

const listsOf = (lists: WokenLists): unknown => Array.from({ length: lists.count }, (_, id) => lists.at(id));

/** All that a scan asks for. */
function contentOf(rules: CompiledRules): unknown {
  const { kernelTables, prefixes, nears, anchors, anchorPlaces } = rules.wake;
  return {
    matchers: listMatchers(rules),
    hash: rules.hash,
    tables: Buffer.from(kernelTables).toString('hex'),
    lists: [prefixes, nears, anchors].map(listsOf),
    anchorPlaces,
  };
}

test('what was kept comes back, and is kept the same again', () => {
  const bytes = serialiseRules(RULES);
  const back = deserialiseRules(bytes);
  expect(contentOf(back)).toEqual(contentOf(RULES));
  expect(back.count).toBe(3);
  expect(back.wake.nears.count).toBeGreaterThan(2);
  expect(Buffer.from(serialiseRules(back)).equals(bytes)).toBe(true);
});

test('bytes may lie anywhere, and in memory that threads share', () => {
  const bytes = serialiseRules(RULES);
  for (const shift of [1, 3, 4, 7]) {
    const memory = new Uint8Array(bytes.length + 16);
    memory.set(bytes, shift);
    expect(contentOf(deserialiseRules(memory.subarray(shift, shift + bytes.length))), `${shift}`).toEqual(
      contentOf(RULES),
    );
  }
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  expect(contentOf(deserialiseRules(shared))).toEqual(contentOf(RULES));
});
