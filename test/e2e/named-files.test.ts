// Files that the user names, or that a repository brings, and that are no files: devices without an end, folders, FIFOs.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runShell, runUnleak } from '../cli/unleak-process.ts';
import { makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const hasDevices = existsSync('/dev/zero');
const repository = makeRepository();
repository.write('a.js', 'const a = 1;\n');
repository.commitAll('one');

function linesOf(words: readonly string[], env: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = runUnleak(words, { cwd: repository.path, env });
  return [exitCode, stdout + stderr];
}

const NAMED: readonly (readonly [words: readonly string[], place: string, limit: string, advice: string])[] = [
  [['scan', '--config'], '', '64 MiB', 'make it a readable file'],
  [['scan', '--baseline'], '', '64 MiB', 'make it a readable file'],
  [['staged', '--config'], '', '64 MiB', 'make it a readable file'],
  [['baseline', 'show', '--baseline'], '', '64 MiB', 'make it a readable file'],
  [['scan', '--known'], '--known: ', '4 MiB', 'nothing was scanned'],
  [['plan', '--names'], '', '512 MiB', '--names wants the JSON of: aws secretsmanager list-secrets'],
  [['report', 'text'], '', '512 MiB', 'name reports that unleak made'],
  [['import'], '', '64 MiB', 'nothing was written'],
  [['explain'], '', '64 MiB', 'name one file that is text, with or without :LINE'],
  [['hook', 'run', 'commit-msg'], '', '64 MiB', 'git gives its file to the commit-msg hook'],
];

describe.skipIf(!hasDevices)('a device without an end (/dev/zero) is refused', () => {
  test.each(NAMED)('%s', (words, place, limit, advice) => {
    const file = words[0] === 'hook' ? 'the message of the commit' : '/dev/zero';
    expect(linesOf([...words, '/dev/zero'])).toEqual([
      2,
      `unleak: ${place}${file}: is larger than ${limit}; ${advice}\n`,
    ]);
  });

  test('rules check --rules', () => {
    const said = 'the rule file: is larger than 64 MiB; check the path and its permissions';
    expect(linesOf(['rules', 'check', '--rules', '/dev/zero'])).toEqual([2, `unleak: /dev/zero: ${said}\n`]);
  });

  test('UNLEAK_BASELINE_KEY_FILE', () => {
    const said = 'the key file: is larger than 64 MiB; check UNLEAK_BASELINE_KEY_FILE';
    const env = { UNLEAK_BASELINE_KEY_FILE: '/dev/zero' };
    expect(linesOf(['baseline', 'create', '--external-key'], env)).toEqual([2, `unleak: /dev/zero: ${said}\n`]);
  });
});

// Whoever sends such a repository may not stop the scan of it, nor the hook.
describe.skipIf(!hasDevices)('a link in the repository to what has no end, or waits for ever', () => {
  const fifo = join(repository.path, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const names = ['.unleak.yml', '.unleakignore', '.unleak-baseline'];
  const places = names.flatMap((name) => ['/dev/zero', fifo].map((target) => [name, target] as const));
  test.each(places)('%s -> %s', (name, target) => {
    const link = join(repository.path, name);
    symlinkSync(target, link);
    try {
      const said = [2, `unleak: ${link}: is no regular file; make it a readable file\n`];
      expect(linesOf(['staged'])).toEqual(said);
      expect(linesOf(['scan'])).toEqual(said);
    } finally {
      rmSync(link);
    }
  });

  test('hook files', () => {
    const link = join(repository.path, '.git', 'hooks', 'pre-commit');
    rmSync(link, { force: true });
    symlinkSync(fifo, link);
    const said = `unleak: ${link}: is no regular file; look at what it is and who may read it\n`;
    expect(linesOf(['hook', 'install'])).toEqual([2, said]);
    rmSync(link);
  });
});

function bash(line: string) {
  const { exitCode, stdout, stderr } = runShell(line, { cwd: repository.path });
  return [exitCode, stdout + stderr];
}

const hasBash = process.platform !== 'win32' && spawnSync('bash', ['--version']).status === 0;

test.skipIf(!hasBash)('a slow FIFO, such as <(command) of bash, is read to its end', () => {
  const list = '{"SecretList":[]}';
  expect(bash(`$UNLEAK plan --names <(sleep 0.2; echo '${list}')`)).toEqual([0, '0 secrets; 0 diffs; 0 names.\n']);
  const settings = `<(sleep 0.2; echo 'versoin: 1')`;
  const [fault] = String(bash(`$UNLEAK scan a.js --config ${settings}`)[1]).split('; ');
  expect(fault).toMatch(/^unleak: \/dev\/fd\/\d+:1: .*versoin/);
  const [exitCode, text] = bash(`$UNLEAK report text <(sleep 0.2; $UNLEAK scan a.js --format json)`);
  expect([exitCode, String(text).includes('No secrets found')]).toEqual([0, true]);
});
