// The promise, with real shells: typed secrets go, everything else stays, in order, also when a shell goes on.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ShellFormat } from '../../src/model/shell-sighting.ts';
import { scrub } from '../../src/scrub/scrub.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { historyFile, requestFor } from './known-values.ts';
import { homeEnvironment, isThere, makeHome, recall, SHELLS, type ShellKind, startShell } from './live-shell.ts';

const FORMATS: Readonly<Record<string, ShellFormat>> = { ksh93: 'ksh' };
const hasScript = isThere('script');

/** Why a shell is left out here, for the title. */
function whyNot(kind: ShellKind): string {
  if (!hasScript) return ' (left out: script is not installed)';
  return isThere(kind.program) ? '' : ` (left out: ${kind.program} is not installed)`;
}

const CASES = SHELLS.map((kind) => ({ kind, title: `${kind.name}${whyNot(kind)}`, skip: whyNot(kind) !== '' }));

function makeValues(seed: number): readonly [string, string, string] {
  const random = new RandomText(seed);
  return [random.text('base62', 14), random.text('base62', 20), random.text('base62', 17)];
}

const commandOf = (value: string): string =>
  value.length === 20 ? `curl -u ada:${value} https://example.com` : `mysql -uroot -p${value} db`;

/** Files of the home that hold a value in any byte. */
function holders(home: string, values: readonly string[]): readonly string[] {
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => {
    const path = join(home, name);
    return statSync(path).isFile() && values.some((value) => readFileSync(path).includes(value));
  });
}

const hide = (bytes: Buffer, values: readonly string[]): Buffer =>
  Buffer.from(
    values.reduce((text, value) => text.replaceAll(value, '*'.repeat(value.length)), bytes.toString('latin1')),
    'latin1',
  );

function fileOf(kind: ShellKind, home: string) {
  return historyFile(join(home, kind.history), FORMATS[kind.program] ?? (kind.program as ShellFormat));
}

for (const { kind, title, skip } of CASES) {
  const isFish = kind.program === 'fish';

  test.skipIf(skip)(`${title}: typed, closed, scrubbed, opened, typed, closed, scrubbed`, async () => {
    const home = makeHome(kind);
    const values = makeValues(401);
    const [first, second, third] = values;
    const file = fileOf(kind, home);
    const environment = homeEnvironment(home, kind);
    const run = (isForReal: boolean) => scrub(requestFor(home, [file], values, { isForReal, environment }, commandOf));

    const before = ['true first', 'true "two  words" café', `true a\\b 'c*d'`];
    const shell = await startShell(kind, home);
    await shell.type(before[0]!);
    await shell.type(commandOf(first));
    await shell.type(before[1]!);
    await shell.type(commandOf(second));
    await shell.type(before[2]!);
    await shell.exit();

    const old = readFileSync(file.path);
    const dry = await run(false);
    expect(dry.files.map(({ action, places, left }) => ({ action, places, left }))).toEqual([
      { action: 'found', places: 2, left: 2 },
    ]);
    expect(dry.isClean).toBe(false);
    expect(readFileSync(file.path)).toEqual(old);
    const { mode, ino } = statSync(file.path);

    const done = await run(true);
    expect(done.files.map(({ action, places, left }) => ({ action, places, left }))).toEqual([
      { action: isFish ? 'deleted' : 'masked', places: 2, left: 0 },
    ]);
    expect(done.isClean).toBe(true);
    expect(holders(home, values)).toEqual([]);
    if (!isFish) {
      expect(readFileSync(file.path)).toEqual(hide(old, values));
      expect(statSync(file.path)).toMatchObject({ mode, ino });
    }

    const again = await startShell(kind, home);
    await again.type('true later');
    await again.type(commandOf(third));
    await again.exit();
    expect(holders(home, values)).toEqual([kind.history]);
    expect((await run(true)).isClean).toBe(true);
    expect(holders(home, values)).toEqual([]);

    const masked = (value: string) => (isFish ? [] : [commandOf(value).replace(value, '*'.repeat(value.length))]);
    const expected = [before[0]!, ...masked(first), before[1]!, ...masked(second), before[2]!, 'exit', 'true later'];
    const recalled = await recall(kind, home);
    // fish keeps one of two equal entries, at the place of the newer.
    const isExit = (line: string) => line === 'exit';
    expect(recalled.filter((line) => !isExit(line))).toEqual([
      ...expected.filter((line) => !isExit(line)),
      ...masked(third),
    ]);
    expect(holders(home, values)).toEqual([]);
    rmSync(home, { recursive: true });
  });

  test.skipIf(skip)(`${title}: with a session still open, the second run after its end cleans`, async () => {
    const home = makeHome(kind);
    const values = makeValues(402);
    const [first, second] = values;
    const file = fileOf(kind, home);
    const environment = homeEnvironment(home, kind);
    const run = () => scrub(requestFor(home, [file], values, { environment }, commandOf));

    const open = await startShell(kind, home);
    await open.type('true open');
    await open.type(commandOf(first));
    const other = await startShell(kind, home);
    await other.type('true other');
    await other.type(commandOf(second));
    await other.exit();
    expect(holders(home, values)).toEqual([kind.history]);

    const result = await run();
    expect(result.couldLookAtProcesses).toBe(true);
    expect(holders(home, values)).toEqual([]);
    const pid = await open.pid();
    const writesAtItsEnd = ['bash', 'zsh', 'tcsh'].includes(kind.program);
    expect(result.threats.flatMap(({ shells }) => shells.map((one) => one.pid))).toEqual(writesAtItsEnd ? [pid] : []);
    await open.type('true goes on');
    await open.exit();
    // What was said is what happens: only shells that were named bring their secrets back.
    expect(holders(home, values)).toEqual(writesAtItsEnd ? [kind.history] : []);

    const second_run = await run();
    expect(second_run.threats).toEqual([]);
    expect(second_run.isClean).toBe(true);
    expect(holders(home, values)).toEqual([]);
    const recalled = await recall(kind, home);
    expect(recalled).toEqual(expect.arrayContaining(['true open', 'true other', 'true goes on']));
    rmSync(home, { recursive: true });
  });
}
