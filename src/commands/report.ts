// `unleak report FORMAT [JSON…]`: saved reports in another format, several as one, the shards of a scan as the whole.
import { checkShards, type SavedReport, type SavedShard } from '../merge/check-shards.ts';
import { mergeReports } from '../merge/merge-reports.ts';
import { mergeShards } from '../merge/merge-shards.ts';
import { readReport } from '../merge/read-report.ts';
import { UsageError } from '../model/errors.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { Report } from '../model/report.ts';
import type { ReportArguments } from './arguments.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { tellUnusedIgnores } from './run-report.ts';
import { readSavedTexts } from './saved-files.ts';
import type { Terminal } from './terminal.ts';
import { planOutputs, writeReport } from './write-report.ts';

async function joinShards(shards: readonly SavedShard[], args: ReportArguments, terminal: Terminal): Promise<Report> {
  if (shards[0]?.report.mode !== 'history') return mergeShards(shards);
  // Where and since when can only be said of all shards together, and only where the commits are.
  const { mergeHistory } = await import('./merge-history.ts');
  return mergeHistory(shards, args, terminal);
}

/** Two copies of one report are one. */
function dropCopies(saved: readonly SavedReport[], texts: readonly string[]): readonly Report[] {
  return saved.filter((_, i) => texts.indexOf(texts[i] ?? '') === i).map(({ report }) => report);
}

/** @throws UsageError for files that are no reports of ours, and for shards that are no whole */
export async function runReportCommand(args: ReportArguments, terminal: Terminal): Promise<ExitCode> {
  const destinations = planOutputs({ ...args, formats: [args.format, ...args.formats] }, terminal);
  const texts = await readSavedTexts(args.files, terminal);
  const saved = texts.map(({ file, text }): SavedReport => ({ file, report: readReport(text, file) }));
  const shards = checkShards(saved);
  const joined = shards
    ? await joinShards(shards, args, terminal)
    : mergeReports(
        dropCopies(
          saved,
          texts.map(({ text }) => text),
        ),
      );
  const masked = saved.find(({ report }) => !report.reveal);
  if (args.reveal && masked)
    throw new UsageError(`--reveal: ${masked.file} was made without it and holds no values; scan again`);
  const report = {
    ...joined,
    reveal: args.reveal,
    failOnNewPlace: args.settings.failOnNewPlace ?? joined.failOnNewPlace,
  };
  await writeReport(report, destinations, args, terminal);
  if (args.unusedIgnores) tellUnusedIgnores(report, terminal);
  return exitCodeOf(report, args.settings.allowIncomplete ?? false);
}
