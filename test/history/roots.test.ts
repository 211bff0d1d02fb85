// Reflogs as files and through git (for tables that only git reads) name the same commits.
import { afterAll, expect, test } from 'vitest';
import { findRepository } from '../../src/git/repository.ts';
import { findRoots, readReflogsByGit } from '../../src/history/roots.ts';
import { listWorkTrees } from '../../src/history/work-trees.ts';
import { removeFolders, testEnvironment } from '../support/git-repository.ts';
import { makeScenario } from './scenario-repository.ts';

afterAll(removeFolders);

test('git shows what the files of the reflogs hold', async () => {
  const { repository } = makeScenario();
  const call = { cwd: repository.path, env: testEnvironment() };
  const found = findRepository(call.cwd, call.env);
  const roots = await findRoots(found, await listWorkTrees(found, call), call);
  const names = repository.git('for-each-ref', '--format=%(refname)').split('\n');
  const byGit = await readReflogsByGit(call, ['HEAD', ...names]);
  const show = (kind: string, tips: typeof roots.tips) =>
    tips.filter((tip) => tip.kind === kind).map(({ name, commit }) => `${name} ${commit}`);
  expect(show('stash', byGit.tips)).toEqual(show('stash', roots.tips));
  // A log that is left of a deleted branch is in files only; a second work tree has a HEAD of its own.
  const isShown = (row: string): boolean => !/^side |^HEAD of /.test(row);
  expect(show('reflog', byGit.tips).sort()).toEqual(show('reflog', roots.tips).filter(isShown).sort());
  for (const id of byGit.oncePushed) expect(roots.oncePushed).toContain(id);
  expect(byGit.oncePushed.length).toBeGreaterThan(2);
}, 60_000);
