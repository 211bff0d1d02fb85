// `unleak shell` with several threads gives the report of one, to the byte: histories of several blocks, in all kinds of
// formats, one of them with escapes, beside a database.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import initSqlJs from 'sql.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak } from '../cli/unleak-process.ts';

const home = mkdtempSync(join(tmpdir(), 'unleak-threads-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const random = new RandomText(31);
const ORDINARY = ['ls -la', 'cd src', 'git status', 'echo "a\\tb"', 'curl -s https://x.test/v1', 'make -j4'];
function command(i: number): string {
  if (i % 500 !== 7) return `${ORDINARY[i % ORDINARY.length]} ${random.text('base62', 1 + (i % 9))}`;
  const value = `Aa1${random.text('base62', 11)}`;
  return i % 1000 === 7 ? `mysql -uroot -p${value} shop` : `curl -u ada:${value} https://api.test/v1`;
}

function put(path: string, count: number, make: (i: number) => string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), Array.from({ length: count }, (_, i) => make(i)).join(''));
}

beforeAll(async () => {
  put('.bash_history', 80_000, (i) => `#${1_700_000_000 + i}\n${command(i)}\n`);
  put('.zsh_history', 60_000, (i) => `: ${1_700_000_000 + i}:0;${command(i)} \\\n  more\n`);
  put('.local/share/fish/fish_history', 40_000, (i) => `- cmd: ${command(i)}\n  when: ${1_700_000_000 + i}\n`);
  put('.psql_history', 3, (i) => `${command(i + 6)}\n`);
  const line = (i: number) => JSON.stringify({ input: { command: `${command(i)}\n"end"` }, pad: 'x\t'.repeat(20) });
  put('.claude/projects/a/b.jsonl', 30_000, (i) => `${line(i)}\n`);
  const { Database } = await initSqlJs();
  const database = new Database();
  database.run('CREATE TABLE history (id TEXT PRIMARY KEY, timestamp INTEGER, command TEXT)');
  database.run(`INSERT INTO history VALUES ('a', 1700000000000000000, '${command(7)}')`);
  mkdirSync(join(home, '.local/share/atuin'), { recursive: true });
  writeFileSync(join(home, '.local/share/atuin/history.db'), database.export());
});

test('the number of threads never shows', () => {
  const run = (jobs: string): string => {
    const words = ['shell', '--home', home, '--format', 'json', '--jobs', jobs];
    const { exitCode, stdout, stderr } = runUnleak(words, { cwd: home });
    expect([exitCode, stderr]).toEqual([1, '']);
    return stdout;
  };
  const one = run('1');
  const report = JSON.parse(one) as { findings: readonly unknown[] };
  expect(report.findings.length).toBeGreaterThan(300);
  expect(run('2') === one).toBe(true);
  expect(run('4') === one).toBe(true);
});
