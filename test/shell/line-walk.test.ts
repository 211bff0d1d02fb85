// The first look in the WebAssembly module says the same as its plain twin, block after block, so that both remember; and
// both say the same as a look at each line alone. Seeds are printed with every failure.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSimdSupported } from '../../src/kernel/wasm-kernel.ts';
import { readCommandRuleFolder } from '../../src/shell/parse-command-rules.ts';
import { createPrefilter } from '../../src/shell/prefilter.ts';
import { RandomText } from '../../src/util/random-text.ts';

const RULES = readCommandRuleFolder(join(import.meta.dirname, '../../rules/commands'));
const MATCHERS = RULES.map(({ matcher }) => matcher);
const TOOLS = MATCHERS.flatMap(({ tools }) => tools).filter((tool) => /^\w/.test(tool));
const WORDS = RULES.flatMap(({ examples, counterExamples }) => [...examples, ...counterExamples])
  .flatMap((line) => line.replace(/«|»|\{\{[^}]*\}\}/g, 'Aa1!xyzw').split(/(?<=[ =])/))
  .concat(['\\', '`', '\\\n', '`\n', '\0', '\n\n', '\xff', 'x'.repeat(90), '://', 'a@b', 'camelCaseToken', 'HTTPKey'])
  .concat(Array.from({ length: 40 }, (_, i) => `${TOOLS[(i * 7) % TOOLS.length]} `));

function makeBlock(random: RandomText): Buffer {
  const lines = Array.from({ length: random.integer(60) }, () => {
    const parts = Array.from({ length: random.integer(12) }, () => random.pick(WORDS));
    return `${parts.join('')}${random.integer(3) === 0 ? random.integer(1000) : ''}`;
  });
  // Histories repeat.
  const all = lines.flatMap((line) => (random.integer(3) === 0 ? [line, line] : [line]));
  return Buffer.from(all.join('\n') + (random.integer(2) === 0 ? '\n' : ''), 'latin1');
}

test('the module is there', () => {
  expect(isSimdSupported()).toBe(true);
});

test('module and twin find the same places and lines', () => {
  const fast = createPrefilter(MATCHERS);
  const plain = createPrefilter(MATCHERS, true);
  let found = 0;
  for (let seed = 1; seed <= 1500; seed++) {
    const block = makeBlock(new RandomText(seed));
    const one = fast(block);
    const places = [...one.places];
    const ends = [...one.lines.ends.subarray(0, one.lines.count)];
    const other = plain(block);
    expect(places, `seed ${seed}`).toEqual(other.places);
    expect(ends, `seed ${seed}`).toEqual([...other.lines.ends.subarray(0, other.lines.count)]);
    expect(one.lines.breaks, `seed ${seed}`).toBe(other.lines.breaks);
    // What is remembered changes nothing.
    if (seed % 20 === 0) expect(createPrefilter(MATCHERS, true)(block).places, `seed ${seed}`).toEqual(places);
    found += places.length;
  }
  expect(found).toBeGreaterThan(1000);
});

test('module and twin agree on borders: sizes, the longest remembered lines, a text larger than the first', () => {
  const fast = createPrefilter(MATCHERS);
  const plain = createPrefilter(MATCHERS, true);
  const key = `export DB_PASS${'WORD'}=x`;
  for (let size = 0; size < 300; size++) {
    for (const text of [
      'x'.repeat(size),
      `${'y'.repeat(size)}\n${key}`,
      `${key}${'z'.repeat(size)}\n${'w'.repeat(size)}`,
      '\n'.repeat(size),
    ]) {
      const bytes = Buffer.from(text);
      const one = fast(bytes);
      const ends = [...one.lines.ends];
      expect([one.places, ends]).toEqual([plain(bytes).places, [...plain(bytes).lines.ends.subarray(0, ends.length)]]);
    }
  }
  const long = Buffer.from(`${`ls ${'a'.repeat(50)}\n`.repeat(60_000)}${key}\n`);
  expect(fast(long).places).toEqual([long.length - key.length - 1]);
  expect(fast(Buffer.from(key)).places).toEqual([0]);
});

test('the memory of the module stays exact when it is full', () => {
  const fast = createPrefilter(MATCHERS);
  const key = `export DB_PASS${'WORD'}=x`;
  const random = new RandomText(9);
  for (let block = 0; block < 30; block++) {
    const lines = Array.from({ length: 3000 }, () => `ls ${random.text('base62', 1 + random.integer(250))}`);
    lines[random.integer(3000)] = key;
    const bytes = Buffer.from(lines.join('\n'));
    const starts = fast(bytes).places.map((at) => bytes.toString('latin1', at, at + key.length));
    expect(starts, `block ${block}`).toContain(key);
  }
});
