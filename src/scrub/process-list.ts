// The processes of this machine, as far as a scrub wants to know: name, user, terminal, start, what of its environment
// says which history it writes. From /proc on Linux, from ps elsewhere. Reads nothing of what processes hold in memory.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Name of the program, without path and without the `-` of login shells. */
  readonly name: string;
  readonly words: readonly string[];
  /** Such as `pts/3`; undefined without a terminal, or when it is not known. */
  readonly terminal: string | undefined;
  /** Milliseconds since 1970; undefined when it is not known. */
  readonly startedMs: number | undefined;
  /** Environment at its start; undefined when it cannot be read. */
  readonly environment: ReadonlyMap<string, string> | undefined;
}

const TICKS_PER_SECOND = 100;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A process that has ended meanwhile, or whose inside is not ours to see.
    return undefined;
  }
}

function bootMs(): number | undefined {
  const seconds = /^btime (\d+)$/m.exec(readText('/proc/stat') ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** Name of a terminal by its device number. @source proc_pid_stat(5), Linux devices.txt */
export function terminalName(device: number): string | undefined {
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  if (device === 0) return undefined;
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  return major === 4 ? `tty${minor}` : 'terminal';
}

function parseEnvironment(text: string | undefined): ReadonlyMap<string, string> | undefined {
  if (text === undefined) return undefined;
  const pairs = text.split('\0').filter((line) => line.includes('='));
  return new Map(pairs.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function readProcess(pid: number, boot: number | undefined): RunningProcess | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const words = readText(`/proc/${pid}/cmdline`)?.split('\0').slice(0, -1);
  if (!fields || !words || words.length === 0) return undefined;
  const ticks = Number(fields[19]);
  return {
    pid,
    parent: Number(fields[1]),
    name: programName(words[0] ?? ''),
    words,
    terminal: terminalName(Number(fields[4])),
    startedMs: boot === undefined ? undefined : boot + (ticks / TICKS_PER_SECOND) * 1000,
    environment: parseEnvironment(readText(`/proc/${pid}/environ`)),
  };
}

/** `-bash`, `/usr/bin/zsh`, `python3.12` → `bash`, `zsh`, `python3.12`. */
export function programName(word: string): string {
  return basename(word.replace(/^-/, '').replaceAll('\\', '/')).replace(/\.exe$/i, '');
}

function isOf(pid: string, uid: number): boolean {
  return statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid === uid;
}

/** Lines of `ps -o pid=,ppid=,tty=,args=`. */
export function parsePs(text: string): readonly RunningProcess[] {
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, tty, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+)$/.exec(line) ?? [];
    if (args === undefined) return [];
    const words = args.split(/\s+/);
    const terminal = /^(?:\?+|-)$/.test(tty ?? '') ? undefined : tty;
    const name = programName(words[0] ?? '');
    return [
      { pid: Number(pid), parent: Number(parent), name, words, terminal, startedMs: undefined, environment: undefined },
    ];
  });
}

/**
 * The processes of one user.
 *
 * @returns undefined when this machine gives no list
 */
export function listProcesses(uid: number | undefined): readonly RunningProcess[] | undefined {
  if (uid === undefined) return undefined;
  if (existsSync('/proc/self/stat')) {
    const boot = bootMs();
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOf(name, uid));
    return pids.flatMap((pid) => readProcess(Number(pid), boot) ?? []);
  }
  try {
    return parsePs(execFileSync('ps', ['-U', String(uid), '-o', 'pid=,ppid=,tty=,args='], { encoding: 'utf8' }));
  } catch {
    // No ps, or one with other options: the caller says that it could not look.
    return undefined;
  }
}
