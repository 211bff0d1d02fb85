// Where reports go: which format to which file or to standard output.
import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { findReporter, findReporterForFile, REPORTERS } from '../reporters/registry.ts';
import type { Reporter, ReporterOptions, RunFacts } from '../reporters/reporter.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { writeAtomic } from '../util/write-atomic.ts';
import type { CommonArguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';

/** One report to write. */
export interface Destination {
  readonly reporter: Reporter;
  /** Absolute; undefined for standard output. */
  readonly file: string | undefined;
}

function reporterNamed(name: string): Reporter {
  const reporter = findReporter(name);
  if (reporter) return reporter;
  const names = REPORTERS.map((r) => r.name);
  throw new UsageError(`--format ${name}: there is no such format; use ${names.join(', ')}.${didYouMean(name, names)}`);
}

/**
 * Pairs formats and files in the order they were given. A file without a format gets that of its ending; a format without
 * a file goes to standard output, which takes one report at most. Nothing given: text on standard output.
 */
export function planOutputs(args: CommonArguments, terminal: Terminal): readonly Destination[] {
  const formats = args.formats.map(reporterNamed);
  const files = args.outputs;
  const paired = files.map((file, i): Destination => {
    const reporter = formats[i] ?? findReporterForFile(file);
    if (!reporter) throw new UsageError(`--output ${file}: its ending names no format; add --format`);
    return { reporter, file: file === '-' ? undefined : resolve(terminal.cwd, file) };
  });
  const loose = formats.slice(files.length).map((reporter): Destination => ({ reporter, file: undefined }));
  const all = [...paired, ...loose];
  if (all.length === 0) return [{ reporter: reporterNamed('text'), file: undefined }];
  if (all.filter((d) => d.file === undefined).length > 1) {
    throw new UsageError('standard output takes one report; give each further --format an --output FILE');
  }
  return all;
}

/**
 * How a report looks on the stream it goes to.
 *
 * @param isTerminal the stream is one; a file is none
 */
export function reporterOptions(args: CommonArguments, terminal: Terminal, isTerminal: boolean): ReporterOptions {
  const { NO_COLOR, TERM, CI } = terminal.environment;
  const color = args.color ?? (isTerminal && !NO_COLOR && TERM !== 'dumb');
  return { color, width: terminal.columns, links: isTerminal && color && !CI && TERM !== 'dumb' };
}

function writeFile(file: string, text: string): void {
  try {
    writeAtomic(file, text);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    const hint = code === 'ENOENT' ? 'its folder is not there' : code;
    throw new UsageError(`--output ${file}: cannot be written (${hint}); choose another place`, { cause });
  }
}

/** Commit and time, for formats that must state them. SOURCE_DATE_EPOCH makes the same bytes again. */
async function findRun(terminal: Terminal): Promise<RunFacts> {
  const { CI_COMMIT_SHA, SOURCE_DATE_EPOCH } = terminal.environment;
  const fixed = /^\d{1,11}$/.test(SOURCE_DATE_EPOCH ?? '') ? Number(SOURCE_DATE_EPOCH) * 1000 : undefined;
  const isCommit = CI_COMMIT_SHA !== undefined && /^[0-9a-f]{40,64}$/.test(CI_COMMIT_SHA);
  const { findHead } = await import('./find-head.ts');
  return {
    commit: isCommit ? CI_COMMIT_SHA : findHead(terminal.cwd, terminal),
    startedAt: fixed ?? Math.floor(performance.timeOrigin),
    finishedAt: fixed ?? Math.floor(performance.timeOrigin + performance.now()),
  };
}

/** Writes the report to every destination that has not been streamed. */
export async function writeReport(
  report: Report,
  destinations: readonly Destination[],
  args: CommonArguments,
  terminal: Terminal,
): Promise<void> {
  for (const { reporter, file } of destinations) {
    const options =
      file === undefined
        ? reporterOptions(args, terminal, terminal.isOutTerminal)
        : reporterOptions({ ...args, color: false }, terminal, false);
    const text = reporter.format(report, reporter.wantsRun ? { ...options, run: await findRun(terminal) } : options);
    if (file === undefined) await terminal.writeOut(text);
    else writeFile(file, text);
  }
}
