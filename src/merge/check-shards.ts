// Are these reports the shards of one scan, all of them, each once? Anything else is an error in one line that says which file.
import { UsageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { ShardNote } from '../model/shard.ts';

/** A report and the name of the file that it was read from. */
export interface SavedReport {
  readonly file: string;
  readonly report: Report;
}

/** A saved report of a shard. */
export interface SavedShard extends SavedReport {
  readonly shard: ShardNote;
}

/** What must be the same in all shards, and what to do when it is not. */
const AGREEMENTS: readonly (readonly [
  what: string,
  of: (saved: SavedShard) => string | number | undefined,
  cure: string,
])[] = [
  ['another version of unleak', ({ report }) => report.tool.version, 'make all shards with one version'],
  ['another command', ({ report }) => report.mode, 'the shards are of different scans'],
  ['another subject', ({ report }) => report.subject, 'the shards are of different scans'],
  ['another number of shards', ({ shard }) => shard.count, 'the shards are of different scans'],
  ['another commit', ({ shard }) => shard.commit, 'check out the same commit for all shards'],
  ['other rules', ({ shard }) => shard.rules, 'use the same rules for all shards'],
  ['other settings', ({ shard }) => shard.settings, 'use the same flags, configuration and baseline for all shards'],
  [
    'another set of git objects',
    ({ shard }) => shard.history?.objects,
    'something was pushed or fetched in between; make all shards from one copy of the repository',
  ],
  [
    'another packing of the repository',
    ({ shard }) => shard.history?.split,
    'two clones may be packed differently; make all shards from one copy of the repository',
  ],
];

function listNumbers(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 10).join(', ');
  return numbers.length > 10 ? `${shown} and ${numbers.length - 10} more` : shown;
}

function checkAgreement(shards: readonly SavedShard[]): void {
  const [first, ...others] = shards;
  if (!first) return;
  for (const [what, of, cure] of AGREEMENTS) {
    const odd = others.find((other) => of(other) !== of(first));
    if (odd) throw new UsageError(`${odd.file}: has ${what} than ${first.file}; ${cure}`);
  }
}

function checkNumbers(shards: readonly SavedShard[], count: number): void {
  const files = new Map<number, string>();
  for (const { file, shard } of shards) {
    const known = files.get(shard.index);
    if (known !== undefined)
      throw new UsageError(`${file}: is shard ${shard.index} of ${count} again, as ${known} is; give each shard once`);
    if (shard.index > count)
      throw new UsageError(`${file}: says that it is shard ${shard.index} of ${count}; scan again`);
    files.set(shard.index, file);
  }
  // Not one by one up to a number that a file says.
  if (files.size === count) return;
  const missing: number[] = [];
  for (let index = 1; index <= count && missing.length < 11; index++) if (!files.has(index)) missing.push(index);
  const total = count - files.size;
  const list =
    total > missing.length ? `${missing.slice(0, 10).join(', ')} and ${total - 10} more` : listNumbers(missing);
  const which = total === 1 ? `shard ${list} of ${count} is` : `shards ${list} of ${count} are`;
  throw new UsageError(`${which} missing; give the reports of all shards, or scan again those that failed`);
}

/**
 * @returns the shards in their order, or undefined when none of the reports is one
 * @throws UsageError when one is missing, there twice, or of another scan, and when a report is no shard
 */
export function checkShards(saved: readonly SavedReport[]): readonly SavedShard[] | undefined {
  const shards = saved.flatMap((one): SavedShard[] => (one.report.shard ? [{ ...one, shard: one.report.shard }] : []));
  const first = shards[0];
  if (!first) return undefined;
  const whole = saved.find(({ report }) => !report.shard);
  if (whole)
    throw new UsageError(
      `${whole.file}: is no shard, but ${first.file} is; put the shards together by themselves first`,
    );
  checkAgreement(shards);
  checkNumbers(shards, first.shard.count);
  return [...shards].sort((a, b) => a.shard.index - b.shard.index);
}
