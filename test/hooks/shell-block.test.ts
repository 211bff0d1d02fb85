// The marked lines: in and out again without a trace, valid in the shells at hand, and transparent for standard input.
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  findBlock,
  findMarkedLine,
  findOwnCall,
  insertLines,
  markedLine,
  removeBlocks,
  shellBlock,
} from '../../src/hooks/shell-block.ts';
import { addBlock, dropBlock } from '../../src/hooks/shell-manager.ts';
import { HOOK_NAMES } from '../../src/model/hook-name.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const SHELLS = ['sh', 'bash', 'dash', 'zsh'].filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);

test('random texts are the same again', () => {
  const seed = 20_260_914;
  const random = new RandomText(seed);
  const lines = ['', 'echo x', '# comment', '  indented', 'exit 0', '# unleak:hook', 'a\r', '# unleak:hook end'];
  for (let round = 0; round < 3000; round++) {
    const all = Array.from({ length: random.integer(8) }, () => random.pick(lines));
    const text = all.join('\n') + random.pick(['', '\n']);
    let changed = text;
    for (let n = random.integer(3); n >= 0; n--) {
      const starts = [0, ...[...changed.matchAll(/\n/g)].map((match) => match.index + 1)];
      const at = random.pick([changed.length, random.pick(starts)]);
      const inside = findInside(changed, at);
      if (!inside) changed = insertLines(changed, at, shellBlock(random.pick(HOOK_NAMES), 'unleak'));
    }
    expect({ seed, round, text: removeBlocks(changed) }).toEqual({ seed, round, text });
  }
});

/** True when a place lies inside of a block, where nobody inserts one. */
function findInside(text: string, at: number): boolean {
  const found = findBlock(text);
  if (!found) return false;
  return (at > found.start && at < found.end) || findInside(text.slice(0, found.start), at);
}

describe('addBlock', () => {
  test('behind the first line, and behind the line of an old husky', () => {
    const block = shellBlock('pre-commit', 'unleak');
    expect(addBlock('#!/bin/bash\nnpm test', 'x', 'pre-commit', 'unleak')).toBe(`#!/bin/bash\n${block}npm test`);
    const old = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n';
    expect(addBlock(`${old}\nnpm test\n`, 'x', 'pre-commit', 'unleak')).toBe(`${old}${block}\nnpm test\n`);
    expect(addBlock('npm test\n', 'x', 'pre-commit', 'unleak')).toBe(`${block}npm test\n`);
  });

  test('a new file goes away with the block; one with more in it stays', () => {
    const made = addBlock(undefined, 'x', 'pre-commit', 'unleak');
    expect(dropBlock(made)).toBeUndefined();
    expect(dropBlock(`${made}echo more\n`)).toBe('#!/bin/sh\necho more\n');
    expect(dropBlock(addBlock('#!/bin/sh\n', 'x', 'pre-commit', 'unleak'))).toBe('#!/bin/sh\n');
  });

  test('a block of another version is written anew, a call by hand is left', () => {
    const old = '#!/bin/sh\n# unleak:hook start of long ago\nfoo\n# unleak:hook end\nrest\n';
    expect(addBlock(old, 'x', 'pre-push', 'unleak')).toBe(`#!/bin/sh\n${shellBlock('pre-push', 'unleak')}rest\n`);
    const own = '#!/bin/sh\nnpx --no-install unleak staged\n';
    expect([addBlock(own, 'x', 'pre-commit', 'unleak'), findOwnCall(own)]).toEqual([
      own,
      'npx --no-install unleak staged',
    ]);
    expect(findOwnCall('# unleak staged\n')).toBeUndefined();
  });

  test.each([
    [
      '#!/usr/bin/env python3\n',
      'f: is no shell script (#!/usr/bin/env python3), so it is left alone; call this from it: unleak hook run pre-commit',
    ],
    [
      '#!/bin/sh\ncall_lefthook run "pre-commit"\n',
      'f: lefthook writes this file and would write over it; use --manager lefthook, or delete the file',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => addBlock(text, 'f', 'pre-commit', 'unleak')).toThrow(message);
  });
});

