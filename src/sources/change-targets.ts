// Turns changed paths into blobs to scan: the whole new content, with the lines that are new. Shared by staged and diff.
import { type BlobReading, readBlobs } from '../git/object-reader.ts';
import type { Change } from '../git/raw-records.ts';
import type { Origin } from '../model/origin.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { BlobTarget } from '../model/target.ts';
import { isKeptOut, type PathFilter } from './source.ts';

/** A larger blob does not fit beside everything else in a hook's memory. */
export const MAX_BLOB_BYTES = 256 * 1024 * 1024;
const BATCH_BLOBS = 64;
const SUBMODULE_MODE = 0o160000;

/** How to read, and what not to. */
export interface ChangeReading extends PathFilter {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly objectsDir: string | undefined;
  /** Largest blob; MAX_BLOB_BYTES when absent. */
  readonly maxBlobBytes?: number | undefined;
  readonly makeOrigin: (change: Change) => Origin;
}

/** True when the change brings content to look at; says why when it brings some that cannot be looked at. */
function bringsContent(change: Change, problems: ProblemSink): boolean {
  if (change.status === 'U') {
    problems({
      kind: 'unmerged',
      path: change.path,
      message: 'has unresolved conflicts; resolve them and run git add',
    });
    return false;
  }
  if (change.newMode === 0 || change.addedLines?.length === 0) return false;
  if (change.newMode !== SUBMODULE_MODE) return true;
  problems({ kind: 'submodule', path: change.path, message: 'is a repository of its own; run unleak in it' });
  return false;
}

/**
 * Blobs of the changes, in their order, read a group at a time.
 *
 * @throws GitError when git has to be asked and cannot be started
 */
export function* readChangeTargets(
  changes: readonly Change[],
  reading: ChangeReading,
  problems: ProblemSink,
): Generator<readonly BlobTarget[]> {
  const wanted = changes.filter((change) => bringsContent(change, problems) && !isKeptOut(reading, change.path));
  const maxBytes = reading.maxBlobBytes ?? MAX_BLOB_BYTES;
  const blobReading: BlobReading = { cwd: reading.cwd, env: reading.env, objectsDir: reading.objectsDir, maxBytes };
  const ids = wanted.map((change) => change.newId);
  let batch: BlobTarget[] = [];
  let next = 0;
  for (const result of readBlobs(ids, blobReading)) {
    const change = wanted[next++] as Change;
    if (result.kind === 'blob') {
      batch.push({
        kind: 'blob',
        origin: reading.makeOrigin(change),
        bytes: result.bytes,
        addedLines: change.addedLines,
      });
    } else if (result.kind === 'too-large') {
      const mib = Math.ceil(result.sizeBytes / 1024 / 1024);
      problems({
        kind: 'cut',
        path: change.path,
        message: `not scanned: ${mib} MiB, more than the ${Math.floor(maxBytes / 1024 / 1024)} MiB that fit in memory; use unleak scan on the file`,
      });
    } else {
      problems({
        kind: 'missing-object',
        path: change.path,
        message: `git has no ${result.kind === 'missing' ? 'object' : 'blob'} ${change.newId.slice(0, 12)}; run git fsck, or git fetch in a partial clone`,
      });
    }
    if (batch.length >= BATCH_BLOBS) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
