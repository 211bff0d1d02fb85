// Each manager of hooks for real: install, a commit that is stopped, one that passes, the doctor, and uninstall, which
// leaves every file as it was. Managers that are no packages of this repository are looked for on PATH.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findTool, type HookRepository, LEAK, makeHookRepository } from '../hooks/hook-repository.ts';
import { removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');
const lefthook = findTool('lefthook');
const framework = findTool('pre-commit');

interface Case {
  readonly manager: string;
  /** Words behind `hook install`. */
  readonly options: string;
  readonly missing: boolean;
  readonly make: () => HookRepository;
  /** What the manager's users run after a change. */
  readonly sync: (repository: HookRepository) => void;
  /** Files that must be as before in the end. */
  readonly files: readonly string[];
}

function succeed(outcome: {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}): void {
  if (outcome.exitCode !== 0) throw new Error(`${outcome.stdout}${outcome.stderr}`);
}

function makeHusky(hook: string, manifest: object = {}): HookRepository {
  const repository = makeHookRepository({ devDependencies: { husky: '9' }, ...manifest });
  repository.link('husky', { husky: join(MODULES, 'husky', 'bin.js') });
  repository.write('.husky/pre-commit', hook);
  return repository;
}

const runHusky = (repository: HookRepository) => succeed(repository.run('node_modules/.bin/husky', []));

const CASES: readonly Case[] = [
  {
    manager: 'husky',
    options: '',
    missing: false,
    make: () => makeHusky('echo mine\nexit 0'),
    sync: runHusky,
    files: ['.husky/pre-commit', '.husky/pre-push', 'package.json'],
  },
  {
    manager: 'lint-staged',
    options: ' --manager lint-staged',
    missing: false,
    make: () => {
      const repository = makeHusky('lint-staged\n', { 'lint-staged': { '*.md': 'true' } });
      repository.link('lint-staged', { 'lint-staged': join(MODULES, 'lint-staged', 'bin', 'lint-staged.js') });
      return repository;
    },
    sync: runHusky,
    files: ['.husky/pre-commit', 'package.json'],
  },
  {
    manager: 'simple-git-hooks',
    options: '',
    missing: false,
    make: () => {
      const repository = makeHookRepository({ 'simple-git-hooks': { 'pre-commit': 'echo "mine" \\ \u00fc' } });
      repository.link('simple-git-hooks', { 'simple-git-hooks': join(MODULES, 'simple-git-hooks', 'cli.js') });
      return repository;
    },
    sync: (repository) => succeed(repository.run('node_modules/.bin/simple-git-hooks', [])),
    files: ['package.json'],
  },
  {
    manager: 'lefthook',
    options: '',
    missing: lefthook === undefined,
    make: () => {
      const repository = makeHookRepository();
      repository.write(
        'lefthook.yml',
        '# ours\npre-commit:\n    parallel: true # fast\n    jobs:\n      - run: echo mine\n\n# the end',
      );
      return repository;
    },
    sync: (repository) => succeed(repository.run(lefthook ?? '', ['install'])),
    files: ['lefthook.yml', 'package.json'],
  },
  {
    manager: 'pre-commit',
    options: '',
    missing: framework === undefined,
    make: () => {
      const repository = makeHookRepository();
      const config = `repos:\n- repo: local\n  hooks:\n  - {id: mine, name: mine, entry: echo, language: system}\n# last words\n`;
      repository.write('.pre-commit-config.yaml', config);
      return repository;
    },
    sync: (repository) => {
      repository.git('add', '.pre-commit-config.yaml');
      succeed(
        repository.run(framework ?? '', [
          'install',
          ...['pre-commit', 'pre-merge-commit', 'pre-push'].flatMap((hook) => ['--hook-type', hook]),
        ]),
      );
    },
    files: ['.pre-commit-config.yaml', 'package.json'],
  },
  {
    manager: 'git',
    options: '',
    missing: false,
    make: () => {
      const repository = makeHookRepository();
      repository.write('.git/hooks/pre-commit', '#!/bin/sh\nset -eu\nexit 0\n', 0o755);
      return repository;
    },
    sync: () => {},
    files: ['.git/hooks/pre-commit', '.git/hooks/pre-push', 'package.json'],
  },
  {
    manager: 'hooks-path',
    options: '',
    missing: false,
    make: () => {
      const repository = makeHookRepository();
      repository.git('config', 'core.hooksPath', 'tools/hooks');
      repository.write('tools/hooks/pre-commit', '#!/usr/bin/env bash\n\necho mine', 0o755);
      return repository;
    },
    sync: () => {},
    files: ['tools/hooks/pre-commit', 'tools/hooks/pre-push', 'package.json'],
  },
];

describe.each(CASES)('$manager', ({ manager, options, missing, make, sync, files }) => {
  test.skipIf(missing)(`install, stop, pass, doctor, uninstall${missing ? ` (${manager} is not on PATH)` : ''}`, () => {
    const repository = make();
    repository.write('set-up.txt', 'done\n');
    repository.commitAll('set up');
    const before = files.map((file) => repository.read(file));
    const hooksPath = repository.tryGit(['config', 'core.hooksPath']).stdout;

    const shown = repository.unleak(`hook install --dry-run${options}`);
    expect([shown.exitCode, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toContain('hook run pre-commit');
    expect(files.map((file) => repository.read(file))).toEqual(before);

    const installed = repository.unleak(`hook install${options}`);
    expect([installed.exitCode, installed.stderr]).toEqual([0, '']);
    expect(installed.stdout).toContain(`unleak in ${manager} (`);
    expect(repository.tryGit(['config', 'core.hooksPath']).stdout).toBe(hooksPath);
    const after = files.map((file) => repository.read(file));
    expect(after).not.toEqual(before);
    sync(repository);

    const again = repository.unleak(`hook install${options}`);
    expect(again.stdout).toContain('is there already');
    expect(files.map((file) => repository.read(file))).toEqual(after);

    const stopped = repository.commit('a.env', LEAK);
    const said = stopped.stdout + stopped.stderr;
    expect([stopped.exitCode, said.includes('a.env:1:14'), said.includes(LEAK.trim())]).toEqual([1, true, false]);
    expect(said).toContain('github.personal-access-token');
    const passed = repository.commit('a.txt', 'nothing here\n');
    expect([passed.stderr.includes('not found'), passed.exitCode]).toEqual([false, 0]);

    const doctor = repository.unleak('hook doctor');
    expect(doctor.stdout).toContain('ok    a made-up secret in an index of its own was stopped\n');
    expect([doctor.exitCode, doctor.stdout.includes('WRONG')]).toEqual([0, false]);

    const program = join(repository.path, 'node_modules', '.bin', 'unleak');
    renameSync(program, `${program}.away`);
    const without = repository.commit('b.txt', 'nothing here\n');
    expect(without.exitCode).toBe(1);
    // The framework has words of its own for it.
    const why = /unleak: nothing was scanned, so this stops.*run: npm install|`node_modules\/.bin\/unleak` not found/s;
    expect(without.stdout + without.stderr).toMatch(why);
    renameSync(`${program}.away`, program);

    const removed = repository.unleak('hook uninstall');
    expect([removed.exitCode, removed.stderr]).toEqual([0, '']);
    expect(files.map((file) => repository.read(file))).toEqual(before);
    const gone = repository.unleak('hook doctor');
    expect([gone.exitCode, gone.stdout.includes('no hook of this repository calls unleak')]).toEqual([1, true]);
    expect(repository.unleak('hook uninstall').stdout).toContain('there was nothing of it in any hook');
  });
});
