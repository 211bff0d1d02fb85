// `unleak shell [FILE…]`: the histories of shells, clients and coding agents; and the doors to --scrub, --advise and
// --credential-files.
import { UsageError } from '../model/errors.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { ShellArguments } from './arguments.ts';
import { isReported, sumUpReport } from './judge-session.ts';
import { runReport } from './run-report.ts';
import { homeFolder, readHistories } from './shell-session.ts';
import type { Terminal } from './terminal.ts';

function refuseMixtures({ scrub, yes, backup, shredBackup, advise, credentialFiles }: ShellArguments): void {
  const modes = [scrub && '--scrub', advise && '--advise', credentialFiles && '--credential-files'].filter(Boolean);
  if (modes.length > 1) throw new UsageError(`${modes.join(' and ')} are different things; give one`);
  if (backup && !scrub) throw new UsageError('--backup belongs to --scrub: unleak shell --scrub --yes --backup');
  if (yes && !scrub && !shredBackup) throw new UsageError('--yes belongs to --scrub: unleak shell --scrub --yes');
}

/** @throws UsageError, ConfigError */
export async function runShell(args: ShellArguments, terminal: Terminal): Promise<ExitCode> {
  refuseMixtures(args);
  if (args.advise) return (await import('./shell-advise.ts')).runShellAdvise(args, terminal);
  if (args.credentialFiles)
    return (await import('./shell-credential-files.ts')).runShellCredentialFiles(args, terminal);
  if (args.scrub || args.shredBackup) return (await import('./shell-scrub.ts')).runShellScrub(args, terminal);
  const home = homeFolder(args, terminal);
  return runReport(args, terminal, home, async (session, { onProgress, onKept }) => {
    const outcome = await readHistories(args, terminal, session, home, onProgress);
    onKept?.(outcome.judged.filter(isReported));
    return sumUpReport(session, {
      mode: 'shell',
      subject: args.operands.join(' '),
      judged: outcome.judged,
      suppressions: outcome.suppressions,
      problems: outcome.problems,
      coverage: { files: outcome.files.length, bytes: outcome.bytes, ignoredFiles: 0 },
      reveal: args.reveal,
    });
  });
}
