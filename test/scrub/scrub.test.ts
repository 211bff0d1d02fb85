import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { type ScrubResult, scrub } from '../../src/scrub/scrub.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { historyFile, requestFor } from './known-values.ts';

const VALUE = new RandomText(303).text('base62', 18);
const STARS = '*'.repeat(VALUE.length);

function makeHome(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'unleak-scrub-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, name), text, { mode: 0o600 });
  }
  return home;
}

const told = (result: ScrubResult, home: string) =>
  result.files.map(({ file, isSibling, action, places, left, reason }) => [
    relative(home, file.path),
    isSibling ? 'copy' : 'history',
    action,
    places,
    left,
    ...(reason === undefined ? [] : [reason]),
  ]);

const textOf = (home: string, name: string): string => readFileSync(join(home, name), 'utf8');

test('the value goes from the history, from its copies, and from other histories where no rule saw it', async () => {
  const home = makeHome({
    '.bash_history': `true a\nmysql -p${VALUE} db\ntrue b\n`,
    '.bash_history-00017.tmp': `mysql -p${VALUE} db\n`,
    '.bash_history.bak': `x ${VALUE}`,
    '.lesshst': `.less-history-file:\n.search\n"${VALUE}\n`,
    '.zsh_sessions/B.history': `: 1700000000:0;mysql -p${VALUE}\n`,
    '.python_history': `print("${VALUE}")\n`,
    '.bashrc': `# ${VALUE}\n`,
  });
  const bash = historyFile(join(home, '.bash_history'), 'bash');
  const python = historyFile(join(home, '.python_history'), 'lines');
  const request = requestFor(home, [bash], [VALUE]);
  const result = await scrub({
    ...request,
    files: [bash, python],
    lookAgain: async (file) => (file === bash ? request.lookAgain(file) : []),
  });
  expect(told(result, home)).toEqual([
    ['.bash_history', 'history', 'masked', 1, 0],
    ['.python_history', 'history', 'masked', 1, 0],
    ['.bash_history-00017.tmp', 'copy', 'masked', 1, 0],
    ['.bash_history.bak', 'copy', 'masked', 1, 0],
    ['.lesshst', 'copy', 'masked', 1, 0],
    ['.zsh_sessions/B.history', 'copy', 'masked', 1, 0],
  ]);
  expect(result.isClean).toBe(true);
  expect(textOf(home, '.bash_history')).toBe(`true a\nmysql -p${STARS} db\ntrue b\n`);
  expect(textOf(home, '.bash_history.bak')).toBe(`x ${STARS}`);
  expect(textOf(home, '.bashrc')).toBe(`# ${VALUE}\n`);
  expect(readdirSync(home).filter((name) => name.includes('LOCK'))).toEqual([]);
});

test('a short or plain value is masked where it was found and nowhere else', async () => {
  const home = makeHome({
    '.bash_history': 'mysql -padmin\nsystemctl restart admin\n',
    '.bash_history.bak': 'admin\n',
  });
  const file = historyFile(join(home, '.bash_history'), 'bash');
  const found = requestFor(home, [file], ['-padmin']);
  const only = found.sightings.map((one) => ({ ...one, spans: [{ start: 8, end: 13 }] }));
  const lookAgain = async () => (textOf(home, '.bash_history').includes('-padmin') ? only : []);
  const result = await scrub({ ...found, sightings: only, lookAgain });
  expect(told(result, home)).toEqual([['.bash_history', 'history', 'masked', 1, 0]]);
  expect(textOf(home, '.bash_history')).toBe('mysql -p*****\nsystemctl restart admin\n');
  expect(textOf(home, '.bash_history.bak')).toBe('admin\n');
});

test('a dry run changes nothing and is not clean', async () => {
  const home = makeHome({ '.bash_history': `mysql -p${VALUE}\n`, '.bash_history.bak': VALUE });
  const file = historyFile(join(home, '.bash_history'), 'bash');
  utimesSync(file.path, 1, 1);
  const result = await scrub(requestFor(home, [file], [VALUE], { isForReal: false }));
  expect(told(result, home)).toEqual([
    ['.bash_history', 'history', 'found', 1, 1],
    ['.bash_history.bak', 'copy', 'found', 1, 1],
  ]);
  expect(result.isClean).toBe(false);
  expect(textOf(home, '.bash_history')).toContain(VALUE);
  expect(statSync(file.path).mtimeMs).toBe(1000);
});

