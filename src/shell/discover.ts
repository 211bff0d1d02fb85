// Finds the histories below a home folder: known places, what variables and start-up files say, and copies that lie beside
// them. Only looks for names; what cannot be listed is told.
import { readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Problem } from '../model/problem.ts';
import type { HistoryFile, ShellFormat } from '../model/shell-sighting.ts';
import { LARGEST_SETTINGS, readRegular } from '../util/read-whole.ts';
import { recogniseName } from './formats.ts';
import { DOTFILE_FOLDERS, FILE_VARIABLES, KNOWN_FILES, START_FILES } from './known-files.ts';

export interface DiscoverOptions {
  readonly home: string;
  /** The user's own environment; undefined for another home. */
  readonly environment: Readonly<Record<string, string | undefined>> | undefined;
  /** Some clients write into the working folder; undefined for another home. */
  readonly cwd: string | undefined;
  readonly onProblem: (problem: Problem) => void;
}

const MOST_DEPTH = 6;

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}

/** Names in a folder; [] when it is not there. */
function listFolder(folder: string, onProblem: DiscoverOptions['onProblem']): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      onProblem({ kind: 'unreadable', path: folder, message: `cannot be listed: ${code}` });
    }
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function toPattern(part: string): RegExp {
  return new RegExp(`^${part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

/** Files that a path with `*` and `**` names. */
function expand(
  base: string,
  parts: readonly string[],
  onProblem: DiscoverOptions['onProblem'],
  depth = 0,
): readonly string[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [base];
  if (part === '**') {
    if (depth > MOST_DEPTH) {
      onProblem({
        kind: 'cut',
        path: base,
        message: `folders deeper than ${MOST_DEPTH} were not looked at; name them`,
      });
      return [];
    }
    const folders = listFolder(base, onProblem)
      .map((name) => join(base, name))
      .filter(isFolder);
    return [
      ...expand(base, rest, onProblem, depth),
      ...folders.flatMap((one) => expand(one, parts, onProblem, depth + 1)),
    ];
  }
  if (!part.includes('*')) return expand(join(base, part), rest, onProblem, depth);
  const pattern = toPattern(part);
  return listFolder(base, onProblem)
    .filter((name) => pattern.test(name))
    .flatMap((name) => expand(join(base, name), rest, onProblem, depth));
}

/** XDG's folders, relative to the home unless the environment says otherwise. */
function folderOf(name: string, { home, environment }: DiscoverOptions): string {
  const given = environment?.[`XDG_${name.toUpperCase()}_HOME`];
  if (given !== undefined && isAbsolute(given)) return given;
  const usual: Record<string, string> = { data: '.local/share', config: '.config', state: '.local/state' };
  return join(home, usual[name] ?? name);
}

function expandKnown(path: string, options: DiscoverOptions): readonly string[] {
  const variable = /^\{(\w+)\}\//.exec(path);
  const base = variable ? folderOf(variable[1]!, options) : options.home;
  const rest = variable ? path.slice(variable[0].length) : path;
  return expand(base, rest.split('/'), options.onProblem);
}

/** `$HOME`, `~`, `${XDG_STATE_HOME:-…}` in what a start-up file says; undefined when something else is in it. */
function expandPath(text: string, options: DiscoverOptions): string | undefined {
  const { home, environment } = options;
  const filled = text
    .replace(/^~(?=\/|$)/, home)
    .replace(/\$\{?XDG_(DATA|CONFIG|STATE)_HOME(?::-[^}]*)?\}?/g, (_, name: string) =>
      folderOf(name.toLowerCase(), options),
    )
    .replace(/\$\{?HOME\}?/g, home)
    .replace(/\$\{?ZDOTDIR(?::-[^}]*)?\}?/g, environment?.ZDOTDIR ?? home);
  if (/[$`*?]/.test(filled) || filled === '') return undefined;
  return resolve(home, filled);
}

