// `unleak staged`: what a pre-commit hook runs. On the hook's way nothing is loaded that is not needed: no command line
// parser, no simple-git, no workers. Git is started first, so that it works while rules are loaded.

import { guessRepository } from '../git/repository.ts';
import type { ExitCode } from '../model/exit-code.ts';
import { formatHookText } from '../reporters/hook-text.ts';
import { createStagedSource } from '../sources/staged-source.ts';
import type { CommonArguments } from './arguments.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import { openSession } from './session.ts';
import type { Terminal } from './terminal.ts';
import { exitCodeOf, planOutputs, reporterOptions, writeReport } from './write-report.ts';

export async function runStaged(args: CommonArguments, terminal: Terminal): Promise<ExitCode> {
  const { cwd, environment } = terminal;
  let filter: ReturnType<typeof createPathIgnores> | undefined;
  const source = createStagedSource({
    cwd,
    env: environment,
    isIgnored: (path) => filter?.isIgnored(path) ?? false,
    onIgnored: (path) => filter?.onIgnored(path),
  });
  const root = guessRepository(cwd, environment)?.topLevel ?? cwd;
  const session = await openSession(args, terminal, { root });
  filter = createPathIgnores(session);
  const report = await makeReport(session, source, filter, { reveal: args.reveal });
  const isPlain = args.formats.length === 0 && args.outputs.length === 0;
  if (!isPlain) await writeReport(report, planOutputs(args, terminal), args, terminal);
  else if (args.verbosity !== 'quiet' || report.findings.length > 0) {
    terminal.writeError(
      formatHookText(report, reporterOptions(args, { ...terminal, isOutTerminal: terminal.isErrorTerminal }, false)),
    );
  }
  return exitCodeOf(report, session.settings.allowIncomplete);
}
