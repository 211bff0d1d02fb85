// Hooks for all repositories of a user: a template folder, the user's core.hooksPath, and git's configured hooks, each in
// and out again without a trace.
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readGitVersion } from '../../src/git/run-git.ts';
import { planConfiguredHooks } from '../../src/hooks/global-hooks.ts';
import { DEFAULT_HOOKS } from '../../src/model/hook-name.ts';
import { UNLEAK } from '../cli/unleak-process.ts';
import { HookRepository, LEAK, pathWith, writeAnywhere } from '../hooks/hook-repository.ts';
import { makeFolder, makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const version = readGitVersion(process.cwd());
const hasConfigHooks = version !== undefined && (version.major > 2 || version.minor >= 54);

/** A user with a git configuration of their own and unleak on PATH. */
function makeUser(config: string) {
  const home = makeFolder();
  const file = join(home, '.gitconfig');
  writeAnywhere(file, config);
  const bin = makeFolder();
  writeAnywhere(join(bin, 'unleak'), `#!/bin/sh\nexec '${process.execPath}' '${UNLEAK}' "$@"\n`);
  chmodSync(join(bin, 'unleak'), 0o755);
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), GIT_CONFIG_GLOBAL: file, PATH: pathWith(bin) };
  return { home, file, env, read: () => readFileSync(file, 'utf8') };
}

function expectStopped(repository: HookRepository, env: NodeJS.ProcessEnv): void {
  const { exitCode, stderr } = repository.commit('a.env', LEAK, env);
  expect([exitCode, stderr.includes('a.env:1:14')]).toEqual([1, true]);
}

test.skipIf(hasConfigHooks)(
  `a template folder for an older git${hasConfigHooks ? ' (this git has configured hooks)' : ''}`,
  () => {
    const before = '[user]\n\tname = x\n';
    const user = makeUser(before);
    const anywhere = new HookRepository(makeFolder(), user.home);
    const shown = anywhere.unleak('hook install --global --dry-run', user.env);
    expect([shown.exitCode, user.read(), readdirSync(user.home)]).toEqual([0, before, ['.gitconfig']]);
    expect(shown.stdout).toContain(
      `git config --global init.templateDir '${join(user.home, '.config', 'unleak', 'git-template')}'`,
    );
    expect(anywhere.unleak('hook install --global', user.env).exitCode).toBe(0);
    expect(anywhere.unleak('hook install --global', user.env).stdout).toContain(
      'unleak for all your repositories (template folder): is there already\n',
    );
    const fresh = new HookRepository(makeFolder(), user.home);
    fresh.tryGit(['init', '--quiet'], { env: { ...fresh.env, ...user.env } });
    expectStopped(fresh, user.env);
    expect(anywhere.unleak('hook uninstall --global', user.env).exitCode).toBe(0);
    expect([
      user.read().replace(/\[init\]\n/, ''),
      readdirSync(join(user.home, '.config', 'unleak', 'git-template', 'hooks')),
    ]).toEqual([before, []]);
  },
);

test.skipIf(hasConfigHooks)('the core.hooksPath of the user', () => {
  const user = makeUser('');
  const folder = join(user.home, 'hooks');
  writeAnywhere(join(folder, 'pre-commit'), '#!/bin/sh\necho mine\n');
  chmodSync(join(folder, 'pre-commit'), 0o755);
  writeAnywhere(user.file, '[core]\n\thooksPath = ~/hooks\n');
  const repository = new HookRepository(makeRepository().path, user.home);
  const here = repository.unleak('hook install', user.env);
  expect([here.exitCode, here.stderr]).toEqual([
    2,
    `unleak: core.hooksPath is ${folder}, outside of this repository, where other repositories may use it too; to add unleak there: unleak hook install --global\n`,
  ]);
  expect(repository.unleak('hook install --global', user.env).stdout).toContain('(core.hooksPath)');
  expectStopped(repository, user.env);
  expect(repository.unleak('hook doctor', user.env)).toMatchObject({ exitCode: 0 });
  expect(repository.unleak('hook uninstall --global', user.env).exitCode).toBe(0);
  expect([readFileSync(join(folder, 'pre-commit'), 'utf8'), readdirSync(folder), user.read()]).toEqual([
    '#!/bin/sh\necho mine\n',
    ['pre-commit'],
    '[core]\n\thooksPath = ~/hooks\n',
  ]);
});

test('the settings of configured hooks: what git would run, and nothing twice', () => {
  const user = makeUser('');
  const call = { cwd: user.home, env: { ...process.env, ...user.env } };
  const settings = planConfiguredHooks(call, DEFAULT_HOOKS);
  expect(settings.map(({ name }) => name)).toEqual(
    DEFAULT_HOOKS.flatMap((hook) => [`hook.unleak-${hook}.command`, `hook.unleak-${hook}.event`]),
  );
  const repository = new HookRepository(makeRepository().path, user.home);
  const git = (...args: string[]) => repository.tryGit(args, { env: { ...repository.env, ...user.env } });
  for (const { name, value } of settings) git('config', '--global', name, value ?? '');
  expect(planConfiguredHooks(call, DEFAULT_HOOKS)).toEqual([]);
  // Git gives the value to a shell.
  const command = git('config', '--get', 'hook.unleak-pre-commit.command').stdout.trim();
  repository.write('a.env', LEAK);
  repository.git('add', 'a.env');
  const run = repository.run('sh', ['-c', command], user.env);
  expect([run.exitCode, run.stderr.includes('a.env:1:14')]).toEqual([1, true]);
  expect(repository.unleak('hook uninstall --global', user.env).exitCode).toBe(0);
  expect(user.read()).toBe('');
});

test.skipIf(!hasConfigHooks)(`configured hooks in a commit${hasConfigHooks ? '' : ' (needs git 2.54)'}`, () => {
  const user = makeUser('');
  const repository = new HookRepository(makeRepository().path, user.home);
  expect(repository.unleak('hook install --global', user.env).stdout).toContain('(configured hooks)');
  expectStopped(repository, user.env);
  expect(repository.unleak('hook uninstall --global', user.env).exitCode).toBe(0);
  expect(repository.commit('a.env', LEAK, user.env).exitCode).toBe(0);
});
