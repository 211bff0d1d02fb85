// The file of known findings: its exact bytes, merging by git, everything that is refused, and foreign bytes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Baseline, BaselineEntry } from '../../src/baseline/baseline.ts';
import { formatBaseline, parseBaseline } from '../../src/baseline/baseline-file.ts';
import { keyCheckValue, keyToHex } from '../../src/baseline/fingerprint.ts';
import { RandomText } from '../../src/util/random-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'unleak-baseline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configError = (message: string) => expect.objectContaining({ name: 'ConfigError', message });
const KEY = new Uint8Array(32).fill(7);
const OTHER_KEY = new Uint8Array(32).fill(8);
const noKey = () => {
  throw new Error('asked for the key');
};
const parse = (text: string) => parseBaseline(text, '.unleak-baseline', noKey);
const entry = (digit: string, path: string, rest: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint: digit.repeat(32),
  ruleId: 'generic.password',
  path,
  reason: undefined,
  owner: undefined,
  until: undefined,
  line: 0,
  ...rest,
});
const baseline = (entries: BaselineEntry[], rest: Partial<Baseline> = {}): Baseline => ({
  file: '.unleak-baseline',
  key: KEY,
  isKeyExternal: false,
  entries,
  ...rest,
});
const HEADER = formatBaseline(baseline([]));
const withoutLines = (parsed: Baseline) => parsed.entries.map((one) => ({ ...one, line: 0 }));

const ENTRIES = [
  entry('a', 'src/a.ts', { reason: 'old, revoked', owner: '@team/security', until: '2027-03-01' }),
  entry('a', 'src/b.ts', { ruleId: 'slack.webhook' }),
  entry('b', 'with blank/\u00fc "q".ts', { reason: 'a "quote", a \\ and = signs' }),
  entry('b', 'reason=x', { owner: '#1' }),
  entry('c', '-x', { until: '2027-03-01' }),
];

test('written: header, then sorted entries, odd texts quoted in ASCII', () => {
  expect(formatBaseline(baseline(ENTRIES.toReversed()))).toBe(
    `# Known findings of unleak. Edit reason=, owner= and until= only. In .gitattributes: .unleak-baseline merge=union
version: 1
key: ${'07'.repeat(32)}
key-check: ${keyCheckValue(KEY)}
${'a'.repeat(32)} generic.password src/a.ts reason="old, revoked" owner=@team/security until=2027-03-01
${'a'.repeat(32)} slack.webhook src/b.ts
${'b'.repeat(32)} generic.password "reason=x" owner="#1"
${'b'.repeat(32)} generic.password "with blank/\\u00fc \\"q\\".ts" reason="a \\"quote\\", a \\\\ and = signs"
${'c'.repeat(32)} generic.password -x until=2027-03-01
`,
  );
});

test('read back: the same entries with their lines, and the same bytes again', () => {
  const text = formatBaseline(baseline(ENTRIES));
  const parsed = parse(text);
  expect({ ...parsed, entries: withoutLines(parsed) }).toEqual(
    baseline([ENTRIES[0]!, ENTRIES[1]!, ENTRIES[3]!, ENTRIES[2]!, ENTRIES[4]!]),
  );
  expect(parsed.entries.map((one) => one.line)).toEqual([5, 6, 7, 8, 9]);
  expect(formatBaseline(parsed)).toBe(text);
  expect(formatBaseline(parse(`\ufeff${text.replaceAll('\n', '\r\n')}`))).toBe(text);
});

test('random entries survive (seed 1999)', () => {
  const random = new RandomText(1999);
  const text = () =>
    `x${Buffer.from(random.bytes(1 + random.integer(20))).toString(random.pick(['latin1', 'utf16le']))}`;
  for (let round = 0; round < 500; round++) {
    const one = entry('d', text(), { reason: text(), owner: text() });
    const written = formatBaseline(baseline([one]));
    expect(written).toMatch(/^[\n\x20-\x7e]*$/);
    expect(withoutLines(parse(written))).toEqual([one]);
  }
});

