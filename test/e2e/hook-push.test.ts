// pre-push, pre-receive and commit-msg in real pushes and commits: every new commit of every ref counts, and nothing that
// the other side has.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeToken } from '../cli/made-up-secret.ts';
import { UNLEAK } from '../cli/unleak-process.ts';
import { HookRepository, LEAK, makeHookRepository, pathWith } from '../hooks/hook-repository.ts';
import { makeFolder, makeRepositoryAt, removeFolders, testEnvironment } from '../support/git-repository.ts';

afterAll(removeFolders);

const SECRET = makeToken();
let template: HookRepository | undefined;

/** A guarded clone whose `main` is pushed to `origin`. */
function makePushed(): HookRepository {
  if (!template) {
    template = makeHookRepository();
    template.unleak('hook install --hooks pre-push,commit-msg');
    template.git('init', '--quiet', '--bare', '.git/origin');
    template.git('remote', 'add', 'origin', '.git/origin');
    template.git('push', '--quiet', 'origin', 'main');
  }
  const folder = makeFolder();
  cpSync(template.path, folder, { recursive: true, verbatimSymlinks: true });
  return new HookRepository(folder);
}

function push(repository: HookRepository, ...args: string[]) {
  const { exitCode, stderr } = repository.tryGit(['push', '--quiet', ...args], { env: repository.env });
  expect(stderr).not.toContain(SECRET);
  // Git ends with 1 for a refusal; places are what our text names.
  return {
    exitCode,
    places: [...stderr.matchAll(/^ {2}(\S.*:\d+:\d+)(?: {2}in commit ([0-9a-f]{12}))?$/gm)].map((m) => m[1]),
    stderr,
  };
}

function add(repository: HookRepository, path: string, content: string): string {
  repository.write(path, content);
  return repository.commitAll(`write ${path}`);
}

