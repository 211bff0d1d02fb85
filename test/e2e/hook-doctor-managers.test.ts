// The doctor turns red for every way of breaking the hooks of other managers than husky (hook-doctor.test.ts).
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { type Break, change, copyOf, expectWrong, MODULES } from '../hooks/broken-hooks.ts';
import { findTool, type HookRepository, makeHookRepository } from '../hooks/hook-repository.ts';
import { removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const lefthook = findTool('lefthook');
const framework = findTool('pre-commit');

describe('simple-git-hooks', () => {
  function makeSimple(): HookRepository {
    const repository = makeHookRepository({ 'simple-git-hooks': {} });
    repository.link('simple-git-hooks', { 'simple-git-hooks': join(MODULES, 'simple-git-hooks', 'cli.js') });
    repository.unleak('hook install');
    repository.run('node_modules/.bin/simple-git-hooks', []);
    return repository;
  }
  const SIMPLE: readonly Break[] = [
    [
      'not run after a change',
      ({ path }) =>
        writeFileSync(
          join(path, '.git/hooks/pre-commit'),
          '#!/bin/sh\nif [ "$SKIP_SIMPLE_GIT_HOOKS" = "1" ]; then\n exit 0\nfi\ntrue',
        ),
      /^pre-commit: package\.json calls unleak, but git runs \.git\/hooks\/pre-commit/,
      /^npx simple-git-hooks$/,
    ],
    [
      'its hook gone',
      ({ path }) => rmSync(join(path, '.git/hooks/pre-push')),
      /^pre-push: package\.json calls unleak, but git runs .* which is not there$/,
      /^npx simple-git-hooks$/,
    ],
    [
      'switched off',
      () => ({ SKIP_SIMPLE_GIT_HOOKS: '1' }),
      /^SKIP_SIMPLE_GIT_HOOKS=1 is set/,
      /^unset SKIP_SIMPLE_GIT_HOOKS$/,
    ],
  ];
  test.each(SIMPLE)('%s', (...broken) => expectWrong(copyOf(makeSimple), broken));
});

describe('lint-staged', () => {
  test('no hook runs it', () => {
    const repository = makeHookRepository({ devDependencies: { husky: '9' }, 'lint-staged': {} });
    repository.link('husky', { husky: join(MODULES, 'husky', 'bin.js') });
    repository.write('.husky/pre-commit', 'npx lint-staged\n');
    repository.unleak('hook install --manager lint-staged');
    repository.run('node_modules/.bin/husky', []);
    expectWrong(repository, [
      '',
      () => repository.write('.husky/pre-commit', 'npm test\n'),
      /^pre-commit: package\.json calls unleak, but git runs \.husky\/_\/pre-commit, .* does not lead there$/,
      /^unleak hook install --manager husky$/,
    ]);
  });
});

describe('lefthook', () => {
  const reason = lefthook === undefined ? ' (lefthook is not on PATH)' : '';
  function makeLefthook(): HookRepository {
    const repository = makeHookRepository();
    repository.write('lefthook.yml', '# empty\n');
    repository.unleak('hook install');
    repository.run(lefthook ?? '', ['install']);
    return repository;
  }
  const BREAKS: readonly Break[] = [
    [
      'its hook gone',
      ({ path }) => rmSync(join(path, '.git/hooks/pre-commit')),
      /^pre-commit: lefthook\.yml calls unleak, but git runs .* which is not there$/,
      /^npx lefthook install$/,
    ],
    ['switched off', () => ({ LEFTHOOK: '0' }), /^LEFTHOOK=0 is set/, /^unset LEFTHOOK$/],
    [
      'our job taken out',
      (repository) => repository.write('lefthook.yml', 'pre-commit:\n  jobs:\n    - run: true\n'),
      /^no hook of this repository calls unleak$/,
      /^unleak hook install$/,
    ],
    [
      'lefthook itself gone, which its hook lets pass',
      (repository) => {
        // The hook file names the program that installed it.
        change(repository, '.git/hooks/pre-commit', /\/\S*lefthook\S* -h/g, '/nowhere/lefthook -h');
        change(repository, '.git/hooks/pre-push', /\/\S*lefthook\S* -h/g, '/nowhere/lefthook -h');
        change(repository, '.git/hooks/pre-merge-commit', /\/\S*lefthook\S* -h/g, '/nowhere/lefthook -h');
        const folders = (process.env.PATH ?? '').split(':').filter((folder) => !findIn(folder));
        return { PATH: folders.join(':') };
      },
      /^lefthook is not there: its hook then says so and lets the commit through$/,
      /^npm install$/,
    ],
  ];
  const findIn = (folder: string): boolean => lefthook !== undefined && dirname(lefthook) === folder;
  test.skipIf(lefthook === undefined).each(BREAKS)(`%s${reason}`, (...broken) =>
    expectWrong(copyOf(makeLefthook), broken),
  );
});

describe('pre-commit', () => {
  const reason = framework === undefined ? ' (pre-commit is not on PATH)' : '';
  function makeFramework(): HookRepository {
    const repository = makeHookRepository();
    repository.write('.pre-commit-config.yaml', 'repos: # none yet\n');
    repository.unleak('hook install --hooks pre-commit');
    repository.write('.pre-commit-config.yaml', 'repos:\n- repo: meta\n  hooks: [{id: identity}]\n');
    const installed = repository.unleak('hook install --hooks pre-commit');
    if (installed.exitCode !== 0) throw new Error(installed.stderr);
    repository.git('add', '.pre-commit-config.yaml');
    repository.run(framework ?? '', ['install']);
    return repository;
  }
  const BREAKS: readonly Break[] = [
    [
      'its hook gone',
      ({ path }) => rmSync(join(path, '.git/hooks/pre-commit')),
      /^pre-commit: \.pre-commit-config\.yaml calls unleak, but git runs .* which is not there$/,
      /^git add \.pre-commit-config\.yaml && pre-commit install --hook-type pre-commit$/,
    ],
    [
      'switched off',
      () => ({ SKIP: 'other,unleak-pre-commit' }),
      /^SKIP=other,unleak-pre-commit is set, which switches unleak off$/,
      /^unset SKIP$/,
    ],
    [
      'our entry taken out',
      (repository) => repository.write('.pre-commit-config.yaml', 'repos: []\n'),
      /^no hook of this repository calls unleak$/,
      /^unleak hook install$/,
    ],
    [
      'pre-commit itself gone',
      ({ path }) => {
        const file = join(path, '.git/hooks/pre-commit');
        renameSync(file, `${file}.old`);
        writeFileSync(
          file,
          '#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\nINSTALL_PYTHON=/nowhere/python\n',
          { mode: 0o755 },
        );
        const folders = (process.env.PATH ?? '')
          .split(':')
          .filter((folder) => framework === undefined || dirname(framework) !== folder);
        return { PATH: folders.join(':') };
      },
      /^pre-commit is not there, so its hook stops every commit$/,
      /^pip install pre-commit$/,
    ],
    [
      'husky took the hooks over',
      (repository) => {
        repository.link('husky', { husky: join(MODULES, 'husky', 'bin.js') });
        repository.run('node_modules/.bin/husky', []);
      },
      /^pre-commit: \.pre-commit-config\.yaml calls unleak, but git runs \.husky\/_\/pre-commit, which belongs to husky/,
      /^unleak hook install --manager husky$/,
    ],
  ];
  test.skipIf(framework === undefined).each(BREAKS)(`%s${reason}`, (...broken) =>
    expectWrong(copyOf(makeFramework), broken),
  );
});