describe('merging by git', () => {
  const start = [entry('a', 'a'), entry('m', 'm')].map((one) => ({
    ...one,
    fingerprint: one.fingerprint.replace(/m/g, '7'),
  }));
  const merge = (ours: BaselineEntry[], theirs: BaselineEntry[]) => {
    const files = { base: start, ours: [...start, ...ours], theirs: [...start, ...theirs] };
    for (const [name, entries] of Object.entries(files))
      writeFileSync(join(folder, name), formatBaseline(baseline(entries)));
    execFileSync('git', ['merge-file', '--union', 'ours', 'base', 'theirs'], { cwd: folder });
    return parse(readFileSync(join(folder, 'ours'), 'utf8'));
  };

  test('additions of two branches at the same place are both there, whatever the order', () => {
    const merged = merge([entry('9', 'x'), entry('b', 'b')], [entry('8', 'y'), entry('c', 'c')]);
    expect(merged.entries.map((one) => one.path)).toEqual(['m', 'y', 'x', 'a', 'b', 'c']);
  });

  test('the same addition on both sides with different notes is one entry with all notes and the earlier end', () => {
    const merged = merge(
      [entry('b', 'b', { reason: 'ours', until: '2027-02-01' })],
      [entry('b', 'b', { owner: 'me', until: '2027-01-01' })],
    );
    expect(withoutLines(merged)).toEqual([
      start[1],
      start[0],
      entry('b', 'b', { reason: 'ours', owner: 'me', until: '2027-01-01' }),
    ]);
  });

  test('a real merge of two branches with merge=union', () => {
    const repo = mkdtempSync(join(folder, 'repo-'));
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((who) => [
          [`GIT_${who}_NAME`, 'T'],
          [`GIT_${who}_EMAIL`, 't@example.com'],
          [`GIT_${who}_DATE`, '2026-01-01T00:00:00Z'],
        ]),
      ),
    };
    const git = (...args: string[]) => execFileSync('git', args, { cwd: repo, env, stdio: 'pipe' });
    const commit = (entries: BaselineEntry[], message: string) => {
      writeFileSync(join(repo, '.unleak-baseline'), formatBaseline(baseline(entries)));
      git('add', '.');
      git('commit', '-qm', message);
    };
    git('init', '-qb', 'main');
    writeFileSync(join(repo, '.gitattributes'), '.unleak-baseline merge=union\n');
    commit(start, 'start');
    git('checkout', '-qb', 'side');
    commit([...start, entry('b', 'side')], 'side');
    git('checkout', '-q', 'main');
    commit([...start, entry('c', 'main')], 'main');
    git('merge', '-q', 'side', '-m', 'merge');
    const merged = parse(readFileSync(join(repo, '.unleak-baseline'), 'utf8'));
    expect(merged.entries.map((one) => one.path)).toEqual(['m', 'a', 'side', 'main']);
  });

  test('without the union driver, every conflict mark is told', () => {
    const text = `${HEADER}<<<<<<< HEAD\n${'a'.repeat(32)} a.b x\n||||||| base\n=======\n>>>>>>> side\n`;
    const message = 'a merge conflict is not resolved; keep the lines of both sides and remove the conflict marks';
    expect(() => parse(text)).toThrow([5, 7, 8, 9].map((line) => `.unleak-baseline:${line}: ${message}`).join('\n'));
  });
});

