// What is kept of a repository between runs: as it was written, or not at all.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatMemory, type HistoryMemory, openMemory, parseMemory } from '../../src/history/history-memory.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const id = (digit: string): string => digit.repeat(40);
const MEMORY: HistoryMemory = {
  texts: 12,
  commits: [id('a'), id('b')],
  held: [id('1'), id('2')],
  seen: [id('1')],
  commitMessages: [],
  tagMessages: [id('c')],
  telling: [id('b')],
};
const DIGEST = 'd'.repeat(32);

test('comes back as it was', () => {
  expect(parseMemory(formatMemory(DIGEST, MEMORY), DIGEST)).toEqual(MEMORY);
  const keeper = openMemory(join(makeFolder(), 'cache'), 'key');
  expect(keeper.recall(DIGEST)).toBeUndefined();
  keeper.remember(DIGEST, MEMORY);
  expect(keeper.recall(DIGEST)).toEqual(MEMORY);
  expect(keeper.recall('e'.repeat(32))).toBeUndefined();
});

test('one private file a repository, whatever its state', () => {
  const folder = join(makeFolder(), 'cache');
  const keeper = openMemory(folder, 'one');
  keeper.remember(DIGEST, MEMORY);
  keeper.remember('e'.repeat(32), { ...MEMORY, texts: 13 });
  openMemory(folder, 'two').remember(DIGEST, MEMORY);
  expect(readdirSync(folder).length).toBe(2);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(keeper.recall('e'.repeat(32))?.texts).toBe(13);
});

test('each changed or missing byte is noticed', () => {
  const text = formatMemory(DIGEST, MEMORY);
  for (let i = 0; i < text.length; i++) {
    const other = text[i] === '0' ? '1' : '0';
    expect(parseMemory(`${text.slice(0, i)}${other}${text.slice(i + 1)}`, DIGEST), `byte ${i}`).toBeUndefined();
    expect(parseMemory(text.slice(0, i), DIGEST), `cut at ${i}`).toBeUndefined();
  }
});