describe('pre-push', () => {
  test('a secret that was added and taken out again on the way', () => {
    const repository = makePushed();
    const commit = add(repository, 'a.env', LEAK);
    add(repository, 'a.env', 'clean\n');
    const { exitCode, stderr } = push(repository, 'origin', 'main');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      [
        'unleak: 1 secret in 1 place: 1 critical.',
        '',
        `  a.env:1:14  in commit ${commit.slice(0, 12)}`,
        `    critical  ${SECRET.slice(0, 4)}********${SECRET.slice(-2)}`,
        '    GitHub personal access token (classic) (github.personal-access-token)',
        '    why: has the form of its provider; the offline check github-crc32 holds',
        '',
        'A later commit that removes it does not help. Make the commit anew, without it:',
        `  git rebase --interactive ${commit.slice(0, 12)}^`,
        'Move it to a vault, and read it from there:',
        '  unleak plan',
        'No secret? Say why in a comment on its line:',
        '  unleak:ignore reason="…"',
        'Known and accepted? Keep it in the baseline:',
        '  unleak baseline create',
        "error: failed to push some refs to '.git/origin'",
        '',
      ].join('\n'),
    );
  });

  test('several refs at once, a new branch, and only what is new to the remote', () => {
    const repository = makePushed();
    add(repository, 'old.env', LEAK);
    repository.git('push', '--quiet', '--no-verify', 'origin', 'main');
    add(repository, 'old.env', `${LEAK}# the line above is on the remote already\n`);
    expect(push(repository, 'origin', 'main')).toMatchObject({ exitCode: 0, stderr: '' });
    repository.git('switch', '--quiet', '--create', 'one');
    add(repository, 'one.txt', 'fine\n');
    repository.git('switch', '--quiet', '--create', 'two', 'main');
    add(repository, 'two.env', LEAK);
    expect(push(repository, 'origin', 'one', 'two').places).toEqual(['two.env:1:14']);
    expect(push(repository, 'origin', 'one')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(push(repository, 'origin', '--delete', 'one')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(push(repository, 'origin', 'two~1:refs/heads/three')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(push(repository, '.git/origin', 'two:four').places).toEqual(['two.env:1:14']);
    expect(push(repository, 'origin', '+two:main').places).toEqual(['two.env:1:14']);
  });

  test('an address that is no remote: the whole of the branch is new', () => {
    const repository = makePushed();
    repository.git('init', '--quiet', '--bare', '.git/other');
    add(repository, 'a.env', LEAK);
    repository.git('push', '--quiet', '--no-verify', 'origin', 'main');
    expect(push(repository, 'origin', 'main')).toMatchObject({ exitCode: 0 });
    expect(push(repository, '.git/other', 'main').places).toEqual(['a.env:1:14']);
  });

  test('messages of commits and of annotated tags, tags of tags, and tags of blobs and trees', () => {
    const repository = makePushed();
    repository.git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', 'title', '-m', `body ${SECRET}`);
    const head = repository.git('rev-parse', 'HEAD').slice(0, 12);
    expect(push(repository, 'origin', 'main').places).toEqual([`(message of commit ${head}):3:6`]);
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    repository.git('tag', '--annotate', 'inner', '-m', `made with ${SECRET}`);
    repository.git('tag', '--annotate', 'outer', '-m', 'harmless', 'inner');
    const tagged = push(repository, 'origin', 'outer');
    expect(tagged.places).toEqual(['(message of tag outer):6:11']);
    expect(tagged.stderr).toContain('git tag --force --annotate TAG COMMIT');
    repository.write('loose.env', LEAK);
    const blob = repository.git('hash-object', '-w', 'loose.env');
    repository.git('tag', 'of-blob', blob);
    expect(push(repository, 'origin', 'of-blob').places).toEqual(['(refs/tags/of-blob):1:14']);
    repository.git('add', 'loose.env');
    repository.git('tag', 'of-tree', repository.git('write-tree'));
    expect(push(repository, 'origin', 'of-tree').places).toEqual(['loose.env:1:14']);
  });

  test('merges: what comes with the other side is found there, what is new in the merge is found too', () => {
    const repository = makePushed();
    repository.git('switch', '--quiet', '--create', 'side');
    add(repository, 'side.txt', 'side\n');
    repository.git('switch', '--quiet', 'main');
    add(repository, 'main.txt', 'main\n');
    repository.git('merge', '--quiet', '--no-commit', 'side');
    repository.write('side.txt', `side\n${LEAK}`);
    repository.commitAll('a merge that brings more');
    expect(push(repository, 'origin', 'main').places).toEqual(['side.txt:2:14']);
  });

  test('a first push to an empty remote, odd names, and settings that change what git prints', () => {
    const repository = makePushed();
    repository.git('init', '--quiet', '--bare', '.git/empty');
    repository.git('remote', 'add', 'empty', '.git/empty');
    for (const [name, value] of [
      ['log.showRoot', 'false'],
      ['log.showSignature', 'true'],
      ['diff.renames', 'copies'],
      ['diff.noprefix', 'true'],
      ['color.ui', 'always'],
      ['log.follow', 'true'],
      ['core.quotePath', 'true'],
    ] as const)
      repository.git('config', name, value);
    repository.write('.gitattributes', '*.env -diff\n');
    add(repository, 'ü b\t:c.env', LEAK);
    repository.git('mv', 'ü b\t:c.env', 'd.env');
    repository.commitAll('rename');
    expect(push(repository, 'empty', 'main').places).toEqual(['d.env:1:14', 'ü b\\t:c.env:1:14']);
  });

  test('an ignored path keeps no other path of the same content out', () => {
    const repository = makePushed();
    add(repository, '.unleakignore', 'kept/\n');
    repository.write('kept/a.env', LEAK);
    add(repository, 'seen/a.env', LEAK);
    expect(push(repository, 'origin', 'main').places).toEqual(['seen/a.env:1:14']);
  });

  test('what git would not write on standard input is an error, not a pass', () => {
    const repository = makePushed();
    const zeros = '0'.repeat(40);
    for (const [words, input, said] of [
      [
        'pre-push origin url',
        'nonsense\n',
        'unleak: standard input, line 1: is not what git gives a pre-push hook; let git run it, or see docs/hooks.md\n',
      ],
      ['pre-push', '', 'unleak: "unleak hook run pre-push" takes the name of the remote, as git gives it\n'],
      [
        'pre-receive',
        `${zeros} ${'x'.repeat(40)} refs/heads/main\n`,
        'unleak: standard input, line 1: is not what git gives a pre-receive hook; let git run it, or see docs/hooks.md\n',
      ],
    ] as const) {
      const done = execHook(repository, words, input);
      expect([words, done.exitCode, done.stderr]).toEqual([words, 2, said]);
    }
    expect(execHook(repository, 'pre-push origin url', '')).toMatchObject({ exitCode: 0, stderr: '' });
    const missing = execHook(
      repository,
      'pre-push origin url',
      `refs/heads/a ${'1'.repeat(40)} refs/heads/a ${zeros}\n`,
    );
    expect([missing.exitCode, missing.stderr.includes('git has no object 111111111111 of refs/heads/a')]).toEqual([
      3,
      true,
    ]);
  });
});

function execHook(repository: HookRepository, words: string, input: string) {
  try {
    execFileSync(process.execPath, [UNLEAK, 'hook', 'run', ...words.split(' ')], {
      cwd: repository.path,
      env: testEnvironment(repository.env),
      input,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { exitCode: 0, stderr: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { exitCode: status, stderr };
  }
}

test('pre-receive: the server refuses, from the quarantine, and takes what is clean', () => {
  const repository = makePushed();
  repository.write('.git/origin/hooks/pre-receive', '#!/bin/sh\ncat > seen\necho theirs\n', 0o755);
  const server = new HookRepository(join(repository.path, '.git', 'origin'));
  const installed = server.unleak('hook install --hooks pre-receive');
  expect([installed.exitCode, installed.stdout]).toEqual([0, expect.stringContaining('changed  hooks/pre-receive')]);
  const bin = makeFolder();
  writeFileSync(join(bin, 'unleak'), `#!/bin/sh\nexec '${process.execPath}' '${UNLEAK}' "$@"\n`);
  chmodSync(join(bin, 'unleak'), 0o755);
  const send = (...refs: string[]) =>
    repository.tryGit(['push', '--quiet', '--no-verify', 'origin', ...refs], {
      env: { ...repository.env, PATH: pathWith(bin) },
    });
  add(repository, 'a.env', LEAK);
  add(repository, 'a.env', 'clean\n');
  const refused = send('main');
  expect([refused.exitCode, refused.stderr.includes('a.env:1:14  in commit'), refused.stderr.includes(SECRET)]).toEqual(
    [1, true, false],
  );
  repository.git('reset', '--quiet', '--hard', 'origin/main');
  const commit = add(repository, 'b.txt', 'fine\n');
  const taken = send('main', 'main:refs/heads/other');
  expect([taken.exitCode, taken.stderr]).toEqual([0, 'remote: theirs        \n']);
  expect(readFileSync(join(server.path, 'seen'), 'utf8').split('\n')).toHaveLength(3);
  expect(server.git('rev-parse', 'main', 'other')).toBe(`${commit}\n${commit}`);
  expect(send(':other').exitCode).toBe(0);
  const before = server.read('hooks/pre-receive');
  expect(server.unleak('hook uninstall').exitCode).toBe(0);
  expect([before?.includes('unleak'), server.read('hooks/pre-receive')]).toEqual([
    true,
    '#!/bin/sh\ncat > seen\necho theirs\n',
  ]);
});

describe('commit-msg', () => {
  const commit = (repository: HookRepository, env: NodeJS.ProcessEnv, ...args: string[]) =>
    repository.tryGit(['commit', '--allow-empty', ...args], { env: { ...repository.env, ...env } });

  test('a secret in the message', () => {
    const repository = makePushed();
    const { exitCode, stderr } = commit(repository, {}, '-m', 'title', '-m', SECRET);
    expect([exitCode, stderr]).toEqual([
      1,
      [
        'unleak: 1 secret in 1 place: 1 critical.',
        '',
        '  (message of the commit):3:1',
        `    critical  ${SECRET.slice(0, 4)}********${SECRET.slice(-2)}`,
        '    GitHub personal access token (classic) (github.personal-access-token)',
        '    why: has the form of its provider; the offline check github-crc32 holds',
        '',
        'The message was kept. Edit it and commit again:',
        '  git commit --edit --file "$(git rev-parse --git-path COMMIT_EDITMSG)"',
        '',
      ].join('\n'),
    ]);
    expect(commit(repository, {}, '-m', 'clean').exitCode).toBe(0);
  });

  test('a comment does not count where git takes it out, and counts where git keeps it', () => {
    const repository = makePushed();
    const editor = join(repository.path, 'node_modules', 'editor');
    writeFileSync(editor, `#!/bin/sh\nprintf 'title\\n# %s\\n' ${SECRET} > "$1"\n`, { mode: 0o755 });
    expect(commit(repository, { GIT_EDITOR: editor }).exitCode).toBe(0);
    expect(repository.git('log', '-1', '--format=%B')).toBe('title\n');
    expect(commit(repository, {}, '-m', `title\n\n# ${SECRET}`).exitCode).toBe(1);
    repository.git('config', 'commit.cleanup', 'verbatim');
    expect(commit(repository, { GIT_EDITOR: editor }).exitCode).toBe(1);
    repository.git('config', 'commit.cleanup', 'strip');
    repository.git('config', 'core.commentChar', ';');
    expect(commit(repository, { GIT_EDITOR: editor }).exitCode).toBe(1);
  });

  test('the diff of commit --verbose is no part of the message', () => {
    const repository = makePushed();
    repository.write('a.env', LEAK);
    repository.git('add', 'a.env');
    const editor = join(repository.path, 'node_modules', 'editor');
    writeFileSync(editor, '#!/bin/sh\nsed -i "1s/^/title/" "$1"\n', { mode: 0o755 });
    expect(commit(repository, { GIT_EDITOR: editor }, '--verbose').exitCode).toBe(0);
  });
});

test('pre-merge-commit: a merge of what both sides know passes, and the hook really ran', () => {
  const repository = makeHookRepository();
  repository.unleak('hook install --hooks pre-merge-commit');
  repository.git('switch', '--quiet', '--create', 'side');
  add(repository, 'known.env', LEAK);
  repository.git('switch', '--quiet', 'main');
  add(repository, 'main.txt', 'main\n');
  const merge = () => repository.tryGit(['merge', '--no-ff', '--no-edit', 'side'], { env: repository.env });
  const program = join(repository.path, 'node_modules', '.bin', 'unleak');
  renameSync(program, `${program}.away`);
  const stopped = merge();
  expect([stopped.exitCode, stopped.stderr]).toEqual([
    1,
    expect.stringContaining('unleak: nothing was scanned, so this stops'),
  ]);
  repository.git('merge', '--abort');
  renameSync(`${program}.away`, program);
  expect(merge()).toMatchObject({ exitCode: 0, stderr: '' });
  expect(repository.git('log', '-1', '--format=%P').split(' ')).toHaveLength(2);
});

test('the same in a repository with long ids', () => {
  const folder = makeFolder();
  const plain = makeRepositoryAt(folder, '--object-format=sha256');
  const repository = new HookRepository(plain.path);
  repository.link('unleak', { unleak: UNLEAK });
  repository.write('.gitignore', 'node_modules/\n');
  repository.unleak('hook install --hooks pre-push');
  repository.git('init', '--quiet', '--bare', '--object-format=sha256', '.git/origin');
  repository.git('remote', 'add', 'origin', '.git/origin');
  add(repository, 'a.env', LEAK);
  expect(push(repository, 'origin', 'main').places).toEqual(['a.env:1:14']);
});
