// `unleak explain FILE[:LINE]`: every step that led to a finding or to silence, rule by rule, in the order of the text.
import { dirname, resolve } from 'node:path';
import { fingerprintSecret, PUBLIC_KEY } from '../baseline/fingerprint.ts';
import { CHECKS } from '../checks/registry.ts';
import type { TraceStep } from '../detector/trace.ts';
import { judge } from '../filters/judge.ts';
import { guessRepository } from '../git/repository.ts';
import { UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { Finding, Reason } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { relativePath } from '../sources/scan-paths.ts';
import { describeUnread, readWhole } from '../util/read-whole.ts';
import type { ExplainArguments } from './arguments.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** A larger file is for `unleak scan`; explaining reads it whole. */
const MAX_BYTES = 64 << 20;

interface Explained {
  readonly finding: Finding;
  readonly verdict: Verdict;
}

function readFile(file: string, shown: string): Buffer {
  try {
    return readWhole(file, MAX_BYTES);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const advice = isMissing ? 'check the name' : 'name one file that is text, with or without :LINE';
    throw new UsageError(`${shown}: ${describeUnread(cause)}; ${advice}`, { cause });
  }
}

function judgeAll(located: readonly LocatedDetection[], session: Session): readonly Explained[] {
  const key = session.baseline?.key ?? PUBLIC_KEY;
  return located.map(({ markers, ...detection }) => {
    const finding: Finding = { ...detection, fingerprint: fingerprintSecret(key, detection.secret) };
    const { findings } = judge([finding], { ...session, markersOf: () => markers });
    return { finding, verdict: findings[0]!.verdict };
  });
}

function formatReason({ step, text, weight }: Reason): string {
  const sum = weight === undefined ? '' : `${weight > 0 ? '+' : ''}${weight}`;
  return `    ${sum.padStart(5)}  ${step}: ${text}\n`;
}

function formatFinding({ finding, verdict }: Explained): string {
  const { location, ruleId, secret, severity, confidence, reasons, fingerprint } = finding;
  const fate = verdict.kind === 'kept' ? 'reported' : `${verdict.kind} by ${verdict.by}: ${verdict.why}`;
  return (
    `  ${location.line}:${location.column}  ${ruleId}  ${secret.masked()}  severity ${severity}, confidence ${confidence}\n` +
    reasons.map(formatReason).join('') +
    `         fingerprint ${fingerprint}\n         verdict: ${makeVisible(fate)}\n`
  );
}

/** Lines of the steps that ended in silence, one a rule and place. */
function formatSilence(
  steps: readonly TraceStep[],
  lineOf: (position: number) => number,
  line: number | undefined,
): string {
  const rows = steps
    .filter((step) => !step.outcome.startsWith('found') && (line === undefined || lineOf(step.position) === line))
    .map((step) => `  ${lineOf(step.position)}  ${step.ruleId}: ${step.outcome}\n`);
  return [...new Set(rows)].join('');
}

export async function runExplain(args: ExplainArguments, terminal: Terminal): Promise<ExitCode> {
  const file = resolve(terminal.cwd, args.file);
  const bytes = readFile(file, args.file);
  const root = guessRepository(dirname(file), terminal.environment)?.topLevel ?? dirname(file);
  const path = relativePath(root, file);
  const session = await openSession(args, terminal, { root });
  const steps: TraceStep[] = [];
  const scanner = createTextScanner(createRulesDetector(session.rules, CHECKS, { trace: (step) => steps.push(step) }));
  scanner.scanBlob({ kind: 'blob', origin: { kind: 'file', path }, bytes, addedLines: undefined });
  const { located } = scanner.take();

  const newlines: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) newlines.push(at);
  const lineOf = (position: number): number => {
    let low = 0;
    let high = newlines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (newlines[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
  const { line } = args;
  const lastLine = Math.max(1, bytes.at(-1) === 10 ? newlines.length : newlines.length + 1);
  if (line !== undefined && line > lastLine)
    throw new UsageError(`${args.file}: has no line ${line}, its last is ${lastLine}; name a line that is there`);
  const explained = judgeAll(located, session).filter(
    ({ finding }) => line === undefined || (finding.location.line <= line && line <= finding.location.endLine),
  );
  const silence = formatSilence(steps, lineOf, line);
  const ignore = session.findPathIgnore(path);
  const where = `${makeVisible(path)}${line === undefined ? '' : `, line ${line}`}`;
  let text = `${where}\n`;
  if (ignore !== undefined) text += `  A scan does not open this file: ${makeVisible(ignore)}\n`;
  if (explained.length > 0) text += `\nFound:\n${explained.map(formatFinding).join('')}`;
  if (silence !== '') text += `\nLooked at and left alone (line, rule, why):\n${silence}`;
  if (explained.length === 0 && silence === '') text += '  No rule woke up here: no known prefix, name or mark.\n';
  await terminal.writeOut(text);
  return EXIT.clean;
}
