// Finds the parents, besides HEAD, of the merge that is being committed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * Ids of the other parents; empty when no merge is going on.
 *
 * After a conflict git keeps them in MERGE_HEAD. In the pre-merge-commit hook of a clean merge there is no such file yet,
 * but `git merge` gives its hooks a variable GITHEAD_<id> for each.
 */
export function listOtherParents(gitDir: string, env: NodeJS.ProcessEnv): readonly string[] {
  try {
    const text = readFileSync(join(gitDir, 'MERGE_HEAD'), 'latin1');
    return text.split('\n').filter((line) => ID.test(line));
  } catch {
    // No such file, the usual case.
  }
  if (!/^(merge|pull)\b/.test(env.GIT_REFLOG_ACTION ?? '')) return [];
  const names = Object.keys(env).filter((name) => name.startsWith('GITHEAD_'));
  return names.map((name) => name.slice('GITHEAD_'.length)).filter((id) => ID.test(id));
}
