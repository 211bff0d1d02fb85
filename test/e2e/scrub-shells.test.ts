// The whole way with real shells on a pseudo-terminal and the built program: type, close, report, dry run, scrub, type
// again, scrub again, recall. What a person does.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak } from '../cli/unleak-process.ts';
import { homeEnvironment, isThere, makeHome, recall, SHELLS, type ShellKind, startShell } from '../scrub/live-shell.ts';

const noScript = !isThere('script');
const random = new RandomText(70_001);

/** Commands with a value; the weak one is a word that stands in other commands too. */
interface Typed {
  readonly line: string;
  readonly value: string;
}

function makeTyped(): readonly Typed[] {
  const [a, b, c] = [random.text('base62', 13), random.text('base62', 22), random.text('base62', 40)];
  return [
    { line: `mysql -uroot -p${a} db`, value: a },
    { line: `curl -u ada:${b} https://example.com`, value: b },
    { line: 'mysql -uroot -pletmein db', value: 'letmein' },
    { line: `redis-cli -h cache -a ${c} PING`, value: c },
  ];
}

/** Files of the home in which one of the long values is in any byte. */
function holders(home: string, typed: readonly Typed[]): readonly string[] {
  const values = typed.map(({ value }) => value).filter((value) => value !== 'letmein');
  return readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(home, name);
    return statSync(path).isFile() && values.some((value) => readFileSync(path).includes(value));
  });
}

const stars = ({ line, value }: Typed): string => line.replace(value, '*'.repeat(value.length));

function unleak(kind: ShellKind, home: string, ...words: readonly string[]) {
  const env = { ...homeEnvironment(home, kind), HISTFILE: kind.environment?.(home).HISTFILE };
  return runUnleak(['shell', ...words], { cwd: home, env });
}

for (const kind of SHELLS) {
  const isMissing = noScript || !isThere(kind.program);
  const why = isMissing ? ' (left out: it or script is not installed)' : '';
  const isFish = kind.program === 'fish';

  test.skipIf(isMissing)(`${kind.name}${why}: secrets go, all else stays in order`, async () => {
    const home = makeHome(kind);
    const typed = makeTyped();
    const plain = ['true first', 'true "two  words" café letmein', `true a\\b 'c*d'`, 'true last'];
    const shell = await startShell(kind, home);
    for (const [i, { line }] of typed.entries()) {
      await shell.type(plain[i]!);
      await shell.type(line);
    }
    await shell.exit();

    expect(holders(home, typed)).toEqual([kind.history]);

    const size = statSync(join(home, kind.history)).size;
    const done = unleak(kind, home, '--scrub', '--yes');
    expect(done.exitCode, done.stdout + done.stderr).toBe(0);
    expect(done.stdout).toContain('4 values in 4 of its entries');
    expect(done.stdout).toContain(isFish ? 'deleted by its own program' : 'masked in place');
    expect(holders(home, typed)).toEqual([]);
    if (!isFish) expect(statSync(join(home, kind.history)).size).toBe(size);
    for (const { value } of typed) if (value !== 'letmein') expect(done.stdout).not.toContain(value);

    const again = await startShell(kind, home);
    await again.type('true later');
    const more = makeTyped();
    await again.type(more[0]!.line);
    await again.exit();
    expect(unleak(kind, home, '--scrub', '--yes').exitCode).toBe(0);
    expect(holders(home, [...typed, ...more])).toEqual([]);
    expect(unleak(kind, home, '--scrub').stdout).toBe('No values found in the histories.\n');

    const expected = [
      ...plain.flatMap((line, i) => [line, ...(isFish ? [] : [stars(typed[i]!)])]),
      'true later',
      ...(isFish ? [] : [stars(more[0]!)]),
    ];
    expect((await recall(kind, home)).filter((line) => line !== 'exit')).toEqual(expected);
    rmSync(home, { recursive: true });
  });

  // The other kinds behave alike here; test/scrub/live-shells.test.ts has them all.
  if (!['bash', 'zsh', 'fish', 'tcsh'].includes(kind.name)) continue;
  test.skipIf(isMissing)(
    `${kind.name}${why}: says what an open session brings back, and cleans it afterwards`,
    async () => {
      const home = makeHome(kind);
      const typed = makeTyped();
      const open = await startShell(kind, home);
      await open.type('true open');
      await open.type(typed[0]!.line);
      const other = await startShell(kind, home);
      await other.type(typed[1]!.line);
      await other.exit();

      const first = unleak(kind, home, '--scrub', '--yes');
      expect(holders(home, typed)).toEqual([]);
      const pid = await open.pid();
      const brings = ['bash', 'zsh', 'tcsh'].includes(kind.program);
      const line = new RegExp(
        `${kind.program === 'tcsh' ? 't?csh' : kind.program}, process ${pid} on pts/\\d+ → ~/${kind.history.replaceAll('.', '\\.')}`,
      );
      if (brings) expect(first.stdout).toMatch(line);
      else expect(first.stdout).not.toContain('Still open');
      expect(first.exitCode).toBe(kind.program === 'tcsh' ? 1 : 0);
      await open.exit();
      expect(holders(home, typed)).toEqual(brings ? [kind.history] : []);

      const second = unleak(kind, home, '--scrub', '--yes');
      expect(second.exitCode, second.stdout).toBe(0);
      expect(holders(home, typed)).toEqual([]);
      expect(await recall(kind, home)).toContain('true open');
      rmSync(home, { recursive: true });
    },
  );
}

/** Shells that keep the lines of one command together, and a command of three lines. */
const MULTI_LINE: readonly (readonly [name: string, lines: (line: string) => readonly string[]])[] = [
  ['bash with times and multi-line entries', (line) => ['for i in 1 2; do', `  ${line}`, 'done']],
  ['zsh', (line) => ['for i in 1 2; do', `  ${line} "à"`, 'done']],
  ['fish', (line) => ['for i in 1 2', line, 'end']],
];

for (const [name, linesOf] of MULTI_LINE) {
  const kind = SHELLS.find((one) => one.name === name);
  if (!kind) throw new Error(`no shell ${name}`);
  const isMissing = noScript || !isThere(kind.program);
  test.skipIf(isMissing)(
    `${name}${isMissing ? ' (left out: it or script is not installed)' : ''}: a command of several lines`,
    async () => {
      const home = makeHome(kind);
      const [typed] = makeTyped();
      if (!typed) throw new Error('no command');
      const shell = await startShell(kind, home);
      await shell.type('true first');
      await shell.typeLines(linesOf(typed.line));
      await shell.type('true last');
      await shell.exit();
      const before = readFileSync(join(home, kind.history));
      expect(before.includes(typed.value)).toBe(true);
      const done = unleak(kind, home, '--scrub', '--yes');
      expect(done.exitCode, done.stdout).toBe(0);
      expect(holders(home, [typed])).toEqual([]);
      const recalled = (await recall(kind, home)).join('\n');
      expect(recalled).toMatch(/^true first\n[\s\S]*true last/);
      if (kind.program === 'fish') expect(recalled).not.toContain('for i');
      else expect(recalled).toContain(typed.value.replace(/./g, '*'));
      rmSync(home, { recursive: true });
    },
  );
}
