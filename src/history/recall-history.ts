// The way through without a look at anything: when the objects are those of an earlier run, what that run remembers stands
// for the first look. Refs, reflogs and indexes are read anew, because they change without the objects.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listObjectDirectories } from '../git/object-directories.ts';
import { idBytes, type Repository } from '../git/repository.ts';
import type { GitCall } from '../git/run-git.ts';
import { digestStores } from '../packs/store-digest.ts';
import type { HistoryMemory } from './history-memory.ts';
import type { LoggedCommit } from './log-parser.ts';
import { emptyProbe, type Probe, type ProbeTools, probeMessages } from './probe.ts';
import { markOf, type ScanCache } from './scan-cache.ts';
import type { Sightings } from './sightings.ts';
import { ANY_PATH } from './surroundings.ts';
import type { IndexedBlob } from './work-trees.ts';

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // The usual case: there is no such file.
  }
}

/** Digest of the objects and of what cuts or bends the history. @returns undefined when nobody knows */
export function digestHistory(repository: Repository, call: GitCall): string | undefined {
  const directories = listObjectDirectories(repository.objectsDir, call.cwd, call.env ?? process.env);
  const stores = digestStores(directories, idBytes(repository.objectFormat));
  if (stores === undefined) return undefined;
  const bends = ['shallow', 'info/grafts'].map((name) => contentOf(join(repository.commonDir, name)));
  return createHash('sha256')
    .update([stores, ...bends].join('\0'))
    .digest('hex')
    .slice(0, 32);
}

/** True when each indexed blob that holds something is known to hold nothing under its path, or is looked at anyway. */
export function isIndexKnown(
  { held, seen }: HistoryMemory,
  indexes: readonly (readonly IndexedBlob[])[],
  cache: ScanCache,
): boolean {
  const doubted = new Set(held);
  for (const id of seen) doubted.delete(id);
  return indexes.every((index) =>
    index.every(({ path, blob }) => !doubted.has(blob) || cache.isClean(markOf('silent', blob, path))),
  );
}

/** The first look as it was; messages are read again, because nobody keeps values. */
export async function recallProbe(memory: HistoryMemory, tools: ProbeTools): Promise<Probe> {
  const probe = emptyProbe();
  for (const id of memory.seen) probe.blobs.set(id, [ANY_PATH]);
  await probeMessages(probe, tools, [...memory.commitMessages, ...memory.tagMessages], undefined, new Set());
  probe.cached = memory.texts - probe.texts;
  return probe;
}

/** What is worth remembering; undefined when something was found that ids do not tell. */
export function makeMemory(
  probe: Probe,
  commitIds: readonly string[],
  commits: ReadonlyMap<string, LoggedCommit>,
  sightings: Sightings | undefined,
): HistoryMemory | undefined {
  if (probe.missing.size > 0 || probe.names.size > 0) return undefined;
  const seen = new Set<string>();
  for (const { versions } of sightings?.list() ?? [])
    for (const id of versions.keys()) if (probe.blobs.has(id)) seen.add(id);
  const telling = [...commits.values()].filter(({ changes }) =>
    changes.some(({ oldId, newId }) => seen.has(oldId) || seen.has(newId)),
  );
  return {
    texts: probe.texts + probe.cached,
    commits: commitIds,
    held: [...probe.blobs.keys()],
    seen: [...seen],
    commitMessages: [...probe.commitMessages.keys()],
    tagMessages: [...probe.tagMessages.keys()],
    telling: telling.map(({ id }) => id),
  };
}
