// Finds the tree of HEAD in the repository's files, without git. Whatever is not plain (a branch before its first commit, a
// symbolic branch, another storage of refs) is undefined, and the caller asks git.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GuessedRepository, readOneLine } from './repository.ts';

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** The commit that a branch is at, from the file of packed refs. */
function findPackedRef(commonDir: string, ref: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(join(commonDir, 'packed-refs'), 'latin1');
  } catch {
    return undefined; // No such file: a repository without packed refs.
  }
  const at = text.indexOf(` ${ref}\n`);
  return at < 0 ? undefined : text.slice(text.lastIndexOf('\n', at) + 1, at);
}

/** Hex id of the commit that HEAD is at. */
export function findHeadCommit(place: GuessedRepository): string | undefined {
  const head = readOneLine(join(place.gitDir, 'HEAD')) ?? '';
  const ref = /^ref: (refs\/heads\/[^\0]+)$/.exec(head)?.[1];
  const commit = ref ? (readOneLine(join(place.commonDir, ref)) ?? findPackedRef(place.commonDir, ref)) : head;
  return commit !== undefined && ID.test(commit) ? commit : undefined;
}

/** Hex id of the tree of a commit, from the commit's content. */
export function readTreeId(commit: Buffer): string | undefined {
  const id = /^tree ([0-9a-f]+)\n/.exec(commit.toString('latin1', 0, 80))?.[1];
  return id !== undefined && ID.test(id) ? id : undefined;
}
