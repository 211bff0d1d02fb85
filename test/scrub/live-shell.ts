// Real shells on a pseudo-terminal, driven line by line: script(1) gives the terminal, the prompt says when the shell is
// ready. Each shell has a home of its own with a start-up file of a few lines.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROMPT = 'READY> ';

export interface ShellKind {
  readonly name: string;
  readonly program: string;
  /** Path of the history, relative to the home. */
  readonly history: string;
  readonly words: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly environment?: (home: string) => NodeJS.ProcessEnv;
  /** Prints the entries, one a line or with what comes before them. */
  readonly recall: string;
}

const COMMANDS = ['mysql', 'curl', 'redis-cli', 'aws'];
const FUNCTIONS = COMMANDS.map((name) => (name.includes('-') ? `alias ${name}=true` : `${name}() { :; }`)).join('\n');

export const SHELLS: readonly ShellKind[] = [
  {
    name: 'bash',
    program: 'bash',
    history: '.bash_history',
    words: ['-i'],
    files: { '.bashrc': `PS1='${PROMPT}'\n${FUNCTIONS}\n` },
    recall: 'history',
  },
  {
    name: 'bash with times and multi-line entries',
    program: 'bash',
    history: '.bash_history',
    words: ['-i'],
    files: { '.bashrc': `PS1='${PROMPT}'; PS2=''\nHISTTIMEFORMAT='%F '; shopt -s cmdhist lithist\n${FUNCTIONS}\n` },
    recall: "HISTTIMEFORMAT='' history",
  },
  {
    name: 'zsh',
    program: 'zsh',
    history: '.zsh_history',
    words: ['-i'],
    files: { '.zshrc': `PS1='${PROMPT}'; HISTFILE=~/.zsh_history; HISTSIZE=500; SAVEHIST=500\n${FUNCTIONS}\n` },
    recall: 'fc -l 1',
  },
  {
    name: 'zsh, extended, fcntl lock',
    program: 'zsh',
    history: '.zsh_history',
    words: ['-i'],
    files: {
      '.zshrc': `PS1='${PROMPT}'; HISTFILE=~/.zsh_history; HISTSIZE=500; SAVEHIST=500\nsetopt EXTENDED_HISTORY HIST_FCNTL_LOCK\n${FUNCTIONS}\n`,
    },
    recall: 'fc -l 1',
  },
  {
    name: 'fish',
    program: 'fish',
    history: '.local/share/fish/fish_history',
    words: ['-i'],
    files: {
      '.config/fish/config.fish': `function fish_prompt; echo -n '${PROMPT}'; end\nset -g fish_greeting ''\n${COMMANDS.map((name) => `function ${name}; end`).join('\n')}\n`,
    },
    environment: (home) => ({ XDG_DATA_HOME: join(home, '.local/share'), XDG_CONFIG_HOME: join(home, '.config') }),
    recall: 'history search --reverse',
  },
  {
    name: 'ksh93',
    program: 'ksh93',
    history: '.sh_history',
    words: ['-i'],
    files: {
      '.kshrc': `PS1='${PROMPT}'\nfunction mysql { :; }\nfunction curl { :; }\nfunction aws { :; }\nalias redis-cli=true\n`,
    },
    environment: (home) => ({ ENV: join(home, '.kshrc'), HISTFILE: join(home, '.sh_history') }),
    recall: 'hist -l -n 1',
  },
  {
    name: 'mksh',
    program: 'mksh',
    history: '.mksh_history',
    words: ['-i'],
    files: { '.mkshrc': `PS1='${PROMPT}'\n${FUNCTIONS}\n` },
    environment: (home) => ({ ENV: join(home, '.mkshrc'), HISTFILE: join(home, '.mksh_history') }),
    recall: 'fc -l -n 1',
  },
  {
    name: 'tcsh',
    program: 'tcsh',
    history: '.history',
    words: ['-i'],
    files: {
      '.tcshrc': `set prompt = '${PROMPT}'\nset history = 500\nset savehist = (500 merge)\n${COMMANDS.map((name) => `alias ${name} true`).join('\n')}\n`,
    },
    recall: 'history -h',
  },
];

