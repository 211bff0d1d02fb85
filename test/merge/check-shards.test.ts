// Shards that are not one whole are refused, each way of going wrong with its own words.
import { expect, it } from 'vitest';
import { checkShards, type SavedReport } from '../../src/merge/check-shards.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { Report } from '../../src/model/report.ts';
import type { HistoryShare, ShardNote } from '../../src/model/shard.ts';
import { makeCleanReport } from '../reporters/sample-report.ts';

const NOTE: ShardNote = {
  index: 1,
  count: 3,
  commit: 'c'.repeat(40),
  rules: 'a'.repeat(16),
  settings: 'b'.repeat(32),
  history: undefined,
};
const SHARE = { objects: 'o', split: 's' } as HistoryShare;

function shard(index: number, note: Partial<ShardNote> = {}, report: Partial<Report> = {}): SavedReport {
  return { file: `${index}.json`, report: { ...makeCleanReport(), ...report, shard: { ...NOTE, index, ...note } } };
}

it('sorts what is whole', () => {
  const shards = checkShards([shard(3), shard(1), shard(2)]);
  expect(shards?.map(({ file }) => file)).toEqual(['1.json', '2.json', '3.json']);
  expect(checkShards([shard(1, { count: 1 })])).toHaveLength(1);
});

it('is not concerned with whole reports', () => {
  expect(checkShards([{ file: 'a.json', report: makeCleanReport() }])).toBeUndefined();
  expect(checkShards([])).toBeUndefined();
});

const DIFFERENT = 'the shards are of different scans';

it.each<[string, SavedReport[], string]>([
  [
    'one missing',
    [shard(1), shard(3)],
    'shard 2 of 3 is missing; give the reports of all shards, or scan again those that failed',
  ],
  [
    'two missing',
    [shard(2)],
    'shards 1, 3 of 3 are missing; give the reports of all shards, or scan again those that failed',
  ],
  [
    'nearly all missing',
    [shard(2, { count: 9999 })],
    'shards 1, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 9988 more of 9999 are missing; give the reports of all shards, or scan again those that failed',
  ],
  [
    'one twice',
    [shard(1), shard(2), { ...shard(2), file: 'b.json' }, shard(3)],
    'b.json: is shard 2 of 3 again, as 2.json is; give each shard once',
  ],
  ['a number too high', [shard(1), shard(4)], '4.json: says that it is shard 4 of 3; scan again'],
  [
    'a whole report among them',
    [shard(1), { file: 'a.json', report: makeCleanReport() }],
    'a.json: is no shard, but 1.json is; put the shards together by themselves first',
  ],
  [
    'another number of shards',
    [shard(1), shard(2, { count: 4 })],
    `2.json: has another number of shards than 1.json; ${DIFFERENT}`,
  ],
  [
    'another command',
    [shard(1), shard(2, {}, { mode: 'history' })],
    `2.json: has another command than 1.json; ${DIFFERENT}`,
  ],
  [
    'another subject',
    [shard(1), shard(2, {}, { subject: 'src' })],
    `2.json: has another subject than 1.json; ${DIFFERENT}`,
  ],
  [
    'another version',
    [shard(1), shard(2, {}, { tool: { name: 'unleak', version: '9.9.9' } })],
    '2.json: has another version of unleak than 1.json; make all shards with one version',
  ],
  [
    'another commit',
    [shard(1), shard(2, { commit: undefined })],
    '2.json: has another commit than 1.json; check out the same commit for all shards',
  ],
  [
    'other rules',
    [shard(1), shard(2, { rules: '0'.repeat(16) })],
    '2.json: has other rules than 1.json; use the same rules for all shards',
  ],
  [
    'other settings',
    [shard(1), shard(2, { settings: '' })],
    '2.json: has other settings than 1.json; use the same flags, configuration and baseline for all shards',
  ],
  [
    'other objects',
    [shard(1, { history: SHARE }), shard(2, { history: { ...SHARE, objects: 'x' } })],
    '2.json: has another set of git objects than 1.json; something was pushed or fetched in between; make all shards from one copy of the repository',
  ],
  [
    'another packing',
    [shard(1, { history: SHARE }), shard(2, { history: { ...SHARE, split: 'x' } })],
    '2.json: has another packing of the repository than 1.json; two clones may be packed differently; make all shards from one copy of the repository',
  ],
])('refuses %s', (_, saved, message) => {
  expect(() => checkShards(saved)).toThrow(new UsageError(message));
});
