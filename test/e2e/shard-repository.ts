// A repository whose secrets stand everywhere: files, versions, messages of commits and tags, a name, a stash, loose and packed
// objects, ignored and marked places. The same ids on every machine.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeToken } from '../cli/made-up-secret.ts';
import { makeRepository, type TestRepository } from '../support/git-repository.ts';

const FILES = 30;

function writeVersion(repository: TestRepository, version: number): void {
  for (let file = 0; file < FILES; file++) {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i} of file ${file}, ${(i * 7 + file) % 13}`);
    lines[20] = `version ${version}`;
    if (file % 5 === 0) lines[version + 3] = `token: ${makeToken(file === 10 ? 999 : 100 + file * 20 + version)}`;
    if (file % 8 === 3) lines[4] = `token: ${makeToken(999)} # unleak:ignore reason="made up"`;
    repository.write(`dir-${file % 4}/file-${file}.txt`, `${lines.join('\n')}\n`);
  }
}

/** @returns a repository on branch `side`; `main` is older */
export function makeShardRepository(): TestRepository {
  const repository = makeRepository();
  for (let version = 0; version < 6; version++) {
    writeVersion(repository, version);
    repository.commitAll(version === 3 ? `use ${makeToken(5000)} here` : `version ${version}`);
    if (version === 4) repository.git('tag', '--annotate', '--message', `tag ${makeToken(5001)}`, 'v4');
  }
  repository.write(`named-${makeToken(999)}.txt`, 'nothing\n');
  repository.commitAll('a name');
  rmSync(join(repository.path, `named-${makeToken(999)}.txt`));
  rmSync(join(repository.path, 'dir-0'), { recursive: true });
  repository.commitAll('gone');
  repository.write('dir-1/stashed.txt', `token: ${makeToken(5002)}\n`);
  repository.git('add', '--all');
  repository.git('stash', '--quiet');
  repository.git('gc', '--quiet');
  repository.git('checkout', '--quiet', '-b', 'side');
  repository.write('dir-1/loose.txt', `token: ${makeToken(5003)}\n`);
  repository.write('.unleakignore', 'dir-2/file-2.txt\ndir-3/file-15.txt\n');
  repository.write(
    '.unleak.yml',
    "version: 1\nignore:\n  - paths: ['dir-1/file-25.txt']\n    rule: github.*\n    reason: revoked\n",
  );
  repository.commitAll('side');
  return repository;
}
