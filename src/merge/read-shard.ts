// What a report of a shard says of itself, from JSON: the way back of reporters/shard-record.ts.
import type { Problem } from '../model/problem.ts';
import type { HistoryChoice, HistoryShare, ShardNote } from '../model/shard.ts';
import { readDigest, readObjectId } from './forms.ts';
import { optional, type Read, readBoolean, readInteger, readList, readObject, readText } from './json-shape.ts';

const count = readInteger(0);

const readChoice = readObject(
  (take): HistoryChoice => ({
    revisions: take('revisions', readList(readText)),
    branches: take('branches', readList(readText)),
    since: take('since', optional(readText)),
    paths: take('paths', readList(readText)),
    isFirstParent: take('isFirstParent', readBoolean),
    hasUnreachable: take('hasUnreachable', readBoolean),
    hasAuthors: take('hasAuthors', readBoolean),
  }),
);

function readShare(readProblem: Read<Problem>): Read<HistoryShare> {
  return readObject((take) => ({
    choice: take('choice', readChoice),
    objects: take('objects', readDigest),
    split: take('split', readDigest),
    blobs: take('blobs', readList(readObjectId)),
    commits: take('commits', readList(readObjectId)),
    tags: take('tags', readList(readObjectId)),
    hasNames: take('hasNames', readBoolean),
    missing: take('missing', readList(readObjectId)),
    problems: take('problems', readList(readProblem)),
    texts: take('texts', count),
    bytes: take('bytes', count),
    cached: take('cached', count),
  }));
}

export function readShardNote(readProblem: Read<Problem>): Read<ShardNote> {
  return readObject((take) => ({
    index: take('index', readInteger(1)),
    count: take('count', readInteger(1)),
    commit: take('commit', optional(readObjectId)),
    rules: take('rules', readDigest),
    settings: take('settings', readDigest),
    history: take('history', optional(readShare(readProblem))),
  }));
}
