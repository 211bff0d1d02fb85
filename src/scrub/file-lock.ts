// The locks that shells themselves take around their history files, so that none of them writes while a value is masked:
// zsh's link, zsh's fcntl lock, flock for mksh (the file) and fish (3: the file,
// 4: its folder), tcsh's lock file. bash and ksh93 have none.
// Node has neither flock nor fcntl: flock(1) or perl lock our own descriptor; perl or python hold an fcntl lock for us.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, lstatSync, openSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShellFormat } from '../model/shell-sighting.ts';
import { locksTcsh, locksZshByFcntl } from './start-up-files.ts';

/** zsh takes a lock away that is older. @source zsh 5.9, Src/hist.c, lockhistfile */
const STALE_MS = 10_000;
const PATIENCE_MS = 12_000;
const STEP_MS = 50;

export interface HeldLock {
  readonly release: () => void;
}

export type LockOutcome =
  | { readonly kind: 'held'; readonly lock: HeldLock; readonly notes: readonly string[] }
  | { readonly kind: 'busy'; readonly reason: string };

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Releases at the end of the process too: Ctrl-C may not leave a lock behind on which a shell waits. */
function holdUntilExit(release: () => void): HeldLock {
  let isHeld = true;
  const once = (): void => {
    if (!isHeld) return;
    isHeld = false;
    process.removeListener('exit', once);
    release();
  };
  process.once('exit', once);
  return { release: once };
}

function removeStaleLock(name: string, now: number): void {
  try {
    if (now - lstatSync(name).mtimeMs > STALE_MS) unlinkSync(name);
  } catch (error) {
    // Its holder was quicker.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function unlinkOwn(name: string, target: string): void {
  try {
    if (readlinkSync(name) === target) unlinkSync(name);
  } catch (error) {
    // Taken away as stale by a shell, or another's by now (EINVAL: no link).
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EINVAL') throw error;
  }
}

/** A link that says who holds it, made only when there is none. */
async function takeLink(name: string): Promise<LockOutcome> {
  const target = `/pid-${process.pid}/host-${hostname()}`;
  for (const start = Date.now(); Date.now() - start < PATIENCE_MS; await sleep(STEP_MS)) {
    try {
      symlinkSync(target, name);
      return { kind: 'held', lock: holdUntilExit(() => unlinkOwn(name, target)), notes: [] };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      removeStaleLock(name, Date.now());
    }
  }
  return { kind: 'busy', reason: `${name} is held by a shell; try again` };
}

/** tcsh waits for ever on a lock that nobody holds, so this one is made only for users who turned locking on. */
async function takeTcshLock(name: string): Promise<LockOutcome> {
  for (const start = Date.now(); Date.now() - start < PATIENCE_MS; await sleep(STEP_MS)) {
    try {
      closeSync(openSync(name, 'wx', 0o600));
      return { kind: 'held', lock: holdUntilExit(() => unlinkSync(name)), notes: [] };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  return { kind: 'busy', reason: `${name} is there; remove it if no tcsh is ending just now` };
}

const PERL_FLOCK =
  'open(F,"<&=",3) or exit 2; for(1..$ARGV[0]*10){exit 0 if flock(F,6); select(undef,undef,undef,0.1)} exit 1';

/**
 * Takes flock(2) on a descriptor of ours: such a lock belongs to the open file, so it stays when the helper has ended.
 *
 * @returns undefined when there is no helper
 */
export function lockDescriptor(descriptor: number, patienceSeconds = 5): 'held' | 'busy' | undefined {
  const helpers: readonly (readonly [string, readonly string[]])[] = [
    ['flock', ['-x', '-w', String(patienceSeconds), '3']],
    ['perl', ['-e', PERL_FLOCK, String(patienceSeconds)]],
  ];
  for (const [command, words] of helpers) {
    const done = spawnSync(command, words, { stdio: ['ignore', 'ignore', 'ignore', descriptor] });
    if (done.error === undefined && done.status !== null) return done.status === 0 ? 'held' : 'busy';
  }
  return undefined;
}

function takeFlock(path: string): LockOutcome {
  const descriptor = openSync(path, 'r');
  const outcome = lockDescriptor(descriptor);
  if (outcome === 'busy') {
    closeSync(descriptor);
    return { kind: 'busy', reason: 'a shell holds its lock; try again' };
  }
  const notes = outcome === undefined ? ['was masked without the shell’s lock: neither flock nor perl is there'] : [];
  return { kind: 'held', lock: holdUntilExit(() => closeSync(descriptor)), notes };
}

const PYTHON_FCNTL =
  'import fcntl,sys;f=open(sys.argv[1],"r+b");fcntl.lockf(f,fcntl.LOCK_EX);print("held",flush=True);sys.stdin.read()';
const PERL_FCNTL =
  'use Fcntl; open(F,"+<",$ARGV[0]) or exit 2; my $l=pack("s s x![q] q q i x![q]",F_WRLCK,0,0,0,0); fcntl(F,F_SETLKW,$l) or exit 3; $|=1; print "held\\n"; <STDIN>';

/** An fcntl lock in a process of its own, which ends with ours. Linux layout for perl; python knows every system's. */
async function takeFcntl(path: string): Promise<LockOutcome> {
  const helpers: readonly (readonly [string, readonly string[]])[] = [
    ['python3', ['-I', '-c', PYTHON_FCNTL, path]],
    ...(process.platform === 'linux' ? [['perl', ['-e', PERL_FCNTL, path]] as const] : []),
  ];
  for (const [command, words] of helpers) {
    const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'ignore'] });
    const answer = await new Promise<'held' | 'none' | 'busy'>((resolve) => {
      const timer = setTimeout(() => resolve('busy'), PATIENCE_MS);
      const end = (what: 'held' | 'none'): void => {
        clearTimeout(timer);
        resolve(what);
      };
      child.once('error', () => end('none'));
      child.once('exit', () => end('none'));
      child.stdout.once('data', () => end('held'));
    });
    if (answer === 'held') return { kind: 'held', lock: holdUntilExit(() => child.kill('SIGKILL')), notes: [] };
    child.kill('SIGKILL');
    if (answer === 'busy') return { kind: 'busy', reason: 'a shell holds its lock; try again' };
  }
  const notes = ['was masked without zsh’s fcntl lock: neither python3 nor perl is there'];
  return { kind: 'held', lock: holdUntilExit(() => {}), notes };
}

