// --shard I/N and --shard auto with the variables of each engine.
import { describe, expect, it } from 'vitest';
import { findShard, parseShard } from '../../src/merge/find-shard.ts';

const find = (text: string, environment: Record<string, string> = {}) => findShard(parseShard(text), environment);

const FORM = '--shard must be I/N, such as 2/4 (from 1, at most 10000), or auto, or auto/N';

describe('I/N', () => {
  it.each([
    ['1/1', 1, 1],
    ['2/4', 2, 4],
    ['10000/10000', 10_000, 10_000],
    [' 3/8 ', 3, 8],
  ])('%s', (text, index, count) => {
    expect(find(text)).toEqual({ index, count });
  });

  it.each([
    '',
    '1',
    '0/4',
    '5/4',
    '-1/4',
    '1/0',
    '1/10001',
    '1.5/4',
    '1/4/2',
    'a/4',
    '1/b',
    'auto/0',
    'auto/x',
    '١/٤',
    '1 /4',
  ])('refuses %j', (text) => {
    expect(() => parseShard(text)).toThrow(FORM);
  });
});

describe('auto', () => {
  it.each([
    ['GitLab parallel', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '5' }, 2, 5],
    ['GitLab, not parallel', { CI_NODE_TOTAL: '1' }, 1, 1],
    ['CircleCI', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '4' }, 1, 4],
    ['Buildkite', { BUILDKITE_PARALLEL_JOB: '3', BUILDKITE_PARALLEL_JOB_COUNT: '4' }, 4, 4],
    ['Bitbucket', { BITBUCKET_PARALLEL_STEP: '0', BITBUCKET_PARALLEL_STEP_COUNT: '2' }, 1, 2],
    ['Azure', { SYSTEM_JOBPOSITIONINPHASE: '2', SYSTEM_TOTALJOBSINPHASE: '3' }, 2, 3],
    ['Semaphore', { SEMAPHORE_JOB_INDEX: '1', SEMAPHORE_JOB_COUNT: '3' }, 1, 3],
    ['AWS Batch', { AWS_BATCH_JOB_ARRAY_INDEX: '9', AWS_BATCH_JOB_ARRAY_SIZE: '10' }, 10, 10],
    ['Slurm 0-3', { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_COUNT: '4' }, 1, 4],
    ['Slurm 1-4', { SLURM_ARRAY_TASK_ID: '4', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_COUNT: '4' }, 4, 4],
    [
      'Slurm 10-40:10',
      {
        SLURM_ARRAY_TASK_ID: '30',
        SLURM_ARRAY_TASK_MIN: '10',
        SLURM_ARRAY_TASK_STEP: '10',
        SLURM_ARRAY_TASK_COUNT: '4',
      },
      3,
      4,
    ],
    ['Kubernetes with a variable', { JOB_COMPLETION_INDEX: '1', UNLEAK_SHARD_COUNT: '3' }, 2, 3],
  ])('%s', (_, environment, index, count) => {
    expect(find('auto', environment as Record<string, string>)).toEqual({ index, count });
  });

  it('takes the number of shards from auto/N', () => {
    expect(find('auto/3', { JOB_COMPLETION_INDEX: '0' })).toEqual({ index: 1, count: 3 });
    expect(find('auto/8', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '4' })).toEqual({ index: 2, count: 8 });
  });

  it('takes two engines that say the same', () => {
    const both = {
      CI_NODE_INDEX: '2',
      CI_NODE_TOTAL: '4',
      BUILDKITE_PARALLEL_JOB: '1',
      BUILDKITE_PARALLEL_JOB_COUNT: '4',
    };
    expect(find('auto', both)).toEqual({ index: 2, count: 4 });
  });

  it.each([
    [
      {},
      '--shard auto: no variables of a CI system or job array were found (docs/shards.md lists them); give --shard I/N',
    ],
    [
      { JOB_COMPLETION_INDEX: '0' },
      '--shard auto: Kubernetes does not tell how many shards there are; give --shard auto/N, or set UNLEAK_SHARD_COUNT',
    ],
    [
      { CI_NODE_INDEX: '1' },
      '--shard auto: GitLab has not set CI_NODE_TOTAL; give --shard auto/N, or set UNLEAK_SHARD_COUNT',
    ],
    [
      { CI_NODE_INDEX: 'one', CI_NODE_TOTAL: '4' },
      '--shard auto: environment variable CI_NODE_INDEX is no number; give --shard I/N instead',
    ],
    [
      { CI_NODE_INDEX: '5', CI_NODE_TOTAL: '4' },
      '--shard auto: CI_NODE_INDEX of GitLab is outside of its 4 shards; number them one by one, or give --shard I/N',
    ],
    [
      { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_STEP: '4', SLURM_ARRAY_TASK_COUNT: '3' },
      '--shard auto: SLURM_ARRAY_TASK_ID of Slurm is outside of its 3 shards; number them one by one, or give --shard I/N',
    ],
    [
      { JOB_COMPLETION_INDEX: '0', UNLEAK_SHARD_COUNT: '0' },
      'environment variable UNLEAK_SHARD_COUNT: must be a whole number from 1 to 10000',
    ],
    [
      { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4', AWS_BATCH_JOB_ARRAY_INDEX: '2', AWS_BATCH_JOB_ARRAY_SIZE: '4' },
      '--shard auto: GitLab (CI_NODE_INDEX) and AWS Batch (AWS_BATCH_JOB_ARRAY_INDEX) say different things; give --shard I/N',
    ],
  ])('refuses what it cannot know (%#)', (environment, message) => {
    expect(() => find('auto', environment as Record<string, string>)).toThrow(message);
  });
});
