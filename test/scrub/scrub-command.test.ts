// `unleak shell --scrub` and `--shred-backup` as a user runs them: whole outputs and exit codes.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak } from '../cli/unleak-process.ts';

const random = new RandomText(616);
const VALUE = random.text('base62', 16);
const OTHER = random.text('base62', 22);

function makeHome(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'unleak-command-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, name), text, { mode: 0o600 });
  }
  return home;
}

function run(home: string, ...words: readonly string[]) {
  const { exitCode, stdout, stderr } = runUnleak(['shell', ...words], { cwd: home, env: { HOME: home } });
  expect(stdout + stderr).not.toContain(VALUE);
  expect(stdout + stderr).not.toContain(OTHER);
  return { exitCode, stdout, stderr };
}

const FILES = {
  '.bash_history': `#1700000000\nmysql -uroot -p${VALUE} db\n#1700000100\ntrue\n#1700000200\ncurl -u ada:${OTHER} https://example.com\n`,
  '.bash_history-00412.tmp': `mysql -uroot -p${VALUE} db\n`,
};

test('dry run, scrub with a backup, shred, clean', () => {
  const home = makeHome(FILES);
  expect(run(home, '--scrub')).toMatchInlineSnapshot(`
    {
      "exitCode": 1,
      "stderr": "",
      "stdout": "~/.bash_history (bash): 2 values in 2 of its entries
      entry 1, 2023-11-14: ******** (command.mysql-password)
      entry 3, 2023-11-14: ******** (command.curl-user)
      would be masked in place

    ~/.bash_history-00412.tmp (bash): 1 value in 1 of its entries
      entry 1: ******** (command.mysql-password)
      would be masked in place

    A mask is not the fix: change each value where it was issued. Backups, synchronised copies and logs keep it.
    Dry run: nothing was changed. To mask: unleak shell --scrub --yes
    ",
    }
  `);
  expect(readFileSync(join(home, '.bash_history'), 'utf8')).toBe(FILES['.bash_history']);
  expect(run(home, '--scrub', '--yes', '--backup')).toMatchInlineSnapshot(`
    {
      "exitCode": 1,
      "stderr": "",
      "stdout": "~/.bash_history (bash): 2 values in 2 of its entries
      entry 1, 2023-11-14: ******** (command.mysql-password)
      entry 3, 2023-11-14: ******** (command.curl-user)
      masked in place
      a copy with the values in clear: ~/.bash_history.unleak-backup-1

    ~/.bash_history-00412.tmp (bash): 1 value in 1 of its entries
      entry 1: ******** (command.mysql-password)
      masked in place
      a copy with the values in clear: ~/.bash_history-00412.tmp.unleak-backup-1

    A mask is not the fix: change each value where it was issued. Backups, synchronised copies and logs keep it.
    Nothing is left in the histories; what is named above is to be done.
    ",
    }
  `);
  const masked = FILES['.bash_history'].replace(VALUE, '*'.repeat(16)).replace(OTHER, '*'.repeat(22));
  expect(readFileSync(join(home, '.bash_history'), 'utf8')).toBe(masked);
  expect(run(home, '--scrub')).toMatchInlineSnapshot(`
    {
      "exitCode": 1,
      "stderr": "",
      "stdout": "~/.bash_history-00412.tmp.unleak-backup-1: holds the values in clear; unleak shell --shred-backup destroys it

    ~/.bash_history.unleak-backup-1: holds the values in clear; unleak shell --shred-backup destroys it

    No values found in the histories; the copies are left: unleak shell --shred-backup
    ",
    }
  `);
  expect(run(home, '--shred-backup')).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stderr": "",
      "stdout": "~/.bash_history-00412.tmp.unleak-backup-1: overwritten and deleted
    ~/.bash_history.unleak-backup-1: overwritten and deleted
    Old blocks may live on in SSDs, snapshots and backups of the disk.
    ",
    }
  `);
  expect(run(home, '--scrub', '--yes')).toMatchInlineSnapshot(`
    {
      "exitCode": 0,
      "stderr": "",
      "stdout": "No values found in the histories.
    ",
    }
  `);
  expect(readdirSync(home).sort()).toEqual(['.bash_history', '.bash_history-00412.tmp']);
});

test('named files only: others stay', () => {
  const home = makeHome({ '.bash_history': `mysql -p${VALUE}\n`, '.zsh_history': `mysql -p${OTHER}\n` });
  expect(run(home, '--scrub', '--yes', join(home, '.zsh_history')).exitCode).toBe(0);
  expect(readFileSync(join(home, '.zsh_history'), 'utf8')).toBe(`mysql -p${'*'.repeat(22)}\n`);
  expect(readFileSync(join(home, '.bash_history'), 'utf8')).toBe(`mysql -p${VALUE}\n`);
});

test('an offline home: its open shells and its programs are not asked', () => {
  const home = makeHome({ '.local/share/fish/fish_history': `- cmd: mysql -p${VALUE} db\n  when: 1700000000\n` });
  const { stdout, exitCode } = run(makeHome({}), '--scrub', '--yes', '--home', home);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('masked in place')]);
  expect(readFileSync(join(home, '.local/share/fish/fish_history'), 'utf8')).toContain(`mysql -p${'*'.repeat(16)} db`);
});

test('coding agents: values in JSON are masked, and it stays JSON', () => {
  const entry = { display: `mysql -uroot -p${VALUE} "db\\x"`, timestamp: 1700000000 };
  const home = makeHome({ '.claude/history.jsonl': `${JSON.stringify(entry)}\n` });
  const { exitCode, stdout } = run(home, '--scrub', '--yes');
  const text = readFileSync(join(home, '.claude/history.jsonl'), 'utf8');
  expect([exitCode, JSON.parse(text)], stdout).toEqual([
    0,
    { ...entry, display: entry.display.replace(VALUE, '*'.repeat(16)) },
  ]);
});

test('JSON output: values masked, everything else told', () => {
  const home = makeHome({ '.bash_history': `mysql -p${VALUE}\n` });
  const { stdout } = run(home, '--scrub', '--format', 'json');
  expect(JSON.parse(stdout)).toEqual({
    dryRun: true,
    clean: false,
    files: [
      {
        path: join(home, '.bash_history'),
        program: 'bash',
        format: 'bash',
        isSibling: false,
        places: 1,
        notes: [],
        action: 'found',
        left: 1,
        sightings: [{ entryNumber: 1, ruleId: 'command.mysql-password', secret: '********' }],
      },
    ],
    open: [],
    problems: [],
  });
});

test.each([
  [['--scrub', '--shred-backup'], 'do opposite things'],
  [['--scrub', '--backup'], 'needs --scrub --yes'],
  [['--scrub', '--format', 'sarif'], 'knows the formats text and json'],
  [['--scrub', '--output', 'x.json'], 'writes to standard output'],
])('%j is refused', (words, message) => {
  const home = makeHome({ '.bash_history': 'true\n' });
  const { exitCode, stderr } = run(home, ...words);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('the mode stays as it was', () => {
  const home = makeHome({ '.bash_history': `mysql -p${VALUE}\n` });
  const before = statSync(join(home, '.bash_history'));
  run(home, '--scrub', '--yes');
  const { mode, uid, gid, ino, size } = statSync(join(home, '.bash_history'));
  expect({ mode, uid, gid, ino, size }).toEqual({
    mode: before.mode,
    uid: before.uid,
    gid: before.gid,
    ino: before.ino,
    size: before.size,
  });
});