describe('keys', () => {
  const external = formatBaseline(baseline([ENTRIES[1]!], { isKeyExternal: true }));

  test('an external key is not in the file', () => {
    expect(external).not.toContain(keyToHex(KEY));
    expect(external.split('\n').slice(1, 4)).toEqual([
      'version: 1',
      'key: external',
      `key-check: ${keyCheckValue(KEY)}`,
    ]);
    const parsed = parseBaseline(external, 'f', () => KEY);
    expect({ ...parsed, entries: withoutLines(parsed) }).toEqual(
      baseline([ENTRIES[1]!], { file: 'f', isKeyExternal: true }),
    );
  });

  test('a wrong external key, and a damaged one, are told without the key', () => {
    expect(() => parseBaseline(external, 'f', () => OTHER_KEY)).toThrow(
      'f:4: the key from outside is not the one that this file was made with; give the right key',
    );
    expect(() => parse(HEADER.replace('key: 07', 'key: 17'))).toThrow(
      '.unleak-baseline:4: key: and key-check: do not belong together; restore both lines from git',
    );
  });
});

describe('refused', () => {
  const line = (text: string) => () => parse(`${HEADER}${text}\n`);
  const F = 'a'.repeat(32);
  test.each([
    ['junk', 'is no entry; write fingerprint (32 hexadecimal digits), rule id and path, or remove the line'],
    [`${F} a.b`, 'is no entry; write fingerprint (32 hexadecimal digits), rule id and path, or remove the line'],
    [
      `${F.slice(1)} a.b x`,
      'is no entry; write fingerprint (32 hexadecimal digits), rule id and path, or remove the line',
    ],
    [`${F} a.b "x`, 'the path cannot be read; write it as a JSON string in double quotes'],
    [`${F} a.b "\\q"`, 'the path cannot be read; write it as a JSON string in double quotes'],
    [
      `${F} a.b a b`,
      'has something after the path that is not reason=, owner= or until=; quote the path, or remove it',
    ],
    [`${F} a.b x reason=`, 'reason= is empty or its quotes are not closed'],
    [`${F} a.b x reason="y`, 'reason= is empty or its quotes are not closed'],
    [`${F} a.b x owner=a owner=b`, 'owner= is there twice; keep one'],
    [`${F} a.b x until=2027-02-30`, 'until= is not a date; write YYYY-MM-DD'],
    ['colour: red', 'is no entry and no header that this unleak knows; update unleak or remove it'],
    [
      `key: ${'08'.repeat(32)}`,
      'key: differs from line 3; two baselines were merged: keep one and run "unleak baseline update"',
    ],
  ])('%s', (text, message) => {
    expect(line(text)).toThrow(configError(`.unleak-baseline:5: ${message}`));
  });

  test.each([
    [
      '',
      '.unleak-baseline:1: "version: 1" is missing; restore the header, or make a new file with "unleak baseline create"',
    ],
    ['\nversion: 2', '.unleak-baseline:2: version: this unleak reads version 1 only; update unleak'],
    [
      'version: 1',
      '.unleak-baseline:1: "key:" is missing; restore the header, or make a new file with "unleak baseline create"',
    ],
    [
      'version: 1\nkey: 12',
      '.unleak-baseline:2: key: is neither "external" nor 64 hexadecimal digits; restore the line from git',
    ],
    [
      `version: 1\nkey: ${'07'.repeat(32)}`,
      '.unleak-baseline:2: key: and key-check: do not belong together; restore both lines from git',
    ],
  ])('%j', (text, message) => {
    expect(() => parse(text)).toThrow(configError(message));
  });

  test('foreign bytes give a baseline or a ConfigError, which never repeats a line (seed 404)', () => {
    const random = new RandomText(404);
    const whole = Buffer.from(formatBaseline(baseline(ENTRIES)));
    for (let round = 0; round < 3000; round++) {
      const bytes = Buffer.from(whole);
      for (let n = random.integer(5); n >= 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
      const text = bytes
        .subarray(random.integer(3) ? 0 : random.integer(bytes.length))
        .toString(round % 2 ? 'latin1' : 'utf8');
      try {
        formatBaseline(parse(text));
      } catch (error) {
        expect((error as Error).name).toBe('ConfigError');
        expect((error as Error).message).not.toMatch(/[0-9a-f]{16}/);
      }
    }
  });
});