/** Two locks as one; the first is let go when the second is busy. */
async function takeBoth(
  first: LockOutcome,
  takeSecond: () => LockOutcome | Promise<LockOutcome>,
): Promise<LockOutcome> {
  if (first.kind === 'busy') return first;
  const second = await takeSecond();
  if (second.kind === 'busy') {
    first.lock.release();
    return second;
  }
  const release = (): void => {
    second.lock.release();
    first.lock.release();
  };
  return { kind: 'held', lock: { release }, notes: [...new Set([...first.notes, ...second.notes])] };
}

async function takeZshLocks(path: string, home: string): Promise<LockOutcome> {
  const link = await takeLink(`${path}.LOCK`);
  return locksZshByFcntl(home) ? takeBoth(link, () => takeFcntl(path)) : link;
}

const NO_LOCK: LockOutcome = { kind: 'held', lock: { release: () => {} }, notes: [] };

/**
 * Takes the lock that the owner of this format takes, and waits up to 12 s for it.
 *
 * @param path  real path of the history file
 * @param home  where start-up files say whether zsh or tcsh lock in a way of their own
 * @throws the error of the file system when a lock cannot be made
 */
export async function takeShellLock(path: string, format: ShellFormat, home: string): Promise<LockOutcome> {
  switch (format) {
    case 'zsh':
      return takeZshLocks(path, home);
    case 'tcsh':
      return locksTcsh(home) ? takeTcshLock(`${path}.lock`) : NO_LOCK;
    case 'mksh':
      return takeFlock(path);
    case 'fish':
      return takeBoth(takeFlock(dirname(path)), () => takeFlock(path));
    default:
      return NO_LOCK;
  }
}
