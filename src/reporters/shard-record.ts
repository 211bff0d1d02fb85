// What a report of a shard says of itself in JSON (schemas/report.schema.json). Keys one by one, so that nothing else can get
// into a report.
import type { HistoryShare, ShardNote } from '../model/shard.ts';
import { type ProblemRecord, toProblemRecord } from './json-record.ts';

interface HistoryShareRecord extends Omit<HistoryShare, 'problems'> {
  readonly problems: readonly ProblemRecord[];
}

export interface ShardRecord {
  readonly index: number;
  readonly count: number;
  readonly commit?: string;
  readonly rules: string;
  readonly settings: string;
  readonly history?: HistoryShareRecord;
}

function toShareRecord(share: HistoryShare): HistoryShareRecord {
  const { choice, objects, split, blobs, commits, tags, hasNames, missing, problems, texts, bytes, cached } = share;
  const { revisions, branches, since, paths, isFirstParent, hasUnreachable, hasAuthors } = choice;
  return {
    // JSON.stringify leaves undefined keys out.
    choice: { revisions, branches, since, paths, isFirstParent, hasUnreachable, hasAuthors },
    objects,
    split,
    blobs,
    commits,
    tags,
    hasNames,
    missing,
    problems: problems.map(toProblemRecord),
    texts,
    bytes,
    cached,
  };
}

export function toShardRecord({ index, count, commit, rules, settings, history }: ShardNote): ShardRecord {
  return {
    index,
    count,
    ...(commit === undefined ? {} : { commit }),
    rules,
    settings,
    ...(history && { history: toShareRecord(history) }),
  };
}
