import { expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/flag.ts';
import { FLAGS, flagsOf } from '../../src/cli/flags.ts';
import { HOOK_FLAGS } from '../../src/cli/hook-flags.ts';
import { REPORTERS } from '../../src/reporters/registry.ts';

test('names are plain words, and one name always takes the same kind of value', () => {
  const types = new Map<string, string>();
  for (const { name, type } of FLAGS) {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    // `--no-x` means that x is taken back.
    expect(name).not.toMatch(/^no-/);
    expect(`${name} ${types.get(name) ?? type}`).toBe(`${name} ${type}`);
    types.set(name, type);
  }
});

test.each(COMMAND_NAMES)('%s has no name or letter twice', (command) => {
  const words = flagsOf(command).flatMap(({ name, short }) => (short ? [name, short] : [name]));
  expect(words).toEqual([...new Set(words)]);
  expect(words.filter((word) => ['h', 'V', 'help', 'version'].includes(word))).toEqual([]);
});

test('a letter means the same in every command', () => {
  const names = new Map<string, string>();
  for (const { name, short } of FLAGS) {
    if (short === undefined) continue;
    expect(`${short} ${names.get(short) ?? name}`).toBe(`${short} ${name}`);
    names.set(short, name);
  }
});

test('every help text is one clause for people', () => {
  for (const { help } of FLAGS) expect(help).toMatch(/^[A-Za-z][^\n]{5,90}[^.\n]$/);
});

test('the formats of reports are those of the registry', () => {
  const format = flagsOf('scan').find((flag) => flag.name === 'format');
  expect(format?.type === 'value' && format.choices).toEqual(REPORTERS.map((reporter) => reporter.name));
});

test('the hook has the same flags as staged, and its own', () => {
  expect(flagsOf('hook').filter((flag) => !HOOK_FLAGS.includes(flag))).toEqual(flagsOf('staged'));
});
