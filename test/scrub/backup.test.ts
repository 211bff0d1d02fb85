import { existsSync, linkSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shredFile, writeBackup } from '../../src/scrub/backup.ts';

test('a backup is private, whole, and never over another file', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'unleak-backup-')), '.bash_history');
  // More than is copied at a step.
  const bytes = Buffer.concat([Buffer.from('a\0b\n'), Buffer.alloc(1 << 20, 'xyz'), Buffer.from('end')]);
  writeFileSync(path, bytes);
  writeFileSync(`${path}.unleak-backup-1`, 'older');
  const copy = writeBackup(path);
  expect(copy).toBe(`${path}.unleak-backup-2`);
  expect(readFileSync(copy).equals(bytes)).toBe(true);
  if (process.platform !== 'win32') expect(statSync(copy).mode & 0o7777).toBe(0o600);
  expect(readFileSync(`${path}.unleak-backup-1`, 'utf8')).toBe('older');
});

test('a shredded file is gone, and what was in it is in no other name of it either', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'unleak-shred-')), 'copy');
  writeFileSync(path, Buffer.alloc(200_000, 'x'));
  linkSync(path, `${path}-2`);
  shredFile(path);
  expect(existsSync(path)).toBe(false);
  expect(readFileSync(`${path}-2`).length).toBe(0);
});