describe.each(SHELLS)('%s', (shell) => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'fake'), '#!/bin/sh\necho "$*" > "$OUT/args"; cat > "$OUT/stdin"; exit "$CODE"\n');
  chmodSync(join(folder, 'fake'), 0o755);

  function run(
    hook: (typeof HOOK_NAMES)[number],
    code: number,
    input: string,
    options: readonly string[],
    extra: NodeJS.ProcessEnv = {},
  ) {
    const out = makeFolder();
    const script = join(out, 'hook');
    writeFileSync(script, `${shellBlock(hook, join(folder, 'fake'))}cat; echo " rest ran"\n`);
    const env = { ...process.env, OUT: out, CODE: String(code), ...extra };
    const done = spawnSync(shell, [...options, script, 'one', 'two words'], { input, env, encoding: 'utf8' });
    const seen = spawnSync('cat', [join(out, 'args')], { encoding: 'utf8' }).stdout;
    return { status: done.status, stdout: done.stdout, stderr: done.stderr, seen };
  }

  test('what follows gets the same standard input and runs only when we agree', () => {
    const refs = 'refs/heads/$HOME `x` 1 refs/heads/a 2\nrefs/tags/b 3 refs/tags/b 4\n';
    for (const options of [[], ['-e'], ['-u'], ['-eu']]) {
      expect(run('pre-push', 0, refs, options)).toEqual({
        status: 0,
        stdout: `${refs} rest ran\n`,
        stderr: '',
        seen: 'hook run pre-push one two words\n',
      });
      expect(run('pre-push', 0, '', options).stdout).toBe(' rest ran\n');
      expect(run('pre-push', 3, refs, options)).toMatchObject({ status: 3, stdout: '' });
      expect(run('commit-msg', 1, '', options)).toMatchObject({
        status: 1,
        stdout: '',
        seen: 'hook run commit-msg one\n',
      });
    }
    expect(run('pre-commit', 0, '', [], { _UNLEAK_DOCTOR: '1' })).toMatchObject({ status: 0, stdout: '' });
  });

  test('without unleak, and without node, it stops and says so', () => {
    const out = makeFolder();
    const script = join(out, 'hook');
    writeFileSync(script, `${shellBlock('pre-commit', 'node_modules/.bin/unleak')}echo rest ran\n`);
    const bare = spawnSync('/bin/sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();
    const stop = (PATH: string, HOME = out) =>
      spawnSync(bare, [script], { cwd: out, env: { PATH, HOME }, encoding: 'utf8' });
    expect(stop(out)).toMatchObject({
      status: 1,
      stdout: '',
      stderr:
        'unleak: nothing was scanned, so this stops: there is no node_modules/.bin/unleak and unleak is not on PATH; run: npm install\n',
    });
    writeFileSync(join(out, 'unleak'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    const hasUsualNode = ['/usr/local/bin/node', '/opt/homebrew/bin/node'].some(
      (file) => spawnSync(file, ['--version']).status === 0,
    );
    if (hasUsualNode) expect(stop(out).status).toBe(0);
    else
      expect([
        stop(out).status,
        stop(out).stderr.startsWith('unleak: nothing was scanned, so this stops: there is no node on PATH='),
      ]).toEqual([1, true]);
  });
});

test('one-line commands: what was there follows, and gets standard input where git gives it', () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'unleak'), '#!/bin/sh\ncat > /dev/null; exit "$CODE"\n', { mode: 0o755 });
  const run = (line: string, code: number, input = '') =>
    spawnSync('sh', ['-c', line], {
      input,
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, CODE: String(code) },
      encoding: 'utf8',
    });
  for (const hook of HOOK_NAMES) {
    const alone = markedLine(hook, 'unleak', true);
    const joined = `${markedLine(hook, 'unleak', false)}cat`;
    expect(findMarkedLine(alone)).toEqual({ start: 0, end: alone.length });
    expect(findMarkedLine(joined)).toEqual({ start: 0, end: joined.length - 3 });
    expect([run(alone, 0).status, run(alone, 1).status, run(joined, 1, 'x\n').stdout]).toEqual([0, 1, '']);
  }
  expect(run(`${markedLine('pre-push', 'unleak', false)}cat`, 0, 'a b c d\n').stdout).toBe('a b c d\n');
  expect(run(markedLine('pre-commit', 'nowhere/unleak', true), 0)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('unleak: nothing was scanned, so this stops; run: npm install\n'),
  });
});