/** Is a program there? */
export function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** An empty home with the shell's start-up files, private like a real one. */
export function makeHome({ files }: ShellKind): string {
  const home = mkdtempSync(join(tmpdir(), 'unleak-live-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, dirname(name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  return home;
}

/** The environment of a user in this home. */
export function homeEnvironment(home: string, kind?: ShellKind): NodeJS.ProcessEnv {
  const own = { PATH: process.env.PATH, HOME: home, TERM: 'xterm', LANG: 'C.UTF-8', SHELL: '/bin/sh', USER: 'ada' };
  return { ...own, ...kind?.environment?.(home) };
}

/** What the shell recalls in a new session, in order, without numbers; the recalling command itself is left out. */
export async function recall(kind: ShellKind, home: string): Promise<readonly string[]> {
  const file = join(mkdtempSync(join(tmpdir(), 'unleak-recall-')), 'entries.txt');
  // fish shows a new session only what is older than itself, in whole seconds.
  if (kind.program === 'fish') await sleep(1100);
  const shell = await startShell(kind, home);
  await shell.type(`${kind.recall} > ${file}`);
  await shell.exit();
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.map((line) => line.replace(/^\s*\d*\s+/, '')).filter((line) => line !== '' && !line.includes(file));
}

export interface LiveShell {
  /** Types a line, waits for the next prompt. @returns what was printed meanwhile */
  readonly type: (line: string) => Promise<string>;
  /** Types lines that belong together; the prompt comes after the last. */
  readonly typeLines: (lines: readonly string[]) => Promise<string>;
  /** Types as it is, waits until something is printed. @returns what was printed meanwhile */
  readonly send: (text: string, until: string) => Promise<string>;
  /** Process id of the shell itself. */
  readonly pid: () => Promise<number>;
  /** Types `exit` and waits for the end. */
  readonly exit: () => Promise<void>;
}

const hasPrompt = (text: string, isFirst: boolean): boolean => {
  const last = text.lastIndexOf(PROMPT);
  return last >= 0 && (isFirst || text.slice(0, last).includes('\n'));
};

function waitFor(
  child: ChildProcessWithoutNullStreams,
  output: () => string,
  from: number,
  isThere: (text: string) => boolean = (text) => hasPrompt(text, from === 0),
): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => done(new Error(`no prompt; printed: ${JSON.stringify(output().slice(from))}`)),
      20_000,
    );
    const done = (error?: Error): void => {
      clearTimeout(timer);
      child.stdout.off('data', look);
      if (error) reject(error);
      else resolve(output().slice(from));
    };
    const look = (): void => {
      if (isThere(output().slice(from))) done();
    };
    child.stdout.on('data', look);
    look();
  });
}

/** Starts a shell and waits for its first prompt. */
export async function startShell(kind: ShellKind, home: string, extra: NodeJS.ProcessEnv = {}): Promise<LiveShell> {
  const line = [kind.program, ...kind.words].join(' ');
  const child = spawn('script', ['-qec', `exec ${line}`, '/dev/null'], {
    env: { ...homeEnvironment(home, kind), ...extra },
    cwd: home,
    stdio: 'pipe',
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  await waitFor(child, () => printed, 0);
  const type = async (text: string): Promise<string> => {
    const from = printed.length;
    child.stdin.write(text);
    return waitFor(child, () => printed, Math.max(from, 1));
  };
  return {
    type: (text) => type(`${text}\n`),
    typeLines: (lines) => type(lines.map((text) => `${text}\n`).join('')),
    send: (text, until) => {
      const from = printed.length;
      child.stdin.write(text);
      return waitFor(
        child,
        () => printed,
        from,
        (now) => now.includes(until),
      );
    },
    pid: async () => {
      const listed = spawnSync('ps', ['--ppid', String(child.pid), '-o', 'pid='], { encoding: 'utf8' });
      return Number(listed.stdout.trim().split(/\s+/)[0]);
    },
    exit: async () => {
      child.stdin.write('exit\n');
      await ended;
    },
  };
}
