// One shard of a source: the targets and problems whose path belongs to it. Which paths these are depends on nothing but the
// path, so that all machines agree. Problems of the whole run are every shard's.
import type { Shard } from '../model/shard.ts';
import type { Target } from '../model/target.ts';
import { shardOfText } from '../util/shard-of.ts';
import type { PathFilter, Source } from './source.ts';

function pathOf(target: Target): string {
  return target.kind === 'file' ? target.path : target.origin.path;
}

function isOwn(path: string, { index, count }: Shard): boolean {
  return shardOfText(path, count) === index;
}

/** Counts only what this shard would have read. */
export function shardFilter<F extends PathFilter>(filter: F, shard: Shard): F {
  return { ...filter, onIgnored: (path: string) => void (isOwn(path, shard) && filter.onIgnored?.(path)) };
}

export function shardSource(source: Source, shard: Shard): Source {
  return {
    ...source,
    async *targets(problems) {
      const own = source.targets((problem) => {
        if (problem.path === undefined || isOwn(problem.path, shard)) problems(problem);
      });
      for await (const batch of own) {
        const targets = batch.filter((target) => isOwn(pathOf(target), shard));
        if (targets.length > 0) yield targets;
      }
    },
  };
}
