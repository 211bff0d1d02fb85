// `unleak baseline create|update|prune|show`: known findings, so that only new ones fail. Scans the whole tree of the
// repository, or the given paths, and writes the file whole or not at all.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { type Baseline, type BaselineEntry, nameEntry } from '../baseline/baseline.ts';
import { formatBaseline } from '../baseline/baseline-file.ts';
import { externalKeyFrom } from '../baseline/external-key.ts';
import { createKey, type FingerprintKey, fingerprintSecret } from '../baseline/fingerprint.ts';
import { createBaseline, type EntryNotes, pruneBaseline, updateBaseline } from '../baseline/update-baseline.ts';
import { CHECKS } from '../checks/registry.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { Finding } from '../model/finding.ts';
import { isIncomplete } from '../model/problem.ts';
import type { Report } from '../model/report.ts';
import { planScan } from '../sources/scan-paths.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import { countOf } from '../util/amounts.ts';
import { isCalendarDate } from '../util/calendar-date.ts';
import { writeAtomic } from '../util/write-atomic.ts';
import type { BaselineArguments } from './arguments.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

const MERGE_HINT = 'Commit it, and add to .gitattributes: .unleak-baseline merge=union\n';

async function scanTree(session: Session, args: BaselineArguments, terminal: Terminal): Promise<Report> {
  const ignores = createPathIgnores(session);
  const source = createTreeSource({ ...ignores, cwd: terminal.cwd, paths: args.paths });
  const report = await makeReport(session, source, ignores, { checks: CHECKS, reveal: false });
  for (const problem of report.problems.filter(isIncomplete)) {
    terminal.writeError(`unleak: not read: ${problem.path ?? ''}: ${problem.message}\n`);
  }
  return report;
}

const findingsOf = (judged: Report['findings']): readonly Finding[] => judged.map((j) => j.finding);

function withKey(findings: readonly Finding[], key: FingerprintKey): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, fingerprint: fingerprintSecret(key, finding.secret) }));
}

function notesOf(args: BaselineArguments): EntryNotes {
  if (args.until !== undefined && !isCalendarDate(args.until)) {
    throw new UsageError(`--until ${args.until}: not a date; write it as YYYY-MM-DD`);
  }
  return { reason: args.reason, owner: args.owner, until: args.until };
}

function save(baseline: Baseline, file: string): void {
  try {
    writeAtomic(file, formatBaseline(baseline));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${file}: cannot be written (${code}); nothing was changed`, { cause });
  }
}

function needBaseline(session: Session): Baseline {
  if (session.baseline) return session.baseline;
  throw new UsageError(`${session.baselineFile}: there is no baseline; make one with "unleak baseline create"`);
}

const count = (entries: readonly BaselineEntry[]): string => countOf(entries.length, 'entry', 'entries');

/** From the current folder, where that is shorter. */
function shownName(file: string, { cwd }: Terminal): string {
  const way = relative(cwd, file);
  return way === '' || way.length > file.length ? file : way;
}

async function create(args: BaselineArguments, terminal: Terminal, root: string): Promise<ExitCode> {
  const notes = notesOf(args);
  const session = await openSession(args, terminal, { root, needsBaseline: false });
  const file = session.baselineFile;
  const shown = shownName(file, terminal);
  if (existsSync(file)) {
    throw new UsageError(
      `${shown}: is there already; use "unleak baseline update", or remove it to begin anew with a new key`,
    );
  }
  const key = args.externalKey ? externalKeyFrom(terminal.environment)() : createKey();
  const report = await scanTree(session, args, terminal);
  const findings = withKey(findingsOf(report.findings), key);
  const baseline = createBaseline(file, key, args.externalKey, findings, session.prefix, notes);
  save(baseline, file);
  await terminal.writeOut(`${shown}: ${count(baseline.entries)}. ${MERGE_HINT}`);
  return EXIT.clean;
}

async function update(args: BaselineArguments, terminal: Terminal, root: string): Promise<ExitCode> {
  const notes = notesOf(args);
  const session = await openSession(args, terminal, { root });
  const before = needBaseline(session);
  const report = await scanTree(session, args, terminal);
  const { baseline, added } = updateBaseline(before, findingsOf(report.findings), session.prefix, notes);
  save(baseline, session.baselineFile);
  const shown = shownName(session.baselineFile, terminal);
  await terminal.writeOut(`${shown}: ${count(added)} added, ${count(baseline.entries)} in all.\n`);
  return EXIT.clean;
}

async function prune(args: BaselineArguments, terminal: Terminal, root: string): Promise<ExitCode> {
  const session = await openSession(args, terminal, { root });
  const before = needBaseline(session);
  const report = await scanTree(session, args, terminal);
  const seen = findingsOf([...report.findings, ...report.suppressed]);
  const { baseline, removed } = pruneBaseline(before, seen, session.prefix, report.coverage.isComplete);
  save(baseline, session.baselineFile);
  const shown = shownName(session.baselineFile, terminal);
  await terminal.writeOut(`${shown}: ${count(removed)} removed, ${count(baseline.entries)} left.\n`);
  return EXIT.clean;
}

async function show(args: BaselineArguments, terminal: Terminal, root: string): Promise<ExitCode> {
  const session = await openSession(args, terminal, { root });
  const baseline = { ...needBaseline(session), file: shownName(session.baselineFile, terminal) };
  const rows = baseline.entries.map((entry) => {
    const notes = [
      entry.reason && `reason: ${entry.reason}`,
      entry.owner && `owner: ${entry.owner}`,
      entry.until && `until ${entry.until}${entry.until < session.today ? ' (expired)' : ''}`,
    ].filter(Boolean);
    return `${nameEntry(baseline, entry)}  ${entry.ruleId}${notes.length > 0 ? `  ${notes.join('; ')}` : ''}\n`;
  });
  await terminal.writeOut(`${rows.join('')}${count(baseline.entries)} in ${baseline.file}\n`);
  return EXIT.clean;
}

export function runBaseline(args: BaselineArguments, terminal: Terminal): Promise<ExitCode> {
  const { root } = planScan(terminal.cwd, args.paths);
  return { create, update, prune, show }[args.action](args, terminal, root);
}
