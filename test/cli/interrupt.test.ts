// Ctrl-C: one line, 130, and no report that looks whole.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { startUnleak } from './unleak-process.ts';

afterAll(removeFolders);

test.skipIf(process.platform === 'win32')('ends a scan that waits for its input', async () => {
  const cwd = makeFolder();
  const child = startUnleak(['stdin', '--output', 'report.json', '--verbose'], { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (bytes) => {
    stdout += bytes;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  // --verbose speaks when the scan begins; an interrupt before that would be Node's own.
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (bytes) => {
      stderr += bytes;
      if (/with \d+ rules/.test(stderr)) resolve();
    });
  });
  child.kill('SIGINT');
  expect([await ended, stdout]).toEqual([130, '']);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('unleak: interrupted');
  expect(readdirSync(cwd)).toEqual([]);
});

test.skipIf(process.platform === 'win32')('ends a scan of files, with its threads', async () => {
  const cwd = makeFolder();
  const text = 'There is nothing to find in this sentence.\n'.repeat(100_000);
  for (let i = 0; i < 12; i++) writeFileSync(join(cwd, `${i}.txt`), text);
  const child = startUnleak(['scan', '--output', 'report.json', '--verbose', '--jobs', '2'], { cwd });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let stderr = '';
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (bytes) => {
      stderr += bytes;
      if (/with \d+ rules/.test(stderr)) resolve();
    });
  });
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('unleak: interrupted');
  expect(readdirSync(cwd).filter((name) => !/^\d+\.txt$/.test(name))).toEqual([]);
});
