// Who owns the place of a secret: CODEOWNERS of the repository, or who wrote the line last. Mail addresses stay out.
import { join } from 'node:path';
import { lookThrough } from '../git/file-stats.ts';
import { type GitCall, runGitSync } from '../git/run-git.ts';
import { CODE_OWNERS_FILES, parseCodeOwners } from '../plan/code-owners.ts';
import { LARGEST_SETTINGS, readRegular } from '../util/read-whole.ts';
import type { PlanWishes } from './plan-arguments.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

type OwnersOf = (path: string, line: number) => readonly string[];

const NOBODY: OwnersOf = () => [];
/** Each question is a process of its own: more would take minutes. */
const MOST_BLAMES = 200;

function byCodeOwners(session: Session): OwnersOf {
  const file = CODE_OWNERS_FILES.map((name) => join(session.top, name)).find((path) => {
    const found = lookThrough(path);
    return typeof found === 'object' && found.isFile();
  });
  if (file === undefined) return NOBODY;
  const find = parseCodeOwners(readRegular(file, LARGEST_SETTINGS).toString('utf8'));
  return (path) => (path.startsWith('(') ? [] : find(`${session.prefix}${path}`));
}

/**
 * Words that turn off the programs which the repository's configuration names for its files (`filter.*`): blame would run
 * them on the files of the work tree. undefined: one has a name that `-c` cannot say.
 */
function turnFiltersOff(call: GitCall): readonly string[] | undefined {
  const { stdout } = runGitSync(['config', '-z', '--name-only', '--get-regexp', String.raw`^filter\.`], call);
  const text = stdout.toString('utf8');
  if (text.includes('=') || !Buffer.from(text).equals(stdout)) return undefined;
  const names = text.split('\0').filter(Boolean);
  return names.flatMap((name) => ['-c', `${name}=${name.endsWith('.required') ? 'false' : ''}`]);
}

function byBlame(session: Session, terminal: Terminal, tell: (note: string) => void): OwnersOf {
  const call = { cwd: session.root, env: { ...terminal.environment } };
  const settings = turnFiltersOff(call);
  if (!settings) {
    tell('owners by blame were not looked up: a filter in the configuration of git has an odd name');
    return NOBODY;
  }
  let asked = 0;
  const known = new Map<string, readonly string[]>();
  return (path, line) => {
    if (path.startsWith('(')) return [];
    const key = `${line} ${path}`;
    const answer = known.get(key);
    if (answer) return answer;
    if (asked === MOST_BLAMES) tell(`owners by blame were looked up for the first ${MOST_BLAMES} places only`);
    asked++;
    if (asked > MOST_BLAMES) return [];
    const words = ['blame', '--no-textconv', '--line-porcelain', '-L', `${line},${line}`, '--', path];
    const result = runGitSync([...settings, ...words], call);
    const author = result.exitCode === 0 ? /^author (.+)$/m.exec(result.stdout.toString('utf8'))?.[1] : undefined;
    const owners = author === undefined || author === 'Not Committed Yet' ? [] : [author];
    known.set(key, owners);
    return owners;
  };
}

/** @param tell  is told what was left out */
export function createOwners(
  source: PlanWishes['owners'],
  session: Session,
  terminal: Terminal,
  tell: (note: string) => void,
): OwnersOf {
  if (source === 'none') return NOBODY;
  return source === 'blame' ? byBlame(session, terminal, tell) : byCodeOwners(session);
}
