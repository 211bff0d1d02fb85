// A disk without room: nothing half-written stays, least of all values in clear. A limit on the size of files stands for it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { runShell } from '../cli/unleak-process.ts';
import { makeFolder, makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const LIMIT = "trap '' XFSZ; ulimit -f 0; ";

test.skipIf(process.platform === 'win32')('plan, rewrite plan, report and baseline', () => {
  const repository = makeRepository();
  repository.write('a.py', `token = "${makeToken(1)}"\n`);
  repository.commitAll('one');
  const folder = makeFolder();
  const run = (words: string) => {
    const { exitCode, stderr } = runShell(`${LIMIT}$UNLEAK ${words}`, { cwd: repository.path });
    return [exitCode, stderr];
  };
  const where = (name: string) => join(folder, name);
  const why = 'cannot be written (EFBIG)';
  expect(run(`plan --write '${where('plan')}'`)).toEqual([
    2,
    `unleak: ${where('plan')}: ${why}; choose another place\n`,
  ]);
  expect(run(`plan -o '${where('p.md')}'`)).toEqual([2, `unleak: ${where('p.md')}: ${why}; choose another place\n`]);
  expect(run(`scan -o '${where('r.json')}'`)).toEqual([
    2,
    `unleak: --output ${where('r.json')}: ${why}; choose another place\n`,
  ]);
  expect(run(`history --no-cache --rewrite-plan '${where('rewrite')}'`)).toEqual([
    2,
    `unleak: --rewrite-plan: ${where('rewrite')} ${why}; choose another folder\n`,
  ]);
  expect(run('baseline create')).toEqual([
    2,
    `unleak: ${join(repository.path, '.unleak-baseline')}: ${why}; nothing was changed\n`,
  ]);
  expect(readdirSync(folder, { recursive: true })).toEqual(['rewrite']);
  expect(existsSync(join(repository.path, '.unleak-baseline'))).toBe(false);
});
