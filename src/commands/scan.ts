// `unleak scan [PATH…]`: the working tree, folders, files, globs; with --shard a part of them.
import type { ExitCode } from '../model/exit-code.ts';
import type { Shard } from '../model/shard.ts';
import { planScan } from '../sources/scan-paths.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import type { ScanArguments } from './arguments.ts';
import { runSource } from './run-source.ts';
import type { Terminal } from './terminal.ts';

/** The tree, or the part of it that `select` leaves; with --archives what is inside its archives too. */
async function openSource(
  { paths, includeIgnored, archives }: ScanArguments,
  cwd: string,
  filter: PathFilter,
  select: (tree: Source) => Source = (tree) => tree,
): Promise<Source> {
  const source = select(createTreeSource({ ...filter, cwd, paths, includeIgnored }));
  return archives ? (await import('../archives/archive-source.ts')).withArchives(source) : source;
}

/** One shard: what the machines share out, and what the report says of it, is loaded only here. */
async function runShard(args: ScanArguments, terminal: Terminal, root: string, shard: Shard): Promise<ExitCode> {
  const { shardFilter, shardSource } = await import('../sources/shard-source.ts');
  const { makeShardNote } = await import('./shard-note.ts');
  const { cwd } = terminal;
  const { includeIgnored, archives, reveal } = args;
  return runSource(
    args,
    terminal,
    root,
    (filter) => openSource(args, cwd, filter, (tree) => shardSource(tree, shard)),
    {
      narrow: (ignores) => shardFilter(ignores, shard),
      sign: (report, session) => ({
        ...report,
        shard: makeShardNote(session, shard, terminal, [includeIgnored, archives, reveal]),
      }),
    },
  );
}

export async function runScan(args: ScanArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd, environment } = terminal;
  const { paths } = args;
  if (args.shard !== undefined) {
    const { findShard, parseShard } = await import('../merge/find-shard.ts');
    const shard = findShard(parseShard(args.shard), environment);
    return runShard(args, terminal, planScan(cwd, paths).root, shard);
  }
  const { root } = planScan(cwd, paths);
  return runSource(args, terminal, root, (filter) => openSource(args, cwd, filter));
}
