// Puts together what the first look found with where commits and indexes say that it stands: paths of blobs, names in
// paths, messages.
import type { LocatedDetection } from '../pipeline/located.ts';
import { historyOrigin } from './history-origin.ts';
import type { LoggedCommit } from './log-parser.ts';
import type { Probe } from './probe.ts';
import type { Sightings } from './sightings.ts';
import type { IndexedBlob } from './work-trees.ts';

type PathsByBlob = Map<string, Set<string>>;

/** Which paths each blob of interest had, in any commit or index. @param paths  all blobs of these are of interest */
export function collectPaths(
  probe: Probe,
  commits: ReadonlyMap<string, LoggedCommit>,
  indexes: readonly (readonly IndexedBlob[])[],
  paths: ReadonlySet<string>,
): PathsByBlob {
  const byBlob: PathsByBlob = new Map([...probe.blobs.keys()].map((id) => [id, new Set<string>()]));
  const add = (blob: string, path: string): void => {
    if (paths.has(path) && !byBlob.has(blob) && !/^0+$/.test(blob)) byBlob.set(blob, new Set());
    byBlob.get(blob)?.add(path);
  };
  for (const { changes } of commits.values()) {
    for (const { path, oldId, newId } of changes) {
      add(newId, path);
      add(oldId, path);
    }
  }
  for (const index of indexes) for (const { path, blob } of index) add(blob, path);
  return byBlob;
}

/** Secrets in the names of paths: each path that has the name, or the name itself when no commit has it. */
export function sightNames(sightings: Sightings, probe: Probe, commits: ReadonlyMap<string, LoggedCommit>): void {
  if (probe.names.size === 0) return;
  const paths = new Set([...commits.values()].flatMap(({ changes }) => changes.map(({ path }) => path)));
  const seen = new Set<string>();
  const sight = (path: string, located: readonly LocatedDetection[]): void => {
    const origin = historyOrigin(path, 'name', undefined);
    sightings.add(
      path,
      '*',
      located.map((one) => ({ ...one, origin })),
    );
  };
  for (const path of paths) {
    for (const part of path.split('/')) {
      const located = probe.names.get(part);
      if (!located) continue;
      seen.add(part);
      sight(path, located);
    }
  }
  for (const [name, located] of probe.names) if (!seen.has(name)) sight(name, located);
}

/** Adds messages; @returns the secrets of each object */
export function sightMessages(sightings: Sightings, messages: ReadonlyMap<string, readonly LocatedDetection[]>) {
  const secrets = new Map<string, readonly number[]>();
  for (const [id, located] of messages) {
    const path = located[0]!.origin.path;
    sightings.add(path, id, located);
    secrets.set(id, sightings.secretsAt(path, id));
  }
  return secrets;
}
