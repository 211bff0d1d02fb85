// Who owns the place of a secret: CODEOWNERS of the repository, or who wrote the line last. Mail addresses stay out.
import { join } from 'node:path';
import { lookThrough } from '../git/file-stats.ts';
import { runGitSync } from '../git/run-git.ts';
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

function byBlame(session: Session, terminal: Terminal, tell: (note: string) => void): OwnersOf {
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
    const result = runGitSync(['blame', '--line-porcelain', '-L', `${line},${line}`, '--', path], {
      cwd: session.root,
      env: { ...terminal.environment },
    });
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
