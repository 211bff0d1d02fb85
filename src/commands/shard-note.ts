// What the report of a shard says of the scan, so that shards of other scans are not put together with it.
import { createHash } from 'node:crypto';
import type { HistoryShare, Shard, ShardNote } from '../model/shard.ts';
import { findHead } from './find-head.ts';
import type { Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Maps and expressions as what they hold; functions are made from what stands beside them. */
function toPlain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  return value instanceof RegExp ? [value.source, value.flags] : value;
}

/** Everything but the rules that decides what is reported. Not how fast, not where to. */
function digestSettings(
  { settings, baseline, pathIgnoreNames, prefix, today, withKnown }: Session,
  more: readonly unknown[],
): string {
  const { minConfidence, minSeverity, severities, ignores, failOnNewPlace } = settings;
  const deciding = [minConfidence, minSeverity, severities, ignores, failOnNewPlace, pathIgnoreNames, prefix];
  const known = baseline && [Buffer.from(baseline.key).toString('hex'), baseline.entries];
  // Ignores end on a day; without any, midnight changes nothing.
  const hasEnd = ignores.some(({ until }) => until !== undefined) || baseline?.entries.some(({ until }) => until);
  const text = JSON.stringify([deciding, known, hasEnd ? today : '', withKnown !== undefined, more], toPlain);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** @param more  other choices that decide what is reported */
export function makeShardNote(
  session: Session,
  shard: Shard,
  terminal: Terminal,
  more: readonly unknown[],
  history?: HistoryShare,
): ShardNote {
  return {
    index: shard.index,
    count: shard.count,
    commit: findHead(session.root, terminal),
    rules: session.rules.hash,
    settings: digestSettings(session, more),
    history,
  };
}
