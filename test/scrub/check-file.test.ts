import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFile, type Owner } from '../../src/scrub/check-file.ts';

const home = mkdtempSync(join(tmpdir(), 'unleak-check-'));
const owner: Owner = { uid: process.getuid?.(), gid: process.getgid?.(), home };

function makeFile(name: string, mode = 0o600): string {
  const path = join(home, name);
  writeFileSync(path, 'true\n');
  chmodSync(path, mode);
  return path;
}

const reasonOf = (path: string, who = owner): string | readonly string[] => {
  const check = checkFile(path, 'bash', who);
  return check.kind === 'refused' ? check.reason : check.notes;
};

test('a private file of our own in a private folder is usable', () => {
  expect(reasonOf(makeFile('plain'))).toEqual([]);
});

test('what others may read is usable, with a note', () => {
  expect(reasonOf(makeFile('open', 0o644))).toEqual(['others may read it (mode 0644); chmod 600 it']);
});

test('read-only, gone, a folder, another owner: refused with the reason', () => {
  const path = makeFile('locked', 0o400);
  mkdirSync(join(home, 'folder'));
  expect(reasonOf(path)).toBe('read-only (mode 0400); chmod u+w it first');
  expect(reasonOf(join(home, 'none'))).toBe('is gone');
  expect(reasonOf(join(home, 'folder'))).toBe('not a regular file');
  const other = { ...owner, uid: (owner.uid ?? 0) + 1 };
  expect(reasonOf(makeFile('mine'), other)).toBe(`belongs to another user (uid ${owner.uid}); run this as that user`);
});

test('databases are refused: sqlite and bolt', () => {
  const path = makeFile('base.db');
  expect(['sqlite', 'bolt'].map((format) => checkFile(path, format as 'sqlite', owner))).toEqual([
    { kind: 'refused', reason: 'a database moves its rows about; delete the entry in the program that owns it' },
    {
      kind: 'refused',
      reason: 'a database with checksums; delete the entry in elvish: use store; store:del-cmd SEQ',
    },
  ]);
});

test('a link inside of the home is followed, one that leads out is refused', () => {
  const target = makeFile('dotfile');
  const inside = join(home, 'link');
  symlinkSync(target, inside);
  expect(reasonOf(inside)).toEqual([
    `is a link to ${target}; if that folder is synchronised or in git, copies are there too`,
  ]);
  const elsewhere = mkdtempSync(join(tmpdir(), 'unleak-else-'));
  writeFileSync(join(elsewhere, 'file'), '');
  const out = join(home, 'out');
  symlinkSync(join(elsewhere, 'file'), out);
  expect(reasonOf(out)).toBe(
    `a link that leads out of the home directory, to ${join(elsewhere, 'file')}; name that file itself if it is yours`,
  );
  rmSync(elsewhere, { recursive: true });
});

test('hard links are told: all names change', () => {
  const path = makeFile('one');
  linkSync(path, join(home, 'two'));
  expect(reasonOf(path)).toEqual(['has 2 names (hard links); all of them are changed']);
});

test('a folder into which others may write is refused, unless it is sticky', () => {
  const folder = join(home, 'shared');
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, 'file'), '', { mode: 0o600 });
  expect(reasonOf(join(folder, 'file'))).toBe(
    `others may write into its folder ${folder} (mode 0777); chmod go-w it first`,
  );
  chmodSync(folder, 0o1777);
  expect(reasonOf(join(folder, 'file'))).toEqual([]);
});
