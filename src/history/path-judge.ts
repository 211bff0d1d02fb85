// What a path says of what was found without one: whether it is reported there. Each surrounding is judged once for all
// paths that say the same; a judge may be asked as soon as a path is known, while git is still telling of others.
import type { HistoryPlace } from '../model/history.ts';
import { isCodePath } from '../util/code-path.ts';
import { pathKind } from '../util/path-kind.ts';
import type { BlobLooker } from './blob-look.ts';
import type { LoggedCommit } from './log-parser.ts';
import type { Probe } from './probe.ts';
import { ANY_PATH } from './surroundings.ts';

/** A note is a blob whose path is the id of what it is about, cut by slashes or not. */
const NOTE_PATH = /^(?:[0-9a-f]{2}\/)*[0-9a-f]+$/;

/** @returns the path as reports show it, and what kind of place it is */
export function describePath(path: string): { readonly path: string; readonly place: HistoryPlace } {
  const id = NOTE_PATH.test(path) ? path.replaceAll('/', '') : '';
  const isNote = id.length === 40 || id.length === 64;
  return isNote ? { path: `(note on ${id.slice(0, 12)})`, place: 'note' } : { path, place: 'file' };
}

/** What a path's kind and ending decide in the detector: paths with the same answer need one look. */
export function traitsOf(path: string): string {
  const shown = describePath(path).path;
  return `${pathKind(shown)} ${isCodePath(shown)}`;
}

/** True when what is found at a ref (see surroundings.ts) is reported in a file of this path. */
export type PathJudge = (ref: number, path: string) => boolean;

export function createPathJudge({ surroundings }: Pick<Probe, 'surroundings'>, looker: BlobLooker): PathJudge {
  const judged = new Map<string, boolean>();
  return (ref, path) => {
    if (ref === ANY_PATH) return true;
    const key = `${ref} ${traitsOf(path)}`;
    let counts = judged.get(key);
    if (counts === undefined) {
      counts = looker.isReportedAt(surroundings[ref]!, describePath(path).path);
      judged.set(key, counts);
    }
    return counts;
  };
}

/** Asks ahead for the paths that a commit tells of: the second look will ask again. */
export function judgeAhead({ blobs }: Pick<Probe, 'blobs'>, mayCount: PathJudge, { changes }: LoggedCommit): void {
  for (const { path, oldId, newId } of changes)
    for (const id of [oldId, newId]) (blobs.get(id) ?? []).some((ref) => mayCount(ref, path));
}
