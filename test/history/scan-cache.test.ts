// The file of clean objects: what was added is there again, and hostile bytes are as good as no file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digestIds, findCacheFolder, formatCache, openScanCache, parseCache } from '../../src/history/scan-cache.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const random = new RandomText(12);
const makeIds = (count: number): readonly string[] => Array.from({ length: count }, () => random.text('hex', 40));

test('what was added is there for the same key, and only that', () => {
  const folder = join(makeFolder(), 'a', 'b');
  const [first, second, others] = [makeIds(300), makeIds(300), makeIds(300)];
  const digest = digestIds(first);
  const one = openScanCache(folder, 'key');
  for (const id of first) one.add(id);
  one.addWhole(digest);
  one.save();
  const two = openScanCache(folder, 'key');
  for (const id of second) two.add(id);
  two.save();
  const three = openScanCache(folder, 'key');
  expect([...first, ...second].filter((id) => !three.isClean(id))).toEqual([]);
  expect(others.filter((id) => three.isClean(id))).toEqual([]);
  expect([three.isWhole(digest), three.isWhole(digestIds(second))]).toEqual([true, false]);
  const other = openScanCache(folder, 'another key');
  expect(first.filter((id) => other.isClean(id))).toEqual([]);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('a digest depends on the set, not on its order', () => {
  const ids = makeIds(50);
  expect(digestIds(ids)).toBe(digestIds(ids.toReversed()));
  expect(digestIds(ids)).toBe(digestIds(ids.slice(0, 20), ids.slice(20)));
  expect(digestIds(ids)).not.toBe(digestIds(ids.slice(1)));
  expect(digestIds(ids)).toMatch(/^[0-9a-f]{24}$/);
});

test('any changed byte makes the file nothing', () => {
  const folder = makeFolder();
  const cache = openScanCache(folder, 'key');
  for (const id of makeIds(5)) cache.add(id);
  cache.addWhole(digestIds(makeIds(3)));
  cache.save();
  const bytes = readFileSync(join(folder, readdirSync(folder)[0]!));
  const rows = parseCache(bytes);
  expect(rows && formatCache(rows).equals(bytes)).toBe(true);
  for (let at = 0; at < bytes.length; at++) {
    const broken = Buffer.from(bytes);
    broken[at] = broken[at]! ^ 0x10;
    expect(parseCache(broken), `byte ${at}`).toBeUndefined();
    expect(parseCache(bytes.subarray(0, at))).toBeUndefined();
  }
});

test.each([
  [{ XDG_CACHE_HOME: '/x', HOME: '/home/a' }, 'linux', '/x/unleak'],
  [{ XDG_CACHE_HOME: 'relative', HOME: '/home/a' }, 'linux', '/home/a/.cache/unleak'],
  [{ HOME: '/Users/a' }, 'darwin', '/Users/a/Library/Caches/unleak'],
  [{}, 'linux', undefined],
  [{}, 'win32', undefined],
])('the folder of %j on %s', (environment, platform, folder) => {
  expect(findCacheFolder(environment, platform)).toBe(folder);
});
