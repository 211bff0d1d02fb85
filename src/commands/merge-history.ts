// The shards of a history, put together in a clone of it: what they found is looked at again, and only now the commits are
// asked where and since when. Gives what one scan of everything would have given, byte for byte.
import { isGitError } from '../git/git-error.ts';
import { findRepository } from '../git/repository.ts';
import type { SavedShard } from '../merge/check-shards.ts';
import { UsageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { HistoryShare, ShardNote } from '../model/shard.ts';
import type { ReportArguments } from './arguments.ts';
import { makeHistoryReport } from './history.ts';
import { createProgress } from './progress.ts';
import { openSession } from './session.ts';
import { makeShardNote } from './shard-note.ts';
import type { Terminal } from './terminal.ts';
import { TOOL } from './tool.ts';

function shareOf({ shard, file }: SavedShard): HistoryShare {
  if (shard.history) return shard.history;
  throw new UsageError(`${file}: does not say what it has seen of the history; scan again`);
}

function checkSame(here: ShardNote, { file, shard, report }: SavedShard): void {
  const cure = 'give unleak report the same flags, configuration and baseline as the shards';
  if (TOOL.version !== report.tool.version)
    throw new UsageError(
      `${file}: was made by unleak ${report.tool.version}, and this is ${TOOL.version}; use that one`,
    );
  if (here.commit !== shard.commit)
    throw new UsageError(`${file}: was made at another HEAD than this clone has; run unleak report where it was made`);
  if (here.rules !== shard.rules) throw new UsageError(`${file}: was made with other rules; ${cure}`);
  if (here.settings !== shard.settings) throw new UsageError(`${file}: was made with other settings; ${cure}`);
}

function findClone(cwd: string, environment: Terminal['environment']): string {
  try {
    return findRepository(cwd, environment).topLevel ?? cwd;
  } catch (cause) {
    if (!isGitError(cause, 'not-a-repository')) throw cause;
    const why = 'where and since when is asked of the commits of all shards together';
    throw new UsageError(`shards of a history are put together inside a clone: ${why}; run it there`, { cause });
  }
}

/** @throws UsageError outside of a clone that holds what the shards have read, GitError */
export async function mergeHistory(
  shards: readonly SavedShard[],
  args: ReportArguments,
  terminal: Terminal,
): Promise<Report> {
  const [first] = shards;
  if (!first) throw new RangeError('no shards');
  const { cwd, environment } = terminal;
  const { choice } = shareOf(first);
  const root = findClone(cwd, environment);
  const session = await openSession(args, terminal, { root });
  // Whatever the flags say now, the report is made of what the shards were asked for.
  const { reveal } = first.report;
  checkSame(makeShardNote(session, first.shard, terminal, [reveal]), first);
  const progress = args.verbosity === 'quiet' ? undefined : createProgress(terminal);
  try {
    return await makeHistoryReport(
      {
        ...args,
        revisions: choice.revisions,
        branches: choice.branches,
        since: choice.since,
        historyPaths: choice.paths,
        firstParent: choice.isFirstParent,
        unreachable: choice.hasUnreachable,
        authorPrivacy: !choice.hasAuthors,
        rewritePlan: undefined,
        verify: [],
        cache: false,
        reader: undefined,
        reveal,
      },
      terminal,
      session,
      { onProgress: (texts, total, bytes) => progress?.update(texts, total, bytes) },
      { shares: shards.map(shareOf) },
    );
  } finally {
    progress?.clear();
  }
}