test('a backup on request: private, named, and not clean until it is shredded', async () => {
  const home = makeHome({ '.bash_history': `mysql -p${VALUE}\n` });
  const file = historyFile(join(home, '.bash_history'), 'bash');
  const result = await scrub(requestFor(home, [file], [VALUE], { makesBackups: true }));
  expect(result.files.map(({ backup }) => backup)).toEqual([`${file.path}.unleak-backup-1`]);
  expect(result.isClean).toBe(false);
  expect(textOf(home, '.bash_history.unleak-backup-1')).toBe(`mysql -p${VALUE}\n`);
  expect(textOf(home, '.bash_history')).toBe(`mysql -p${STARS}\n`);
  const again = await scrub(requestFor(home, [file], [VALUE]));
  expect(told(again, home)).toEqual([['.bash_history.unleak-backup-1', 'copy', 'backup', 0, 1]]);
  expect(again.isClean).toBe(false);
});

test('what cannot be masked safely is refused with the reason, the rest is done', async () => {
  const home = makeHome({
    '.bash_history': `-p${VALUE}\n`,
    'a/ipython.sqlite': `-p${VALUE}`,
    '.zsh_history': `-p${VALUE}\n`,
    '.history': '',
  });
  const outside = makeHome({ file: `-p${VALUE}\n` });
  symlinkSync(join(outside, 'file'), join(home, '.ksh_history'));
  chmodSync(join(home, '.zsh_history'), 0o400);
  const files = [
    historyFile(join(home, '.bash_history'), 'bash'),
    historyFile(join(home, 'a/ipython.sqlite'), 'sqlite'),
    historyFile(join(home, '.zsh_history'), 'zsh'),
    historyFile(join(home, '.ksh_history'), 'ksh'),
  ];
  const result = await scrub(requestFor(home, files, [VALUE]));
  expect(told(result, home)).toEqual([
    ['.bash_history', 'history', 'masked', 1, 0],
    [
      'a/ipython.sqlite',
      'history',
      'refused',
      1,
      1,
      'a database moves its rows about; delete the entry in the program that owns it',
    ],
    ['.zsh_history', 'history', 'refused', 1, 1, 'read-only (mode 0400); chmod u+w it first'],
    [
      '.ksh_history',
      'history',
      'refused',
      1,
      1,
      `a link that leads out of the home directory, to ${join(outside, 'file')}; name that file itself if it is yours`,
    ],
  ]);
  expect(result.isClean).toBe(false);
  expect(textOf(outside, 'file')).toBe(`-p${VALUE}\n`);
});

test('an offline copy of fish’s history is masked in place', async () => {
  const text = `- cmd: mysql -p${VALUE} a\\\\b\n  when: 1700000000\n`;
  const home = makeHome({ '.local/share/fish/fish_history': text });
  const file = historyFile(join(home, '.local/share/fish/fish_history'), 'fish');
  const result = await scrub(requestFor(home, [file], [VALUE], { mayUseOwnCommands: false }));
  expect(told(result, home)).toEqual([['.local/share/fish/fish_history', 'history', 'masked', 1, 0]]);
  expect(textOf(home, '.local/share/fish/fish_history')).toBe(text.replace(VALUE, STARS));
});

test('without fish its history is masked in place, with a note', async () => {
  const home = makeHome({ '.local/share/fish/fish_history': `- cmd: mysql -p${VALUE}\n  when: 1\n` });
  const file = historyFile(join(home, '.local/share/fish/fish_history'), 'fish');
  const environment = { PATH: mkdtempSync(join(tmpdir(), 'unleak-empty-')), HOME: home };
  const result = await scrub(requestFor(home, [file], [VALUE], { environment }));
  expect(result.files.map(({ action, left, notes }) => ({ action, left, notes }))).toEqual([
    { action: 'masked', left: 0, notes: ['masked in place, because fish is not installed'] },
  ]);
});

test('nothing found, nothing there: clean', async () => {
  const home = makeHome({ '.bash_history': 'true\n' });
  const file = historyFile(join(home, '.bash_history'), 'bash');
  expect(await scrub(requestFor(home, [file], [VALUE]))).toEqual({
    files: [],
    threats: [],
    couldLookAtProcesses: true,
    isClean: true,
  });
});

test('a file that rested since it was read is not searched twice; one that changed is', async () => {
  const home = makeHome({ '.bash_history': `mysql -p${VALUE}\n` });
  const file = historyFile(join(home, '.bash_history'), 'bash');
  const request = requestFor(home, [file], [VALUE]);
  const looks = async (readSinceMs: number): Promise<number> => {
    writeFileSync(file.path, `mysql -p${VALUE}\n`);
    let count = 0;
    const lookAgain = async () => {
      count++;
      return request.lookAgain(file);
    };
    expect((await scrub({ ...request, readSinceMs, lookAgain })).isClean).toBe(true);
    return count;
  };
  // Once to find, once to prove; the change of date by the mask counts for nothing that was read before.
  expect([await looks(Date.now()), await looks(Date.now() + 3_600_000)]).toEqual([2, 1]);
});
