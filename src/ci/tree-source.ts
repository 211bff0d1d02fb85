// The files of one commit that is not checked out, read from git's objects: for events whose commit is another than that of
// the work tree. Nothing of it is written to disk.
import { CHANGE_OPTIONS, type Change, parseRecords } from '../git/raw-records.ts';
import { emptyTreeId } from '../git/repository.ts';
import { checkGit } from '../git/run-git.ts';
import { readChangeTargets } from '../sources/change-targets.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import type { Clone } from './clone.ts';

/** @throws GitError when its trees are not in the clone */
export function createCommitTreeSource(clone: Clone, commit: string, filter: PathFilter): Source {
  const { repository, call } = clone;
  return {
    mode: 'tree',
    root: repository.topLevel ?? repository.gitDir,
    subject: `commit ${commit.slice(0, 12)}`,
    async *targets(problems) {
      const empty = emptyTreeId(repository.objectFormat);
      const records = parseRecords(checkGit(['diff-tree', '-r', ...CHANGE_OPTIONS, empty, commit, '--'], call));
      const changes = records.map((record): Change => ({ ...record, addedLines: undefined }));
      const makeOrigin = ({ path, newId }: Change) => ({ kind: 'diff', path, blob: newId, commit }) as const;
      yield* readChangeTargets(
        changes,
        { ...filter, ...call, objectsDir: repository.objectsDir, makeOrigin },
        problems,
      );
      if (changes.length === 0) {
        problems({ kind: 'nothing-to-scan', path: undefined, message: `commit ${commit.slice(0, 12)} has no files` });
      }
    },
  };
}
