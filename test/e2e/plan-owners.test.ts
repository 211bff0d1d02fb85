// `unleak plan --owners blame`: who wrote a line last, and no program of the repository's configuration is run to tell.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { makeFolder, makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

function setUp() {
  const repository = makeRepository();
  repository.write('a.py', `import os\ntoken = "${makeToken(1)}"\n`);
  repository.commitAll('one');
  const owners = () => {
    const { exitCode, stdout, stderr } = runUnleak(['plan', '--owners', 'blame', '--format', 'json'], {
      cwd: repository.path,
    });
    expect([exitCode, stderr]).toEqual([0, '']);
    const { secrets, notes } = JSON.parse(stdout) as { secrets: { inventory: { owners: unknown } }[]; notes: unknown };
    return [secrets.map(({ inventory }) => inventory.owners), notes];
  };
  return { repository, owners };
}

test('a line that is committed, and one that is not', () => {
  const { repository, owners } = setUp();
  const author = repository.git('log', '-1', '--format=%an').trim();
  expect(owners()).toEqual([[[author]], []]);
  repository.write('a.py', `import os\n\ntoken = "${makeToken(2)}"\n`);
  expect(owners()).toEqual([[[]], []]);
});

test.skipIf(process.platform === 'win32')('filters and textconv of a hostile repository are not run', () => {
  const { repository, owners } = setUp();
  const ran = join(makeFolder(), 'ran');
  const program = join(makeFolder(), 'program');
  writeFileSync(program, `#!/bin/sh\necho "$0" >> '${ran}'\ncat\n`, { mode: 0o755 });
  for (const key of ['filter.x.clean', 'filter.x.smudge', 'filter.x.process', 'diff.x.textconv', 'diff.x.command'])
    repository.git('config', key, program);
  repository.git('config', 'filter.x.required', 'true');
  writeFileSync(join(repository.path, '.git', 'info', 'attributes'), '* filter=x diff=x\n');
  writeFileSync(join(repository.path, 'a.py'), `import os\ntoken = "${makeToken(1)}"\n# more\n`);
  const [found, notes] = owners();
  expect([(found as unknown[]).length, notes]).toEqual([1, []]);
  expect(existsSync(ran)).toBe(false);
  repository.git('config', 'filter.a=b.clean', program);
  expect(owners()[1]).toEqual([
    'owners by blame were not looked up: a filter in the configuration of git has an odd name',
  ]);
  expect(existsSync(ran)).toBe(false);
});
