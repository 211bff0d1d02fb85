// Which shard this machine is: `--shard 2/4`, or `--shard auto`, which reads the variables that engines set by themselves.
import { UsageError } from '../model/errors.ts';
import type { Shard } from '../model/shard.ts';

/** What the user said: a fixed shard, or auto with the number of shards that the engine does not tell. */
export type ShardWish = Shard | { readonly auto: true; readonly count: number | undefined };

type Environment = Readonly<Record<string, string | undefined>>;

interface Engine {
  readonly name: string;
  /** Variable with the number of this machine. */
  readonly index: string;
  /** Number of the first machine; a name is a variable that has it. */
  readonly first: number | string;
  /** Distance between numbers; a variable that has it. */
  readonly step?: string;
  /** Variable with the number of machines; undefined when the engine has none. */
  readonly count: string | undefined;
}

/** @source the engines' documentation; each is tried in test/merge/find-shard.test.ts */
const ENGINES: readonly Engine[] = [
  { name: 'GitLab', index: 'CI_NODE_INDEX', first: 1, count: 'CI_NODE_TOTAL' },
  { name: 'CircleCI', index: 'CIRCLE_NODE_INDEX', first: 0, count: 'CIRCLE_NODE_TOTAL' },
  { name: 'Buildkite', index: 'BUILDKITE_PARALLEL_JOB', first: 0, count: 'BUILDKITE_PARALLEL_JOB_COUNT' },
  { name: 'Bitbucket', index: 'BITBUCKET_PARALLEL_STEP', first: 0, count: 'BITBUCKET_PARALLEL_STEP_COUNT' },
  { name: 'Azure Pipelines', index: 'SYSTEM_JOBPOSITIONINPHASE', first: 1, count: 'SYSTEM_TOTALJOBSINPHASE' },
  { name: 'Semaphore', index: 'SEMAPHORE_JOB_INDEX', first: 1, count: 'SEMAPHORE_JOB_COUNT' },
  { name: 'AWS Batch', index: 'AWS_BATCH_JOB_ARRAY_INDEX', first: 0, count: 'AWS_BATCH_JOB_ARRAY_SIZE' },
  {
    name: 'Slurm',
    index: 'SLURM_ARRAY_TASK_ID',
    first: 'SLURM_ARRAY_TASK_MIN',
    step: 'SLURM_ARRAY_TASK_STEP',
    count: 'SLURM_ARRAY_TASK_COUNT',
  },
  { name: 'Kubernetes', index: 'JOB_COMPLETION_INDEX', first: 0, count: undefined },
];

/** Number of shards, for engines that do not tell it. */
export const COUNT_VARIABLE = 'UNLEAK_SHARD_COUNT';
export const MAX_SHARDS = 10_000;

const WRONG = `--shard must be I/N, such as 2/4 (from 1, at most ${MAX_SHARDS}), or auto, or auto/N`;

/** @returns undefined when the text is no number from `least` to MAX_SHARDS */
function toNumber(text: string | undefined, least: number): number | undefined {
  const number = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : -1;
  return number >= least && number <= MAX_SHARDS ? number : undefined;
}

/** @throws UsageError */
export function parseShard(text: string): ShardWish {
  const [head = '', tail, ...more] = text.trim().split('/');
  const count = toNumber(tail, 1);
  if (more.length > 0 || (tail !== undefined && count === undefined)) throw new UsageError(WRONG);
  if (head === 'auto') return { auto: true, count };
  const index = toNumber(head, 1);
  if (index === undefined || count === undefined || index > count) throw new UsageError(WRONG);
  return { index, count };
}

function readNumber(environment: Environment, name: string): number {
  const text = environment[name]?.trim();
  // Numbers of an array of Slurm's may be larger than their count.
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--shard auto: environment variable ${name} is no number; give --shard I/N instead`);
}

function countFor(engine: Engine, wanted: number | undefined, environment: Environment): number {
  const fixed = environment[COUNT_VARIABLE]?.trim() || undefined;
  if (fixed !== undefined && toNumber(fixed, 1) === undefined)
    throw new UsageError(`environment variable ${COUNT_VARIABLE}: must be a whole number from 1 to ${MAX_SHARDS}`);
  const given = wanted ?? toNumber(fixed, 1);
  if (engine.count !== undefined && environment[engine.count]) return given ?? readNumber(environment, engine.count);
  if (given !== undefined) return given;
  const why = engine.count === undefined ? 'does not tell how many shards there are' : `has not set ${engine.count}`;
  throw new UsageError(`--shard auto: ${engine.name} ${why}; give --shard auto/N, or set ${COUNT_VARIABLE}`);
}

function askEngine(engine: Engine, wanted: number | undefined, environment: Environment): Shard {
  const count = countFor(engine, wanted, environment);
  const first = typeof engine.first === 'number' ? engine.first : readNumber(environment, engine.first);
  const step = engine.step !== undefined && environment[engine.step] ? readNumber(environment, engine.step) : 1;
  const index = (readNumber(environment, engine.index) - first) / Math.max(step, 1) + 1;
  if (Number.isInteger(index) && index >= 1 && index <= count && count <= MAX_SHARDS) return { index, count };
  throw new UsageError(
    `--shard auto: ${engine.index} of ${engine.name} is outside of its ${count} shards; number them one by one, or give --shard I/N`,
  );
}

/**
 * @param environment  of the process
 * @throws UsageError when auto finds no engine, or two that say different things
 */
export function findShard(wish: ShardWish, environment: Environment): Shard {
  if (!('auto' in wish)) return wish;
  const found = ENGINES.filter((engine) => environment[engine.index]);
  const [first, ...others] = found.map((engine) => ({ engine, shard: askEngine(engine, wish.count, environment) }));
  // GitLab sets a total of 1 and no index for a job that is not parallel.
  if (!first && environment.CI_NODE_TOTAL?.trim() === '1' && (wish.count ?? 1) === 1) return { index: 1, count: 1 };
  if (!first) {
    throw new UsageError(
      '--shard auto: no variables of a CI system or job array were found (docs/shards.md lists them); give --shard I/N',
    );
  }
  const other = others.find(({ shard }) => shard.index !== first.shard.index || shard.count !== first.shard.count);
  if (!other) return first.shard;
  const both = `${first.engine.name} (${first.engine.index}) and ${other.engine.name} (${other.engine.index})`;
  throw new UsageError(`--shard auto: ${both} say different things; give --shard I/N`);
}
