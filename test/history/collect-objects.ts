// Reads a whole repository with one reader and keeps what came of it in a form that can be compared.
import { createHash } from 'node:crypto';
import type { BlobReader } from '../../src/history/blob-reader.ts';
import { createGitReader } from '../../src/history/git-reader.ts';
import { createOwnReader } from '../../src/history/own-reader.ts';
import type { Problem } from '../../src/model/problem.ts';

export interface Collected {
  /** Id → hash of the content, sorted by id. */
  readonly blobs: readonly (readonly [string, string])[];
  /** Ids that were handed on more than once. */
  readonly repeated: readonly string[];
  readonly listed: readonly string[];
  readonly counts: { readonly commits: number; readonly trees: number; readonly tags: number };
  readonly problems: readonly Problem[];
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

export async function collect(reader: BlobReader): Promise<Collected> {
  const problems: Problem[] = [];
  const blobs = new Map<string, string>();
  const repeated: string[] = [];
  const list = await reader.listObjects((problem) => problems.push(problem));
  await reader.readAll(
    () => false,
    (id, bytes) => {
      if (blobs.has(id)) repeated.push(id);
      blobs.set(id, hashOf(bytes));
    },
    (problem) => problems.push(problem),
  );
  reader.close();
  const { commits, trees, tags } = list;
  return {
    blobs: [...blobs].sort(([a], [b]) => (a < b ? -1 : 1)),
    repeated,
    listed: [...list.blobs].sort(),
    counts: { commits: commits.length, trees: trees.length, tags: tags.length },
    problems,
  };
}

export interface Pair {
  readonly own: Collected;
  readonly git: Collected;
}

/** Both readers on one repository. */
export async function collectBoth(cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<Pair> {
  return { own: await collect(createOwnReader({ cwd, env })), git: await collect(createGitReader({ cwd, env })) };
}
