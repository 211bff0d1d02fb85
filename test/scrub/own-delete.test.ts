// fish and atuin delete by themselves. fish is run here; atuin where it is installed, else only what it would be given.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { deleteFromAtuin, makePruneConfig, quoteForRust } from '../../src/scrub/atuin-delete.ts';
import { deleteFromFish } from '../../src/scrub/fish-delete.ts';
import { isThere } from './live-shell.ts';

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'unleak-own-'));
const secrets = (...commands: readonly string[]) => commands.map((command) => new Secret(command, 'password'));

const FISH_BEFORE = String.raw`- cmd: echo one
  when: 1700000001
- cmd: mysql -pv4lue db
  when: 1700000002
  paths:
    - /tmp
- cmd: for i in a b\n  echo \\x $i '*?' v4lue\nend
  when: 1700000003
- cmd: -starts with a dash v4lue
  when: 1700000004
- cmd: MYSQL -pv4lue db
  when: 1700000005
- cmd: mysql -pv4lue db2
  when: 1700000006
`;

const noFish = !isThere('fish');
test.skipIf(noFish)(`fish${noFish ? ' (left out: it is not installed)' : ''} deletes exactly these entries`, () => {
  const home = makeFolder();
  const folder = join(home, '.local/share/fish');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'work_history');
  writeFileSync(path, FISH_BEFORE, { mode: 0o600 });
  const commands = secrets(
    'mysql -pv4lue db',
    "for i in a b\n  echo \\x $i '*?' v4lue\nend",
    '-starts with a dash v4lue',
  );
  const environment = { PATH: process.env.PATH, HOME: home };
  expect(deleteFromFish(path, commands, environment)).toEqual({ kind: 'deleted' });
  expect(readFileSync(path, 'utf8').match(/^- cmd: .*/gm)).toEqual([
    '- cmd: echo one',
    '- cmd: MYSQL -pv4lue db',
    '- cmd: mysql -pv4lue db2',
  ]);
  expect(readdirSync(folder)).toEqual(['work_history']);
});

test('a file where fish would not look is left to the mask', () => {
  expect(deleteFromFish('/home/ada/copy/fish_history', secrets('x'), {})).toEqual({
    kind: 'impossible',
    reason: 'fish looks for its history elsewhere',
  });
});

test('without fish or atuin the reason says so', () => {
  const home = makeFolder();
  mkdirSync(join(home, 'fish'));
  const environment = { PATH: makeFolder() };
  expect(deleteFromFish(join(home, 'fish/fish_history'), secrets('x'), environment)).toEqual({
    kind: 'impossible',
    reason: 'fish is not installed',
  });
  expect(deleteFromAtuin(join(home, 'history.db'), secrets('x'), environment, home)).toEqual({
    kind: 'impossible',
    reason: 'atuin is not installed',
  });
});

test('atuin gets the settings of the user, with our filter in place of all filters', () => {
  const user =
    'sync_frequency = "5m"\nhistory_filter = [\n  "^old",\n]\ncwd_filter = ["^/secret"]\n[keys]\nscroll_exits = true\n';
  const config = parse(makePruneConfig(user, ['mysql -p"v4l.ue$" db\nnext']));
  expect(config).toEqual({
    sync_frequency: '5m',
    history_filter: ['\\Amysql \\-p"v4l\\.ue\\$" db\\x{a}next\\z'],
    cwd_filter: [],
    secrets_filter: false,
    keys: { scroll_exits: true },
  });
});

test('a quoted text matches itself only', () => {
  const text = 'a.b*c[d]{e}(f)|g^h$i\\j#k-l&m~n+o?p';
  const pattern = quoteForRust(text)
    .replace('\\A', '^')
    .replace('\\z', '$')
    .replace(/\\([#&~-])/g, '$1');
  expect(new RegExp(pattern).test(text)).toBe(true);
  expect(new RegExp(pattern).test(text.replace('.', 'x'))).toBe(false);
});

const noAtuin = !isThere('atuin');
test.skipIf(noAtuin)(`atuin${noAtuin ? ' (left out: it is not installed)' : ''} deletes exactly these entries`, () => {
  const home = makeFolder();
  const environment = { PATH: process.env.PATH, HOME: home, ATUIN_SESSION: '0193a0b0c0d0e0f001020304', USER: 'ada' };
  const run = (...words: readonly string[]) =>
    spawnSync('atuin', words, { env: environment, encoding: 'utf8', cwd: home }).stdout.trim();
  for (const command of ['true one', 'mysql -pv4lue db', 'echo v4lue', 'mysql -pv4lue db\ntrue']) {
    run('history', 'end', '--exit', '0', '--', run('history', 'start', '--', command));
  }
  const folder = ['.atuin/data', '.local/share/atuin']
    .map((name) => join(home, name))
    .find((path) => {
      return spawnSync('test', ['-f', join(path, 'history.db')]).status === 0;
    });
  const database = join(folder ?? '', 'history.db');
  const commands = secrets('mysql -pv4lue db', 'mysql -pv4lue db\ntrue');
  expect(deleteFromAtuin(database, commands, environment, home)).toEqual({ kind: 'deleted' });
  expect(run('history', 'list', '--format', '{command}').split('\n').sort()).toEqual(['echo v4lue', 'true one']);
});
