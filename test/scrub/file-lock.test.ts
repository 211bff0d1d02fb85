// Our locks against the shells' own: a shell that ends while we hold its lock must wait until we let go.
import {
  closeSync,
  existsSync,
  lstatSync,
  lutimesSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ShellFormat } from '../../src/model/shell-sighting.ts';
import { lockDescriptor, takeShellLock } from '../../src/scrub/file-lock.ts';
import { isThere, makeHome, SHELLS, type ShellKind, startShell } from './live-shell.ts';

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'unleak-lock-'));

/** @throws when the lock is busy */
async function take(path: string, format: ShellFormat, home: string): Promise<() => void> {
  const outcome = await takeShellLock(path, format, home);
  if (outcome.kind === 'busy') throw new Error(outcome.reason);
  return outcome.lock.release;
}

test('zsh: a link that names us; gone after the release, and only ours is taken away', async () => {
  const home = makeFolder();
  const path = join(home, '.zsh_history');
  const release = await take(path, 'zsh', home);
  expect(readlinkSync(`${path}.LOCK`)).toMatch(new RegExp(`^/pid-${process.pid}/host-`));
  release();
  release();
  expect(lstatSync(`${path}.LOCK`, { throwIfNoEntry: false })).toBe(undefined);
  const again = await take(path, 'zsh', home);
  unlinkSync(`${path}.LOCK`);
  symlinkSync('/pid-1/host-other', `${path}.LOCK`);
  again();
  expect(readlinkSync(`${path}.LOCK`)).toBe('/pid-1/host-other');
});

test('zsh: a fresh lock of another is waited for, a stale one is taken away', async () => {
  const home = makeFolder();
  const path = join(home, '.zsh_history');
  symlinkSync('/pid-1/host-other', `${path}.LOCK`);
  let isHeld = false;
  const taking = take(path, 'zsh', home).then((release) => {
    isHeld = true;
    return release;
  });
  await sleep(300);
  expect(isHeld).toBe(false);
  lutimesSync(`${path}.LOCK`, 1, 1);
  (await taking)();
  expect(lstatSync(`${path}.LOCK`, { throwIfNoEntry: false })).toBe(undefined);
});

test('tcsh: a lock file only where start-up files ask tcsh to lock', async () => {
  const home = makeFolder();
  const path = join(home, '.history');
  (await take(path, 'tcsh', home))();
  writeFileSync(join(home, '.tcshrc'), '# set savehist = (9 merge lock)\n');
  const none = await take(path, 'tcsh', home);
  expect(existsSync(`${path}.lock`)).toBe(false);
  none();
  writeFileSync(join(home, '.tcshrc'), 'set savehist = (9 merge lock)\n');
  const release = await take(path, 'tcsh', home);
  expect(existsSync(`${path}.lock`)).toBe(true);
  release();
  expect(existsSync(`${path}.lock`)).toBe(false);
});

const hasFlock = isThere('flock') || isThere('perl');
test.skipIf(!hasFlock)(
  `flock on a descriptor${hasFlock ? '' : ' (left out: neither flock nor perl is there)'}: held until it is closed`,
  () => {
    const path = join(makeFolder(), 'file');
    writeFileSync(path, '');
    const [first, second] = [openSync(path, 'r'), openSync(path, 'r')];
    expect(lockDescriptor(first)).toBe('held');
    expect(lockDescriptor(second, 1)).toBe('busy');
    closeSync(first);
    expect(lockDescriptor(second)).toBe('held');
    closeSync(second);
  },
  20_000,
);

const kindOf = (name: string): ShellKind => {
  const kind = SHELLS.find((one) => one.name === name);
  if (!kind) throw new Error(`no shell ${name}`);
  return kind;
};

/** What the shell does under the lock, and how it shows that it has waited. */
const WAITERS: readonly (readonly [name: string, format: ShellFormat])[] = [
  ['zsh', 'zsh'],
  ['zsh, extended, fcntl lock', 'zsh'],
  ['mksh', 'mksh'],
  ['fish', 'fish'],
];

for (const [name, format] of WAITERS) {
  const kind = kindOf(name);
  const isMissing = !isThere('script') || !isThere(kind.program) || !hasFlock;
  const why = isMissing ? ' (left out: it, script or flock is not installed)' : '';
  test.skipIf(isMissing)(`${name}${why}: waits for our lock before it writes`, async () => {
    const home = makeHome(kind);
    const path = join(home, kind.history);
    const first = await startShell(kind, home);
    await first.type('true first');
    await first.exit();
    const shell = await startShell(kind, home);
    const release = await take(path, format, home);
    const before = readFileSync(path, 'latin1');
    const typed = shell.type('true second');
    // mksh writes, and so waits, before it runs the command; the others at once after it, or at their end.
    const ended = typed.then(() => shell.exit());
    await sleep(700);
    expect(readFileSync(path, 'latin1')).toBe(before);
    release();
    await ended;
    expect(readFileSync(path, 'latin1')).toContain('true second');
  });
}
