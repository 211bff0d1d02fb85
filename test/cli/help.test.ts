// Help texts against expected files; UNLEAK_UPDATE_GOLDENS=1 writes them anew.
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { flagsOf } from '../../src/cli/flags.ts';
import { formatHelp } from '../../src/cli/help.ts';
import { expectGolden } from './golden.ts';

test('the overview', async () => {
  expectGolden('help.golden.txt', await formatHelp(undefined, 100));
});

test('one command', async () => {
  expectGolden('help-scan.golden.txt', await formatHelp('scan', 100));
});

test.each(COMMANDS)('$name names its flags and examples and fits the terminal', async ({ name, examples, summary }) => {
  const text = await formatHelp(name, 72);
  const flags = flagsOf(name).map((flag) => `--${flag.name} `);
  expect(flags.filter((flag) => !text.includes(flag))).toEqual([]);
  expect(examples.length).toBeGreaterThan(0);
  for (const [line] of examples) expect(await formatHelp(name, 110)).toContain(`unleak ${line}`);
  expect(text).toContain(`${summary}.`);
  expect(text.split('\n').filter((line) => line.length > 72)).toEqual([]);
});

test('width is kept between 50 and 110 columns', async () => {
  expect(await formatHelp('scan', 10)).toBe(await formatHelp('scan', 50));
  expect(await formatHelp('scan', 400)).toBe(await formatHelp('scan', 110));
});
