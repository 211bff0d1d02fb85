// What the history says of a secret as it stands in JSON reports (schemas/report.schema.json). Keys one by one, so that
// nothing else can leak into a report.
import type { CommitNote, Holder, Pushed, Reach, SecretHistory } from '../model/history.ts';

interface CommitRecord {
  readonly commit: string;
  readonly date: string;
  readonly author?: string;
  readonly path?: string;
}

export interface HistoryRecord {
  readonly reach: Reach;
  readonly pushed: Pushed;
  readonly first?: CommitRecord;
  readonly last?: CommitRecord;
  readonly removed?: CommitRecord;
  readonly paths: readonly { readonly path: string; readonly versions: number }[];
  readonly holders: readonly Holder[];
  readonly wayOut: { readonly text: string; readonly commands: readonly string[] };
}

function toCommitRecord({ id, date, author, path }: CommitNote): CommitRecord {
  return { commit: id, date, ...(author === undefined ? {} : { author }), ...(path === undefined ? {} : { path }) };
}

export function toHistoryRecord(history: SecretHistory): HistoryRecord {
  const { reach, pushed, first, last, removed, paths, holders, wayOut } = history;
  return {
    reach,
    pushed,
    ...(first && { first: toCommitRecord(first) }),
    ...(last && { last: toCommitRecord(last) }),
    ...(removed && { removed: toCommitRecord(removed) }),
    paths: paths.map(({ path, versions }) => ({ path, versions })),
    holders: holders.map(({ kind, name, holds }) => ({ kind, name, holds })),
    wayOut: { text: wayOut.text, commands: [...wayOut.commands] },
  };
}
