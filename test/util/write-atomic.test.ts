import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { writeAtomic } from '../../src/util/write-atomic.ts';

const root = mkdtempSync(join(tmpdir(), 'unleak-write-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
});

test('a new file', () => {
  writeAtomic(join(folder, 'f'), 'new\n');
  expect([readdirSync(folder), readFileSync(join(folder, 'f'), 'utf8')]).toEqual([['f'], 'new\n']);
});

test.skipIf(process.platform === 'win32')('an old file keeps its mode, a symbolic link stays one', () => {
  writeFileSync(join(folder, 'f'), 'old, and longer');
  chmodSync(join(folder, 'f'), 0o640);
  symlinkSync('f', join(folder, 'link'));
  writeAtomic(join(folder, 'link'), 'new');
  expect([readFileSync(join(folder, 'f'), 'utf8'), statSync(join(folder, 'f')).mode & 0o777]).toEqual(['new', 0o640]);
  expect([lstatSync(join(folder, 'link')).isSymbolicLink(), readdirSync(folder)]).toEqual([true, ['f', 'link']]);
});

test('a failure leaves nothing behind', () => {
  mkdirSync(join(folder, 'f'));
  writeFileSync(join(folder, 'f/inside'), '');
  expect(() => writeAtomic(join(folder, 'f'), 'new')).toThrow();
  expect(() => writeAtomic(join(folder, 'none/f'), 'new')).toThrow(/ENOENT/);
  expect([readdirSync(folder), readdirSync(join(folder, 'f'))]).toEqual([['f'], ['inside']]);
});
