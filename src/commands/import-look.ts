// Looks at single texts for `unleak import`: a file as it is now, or as it was in a commit, with what unleak finds in it.
import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { runGitSync } from '../git/run-git.ts';
import type { LookedAt } from '../importers/match-known.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { createHistoryCompanion } from '../pipeline/history-companion.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import { createSessionJudge } from './judge-session.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** A file of this size is no place where somebody accepted a finding by hand. */
const MOST_BYTES = 64 << 20;

/** @returns undefined when there is no such text */
export type Look = (path: string, commit?: string) => LookedAt | undefined;

function readFileOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The entry is then listed as gone; anything else is no answer.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'EACCES') return undefined;
    throw error;
  }
}

/** @param folders that paths of the foreign file may be relative to; the first that has the file counts */
export function createLook(session: Session, terminal: Terminal, folders: readonly string[]): Look {
  const { root } = session;
  const scanner = createTextScanner(createRulesDetector(session.rules, CHECKS), createHistoryCompanion());
  const judge = createSessionJudge(session);
  const known = new Map<string, LookedAt | undefined>();

  /** Relative to the root, with `/`; undefined when it is outside. */
  function insideRoot(file: string): string | undefined {
    const way = relative(root, file);
    return way === '' || way.startsWith('..') || isAbsolute(way) ? undefined : way.split(sep).join('/');
  }

  function scan(path: string, bytes: Buffer): LookedAt | undefined {
    if (bytes.length > MOST_BYTES) return undefined;
    scanner.scanBlob({ kind: 'blob', origin: { kind: 'file', path }, bytes, addedLines: undefined });
    const judged = judge.judge(scanner.take().located.map(judge.identify));
    return { path, bytes, lines: bytes.toString('utf8').split(/\r?\n/), judged };
  }

  function readNow(path: string): LookedAt | undefined {
    for (const folder of folders) {
      const own = insideRoot(resolve(folder, path));
      const bytes = own === undefined ? undefined : readFileOf(join(root, own));
      if (own !== undefined && bytes) return scan(own, bytes);
    }
    return undefined;
  }

  function readThen(path: string, commit: string): LookedAt | undefined {
    if (!/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
    for (const folder of folders) {
      const own = insideRoot(resolve(folder, path));
      if (own === undefined) continue;
      const { exitCode, stdout } = runGitSync(['cat-file', 'blob', `${commit}:${own}`], {
        cwd: root,
        env: terminal.environment as NodeJS.ProcessEnv,
      });
      if (exitCode === 0) return scan(own, stdout);
    }
    return undefined;
  }

  return (path, commit) => {
    const id = `${commit ?? ''}:${path}`;
    if (!known.has(id)) known.set(id, commit === undefined ? readNow(path) : readThen(path, commit));
    return known.get(id);
  };
}