const ASSIGNED =
  /^[ \t]*(?:export[ \t]+|typeset[ \t]+(?:-\w+[ \t]+)*|declare[ \t]+(?:-\w+[ \t]+)*|set(?:env)?[ \t]+)?(HISTFILE|histfile|PSQL_HISTORY|MYSQL_HISTFILE|SQLITE_HISTORY|REDISCLI_HISTFILE|NODE_REPL_HISTORY|PYTHON_HISTORY|LESSHISTFILE)(?:[ \t]*=[ \t]*|[ \t]+)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s;#"']+))/gm;

interface Named {
  readonly path: string;
  readonly format: ShellFormat;
  readonly program: string;
}

/** What start-up files assign. */
function readStartFiles(options: DiscoverOptions): readonly Named[] {
  const { home, environment } = options;
  const zdotdir = environment?.ZDOTDIR;
  const files = [...START_FILES, ...(zdotdir === undefined ? [] : [[join(zdotdir, '.zshrc'), 'zsh'] as const])];
  return files.flatMap(([file, program]) => {
    const path = resolve(home, file);
    let text: string;
    try {
      text = readRegular(path, LARGEST_SETTINGS).toString('latin1');
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'ENOENT') options.onProblem({ kind: 'unreadable', path, message: `cannot be read: ${code}` });
      return [];
    }
    return [...text.matchAll(ASSIGNED)].flatMap(([, name = '', double, single, bare]): Named[] => {
      const written = double ?? single ?? bare ?? '';
      const target = expandPath(written, options);
      const known = FILE_VARIABLES.get(name.toUpperCase());
      if (target === undefined || !known || target === '/dev/null') return [];
      const isShell = name.toUpperCase() === 'HISTFILE';
      return [
        {
          path: target,
          format: isShell ? shellFormat(program) : known.format,
          program: isShell ? program : known.program,
        },
      ];
    });
  });
}

function shellFormat(program: string): ShellFormat {
  return program === 'zsh' || program === 'tcsh' || program === 'ksh' || program === 'mksh' ? program : 'bash';
}

function readEnvironment(options: DiscoverOptions): readonly Named[] {
  const { environment } = options;
  if (!environment) return [];
  return [...FILE_VARIABLES].flatMap(([name, { format, program }]): Named[] => {
    const value = environment[name];
    const path = value === undefined ? undefined : expandPath(value, options);
    if (path === undefined || path === '/dev/null') return [];
    const shell = /([a-z]*sh)$/.exec(environment.SHELL ?? '')?.[1] ?? 'bash';
    return [name === 'HISTFILE' ? { path, format: shellFormat(shell), program: shell } : { path, format, program }];
  });
}

/** Files in a folder whose names are those of histories: copies, and what clients leave in a working folder. */
function byName(folder: string, options: DiscoverOptions): readonly Named[] {
  return listFolder(folder, options.onProblem).flatMap((name): Named[] => {
    const known = recogniseName(name);
    return known ? [{ path: join(folder, name), ...known }] : [];
  });
}

/** Every history file there is, each once, sorted by path. */
export function discoverHistories(options: DiscoverOptions): readonly HistoryFile[] {
  const { home, cwd } = options;
  const named: Named[] = [
    ...readEnvironment(options),
    ...KNOWN_FILES.flatMap(({ path, format, program }) =>
      expandKnown(path, options).map((file) => ({ path: file, format, program })),
    ),
    ...readStartFiles(options),
    ...byName(home, options),
    ...(cwd === undefined || cwd === home ? [] : byName(cwd, options)),
    ...DOTFILE_FOLDERS.flatMap((folder) => byName(join(home, folder), options)),
  ];
  // Copies beside a history that is somewhere else.
  const folders = new Set(named.map(({ path }) => dirname(path)).filter((folder) => folder !== home && folder !== cwd));
  for (const folder of folders) named.push(...byName(folder, options));
  const found = new Map<string, HistoryFile>();
  for (const { path, format, program } of named) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat || stat.isDirectory() || found.has(path)) continue;
    found.set(path, { path, format, program });
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
