// The origin of a text before anything is known of commits, and the name that blobs have at the first look.
import type { HistoryPlace } from '../model/history.ts';
import type { Origin } from '../model/origin.ts';

/** Blobs have no path: a name that no rule knows, of the kind that generic secrets are believed most in. */
export const PROBE_PATH = 'history.env';

/** An origin without a commit. */
export function historyOrigin(
  path: string,
  place: HistoryPlace,
  blob: string | undefined,
): Origin & { kind: 'history' } {
  return { kind: 'history', path, place, blob, commit: undefined, versions: 1 };
}
