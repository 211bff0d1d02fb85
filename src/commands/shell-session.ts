// What the histories hold, for `unleak shell` and for its scrub: files are found or named, read, and what is in them is
// judged like every other finding.
import { lstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { relative, resolve } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { isGeneralRule } from '../detector/rule-program.ts';
import { UsageError } from '../model/errors.ts';
import type { Finding, Reason } from '../model/finding.ts';
import { CONFIDENCES, isAtLeast } from '../model/levels.ts';
import type { Problem } from '../model/problem.ts';
import type { JudgedFinding, SuppressionUse } from '../model/report.ts';
import { Secret } from '../model/secret.ts';
import type { ShellNote } from '../model/shell-note.ts';
import type { HistoryFile, ShellSighting, ShellSightings } from '../model/shell-sighting.ts';
import { hasOverlap, type Span } from '../model/span.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { loadCommandRules } from '../pipeline/load-command-rules.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import { TextWindow } from '../pipeline/text-window.ts';
import { type CommandFinding, createCommandEngine } from '../shell/command-engine.ts';
import { discoverHistories } from '../shell/discover.ts';
import { looksLikePassword } from '../shell/literal-value.ts';
import { createPrefilter } from '../shell/prefilter.ts';
import { CONTINUATION, maskSpans, safeForm } from '../shell/safe-form.ts';
import type { ShellArguments } from './arguments.ts';
import { createSessionJudge, isReported } from './judge-session.ts';
import { type HistoryHit, readHistoryFile } from './read-history-file.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** What came of reading the histories. */
export interface ShellOutcome extends ShellSightings {
  readonly judged: readonly JudgedFinding[];
  readonly suppressions: readonly SuppressionUse[];
  readonly bytes: number;
}

/** The home folder that is meant. @throws UsageError when --home is no folder */
export function homeFolder(args: ShellArguments, terminal: Terminal): string {
  const home = args.home === undefined ? (terminal.environment.HOME ?? homedir()) : resolve(terminal.cwd, args.home);
  if (args.home !== undefined && !lstatSync(home, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError('--home: there is no such folder; name a home folder or a copy of one');
  }
  return home;
}

/** What a report shows of a command: the line with the value, short. */
const SHOWN_BEFORE = 120;
const SHOWN_AFTER = 120;

function showCommand(text: string, around: Span, values: readonly Span[]): string {
  const lineStart = text.lastIndexOf('\n', around.start - 1) + 1;
  const newline = text.indexOf('\n', around.end);
  const lineEnd = newline < 0 ? text.length : newline;
  const start = Math.max(lineStart, around.start - SHOWN_BEFORE);
  const end = Math.min(lineEnd, around.end + SHOWN_AFTER);
  // A cut may not go through a value.
  const from = values.find((v) => v.start < start && start < v.end)?.end ?? start;
  const to = values.find((v) => v.start < end && end < v.end)?.start ?? end;
  const shown = maskSpans(text, { start: from, end: Math.max(from, to) }, values).replace(CONTINUATION, ' ');
  return `${from > lineStart ? '… ' : ''}${Buffer.from(shown, 'latin1').toString('utf8')}${to < lineEnd ? ' …' : ''}`.trim();
}

const toUtf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

interface Item {
  readonly located: Omit<LocatedDetection, 'origin' | 'location' | 'markers' | 'span'>;
  readonly spans: readonly Span[];
  readonly finding: CommandFinding | undefined;
}

/** Detections and findings of one text, each value once: a rule that knows the value names it, the command's says how. */
function mergeItems(hit: HistoryHit): readonly Item[] {
  const items: Item[] = [];
  const used = new Set<CommandFinding>();
  for (const { detection, span } of hit.detections) {
    const covering = hit.findings.find((one) => one.spans.some((s) => hasOverlap(s, span)));
    const isSame = covering?.value.length === span.end - span.start;
    const isWider = covering !== undefined && covering.value.length > span.end - span.start;
    if (covering && (isWider || isGeneralRule(detection.ruleId) || used.has(covering))) continue;
    if (!covering && hit.dialect !== 'text' && !isLikely(detection, hit, span)) continue;
    if (covering) used.add(covering);
    const reasons: readonly Reason[] = covering ? [...detection.reasons, reasonOf(covering)] : detection.reasons;
    // The position proves what a detector that sees the value alone may doubt.
    const isSurer = covering !== undefined && isAtLeast(CONFIDENCES, covering.rule.confidence, detection.confidence);
    const confidence = isSurer ? covering.rule.confidence : detection.confidence;
    items.push({
      located: { ...detection, reasons, confidence },
      spans: isSame && covering ? covering.spans : [span],
      finding: covering,
    });
  }
  for (const finding of hit.findings) {
    if (used.has(finding)) continue;
    const { id, severity, confidence, kind } = finding.rule;
    const secret = new Secret(toUtf8(finding.value), kind);
    const located = { ruleId: id, severity, confidence, secret, reasons: [reasonOf(finding)], parts: [] };
    items.push({ located, spans: finding.spans, finding });
  }
  return items;
}

/** Groups of hex digits with colons: IPv6, MAC, a fingerprint. */
const ADDRESS = /^(?:[0-9A-Fa-f]{0,4}:){2,}[0-9A-Fa-f]{0,4}$/;

/**
 * A command line is no settings file: where no command takes the value, the general rules must have more than a name for
 * it. A line alone that only a file of passwords would hold is a pasted one, and a plain word in it an example's.
 */
function isLikely(detection: HistoryHit['detections'][number]['detection'], hit: HistoryHit, span: Span): boolean {
  const value = hit.text.slice(span.start, span.end);
  if (!detection.ruleId.startsWith('generic.')) {
    return detection.secret.kind !== 'password' || hit.text.includes('\n') || !/^[a-z]+$/.test(value);
  }
  if (detection.confidence === 'low' || /^[0-9A-Fa-f]{32,64}\\?$/.test(value) || ADDRESS.test(value)) return false;
  return looksLikePassword(value) && /\d/.test(value);
}

function reasonOf({ tool, where }: CommandFinding): Reason {
  const place = where === 'stdin' ? 'typed into its standard input' : where === 'argument' ? 'its argument' : where;
  const isVariable = tool === where;
  const text = isVariable ? `the variable ${where} is set to it` : `${tool} takes a secret there: ${place}`;
  return { step: 'command', text };
}

/** Everything that the histories hold, judged. @throws UsageError, ConfigError */
export async function readHistories(
  args: ShellArguments,
  terminal: Terminal,
  session: Session,
  home: string,
  onProgress: (files: number, all: number, bytes: number) => void = () => {},
): Promise<ShellOutcome> {
  const problems: Problem[] = [];
  const report = (kind: Problem['kind'], path: string | undefined, message: string): void => {
    problems.push({ kind, path: path === undefined ? undefined : showPath(home, path), message });
  };
  const isOwn = args.home === undefined;
  const found = discoverHistories({
    home,
    environment: isOwn ? terminal.environment : undefined,
    cwd: isOwn ? terminal.cwd : undefined,
    onProblem: ({ kind, path, message }) => report(kind, path, message),
  });
  const knownByPath = new Map(found.map((file) => [file.path, file]));
  for (const [i, path] of args.operands.entries()) {
    // The name is not repeated: it may be a value in the wrong place.
    if (!lstatSync(resolve(terminal.cwd, path), { throwIfNoEntry: false }))
      throw new UsageError(
        `file ${i + 1} of the command line is not there; name a history, or nothing for all that are found`,
      );
  }
  const paths =
    args.operands.length > 0 ? args.operands.map((path) => resolve(terminal.cwd, path)) : [...knownByPath.keys()];
  if (args.operands.length === 0 && paths.length === 0) {
    report('nothing-to-scan', undefined, `no history was found below ${home}; name a file`);
  }

  const matchers = loadCommandRules();
  const detector = createRulesDetector(session.rules, CHECKS);
  const window = new TextWindow(detector);
  const judge = createSessionJudge(session);
  const judged: JudgedFinding[] = [];
  const sightings: ShellSighting[] = [];
  const files: HistoryFile[] = [];
  let bytes = 0;
  const onHit = (hit: HistoryHit): void => {
    const items = mergeItems(hit);
    const values = items.flatMap((item) => item.spans);
    for (const item of items) {
      const finding = judge.identify(locate(item, hit, values, home));
      const judgedOnes = judge.judge([finding]);
      judged.push(...judgedOnes);
      if (!judgedOnes.some(isReported)) continue;
      sightings.push({
        path: hit.file.path,
        format: hit.file.format,
        program: hit.file.program,
        entryNumber: hit.entryNumber,
        time: hit.time,
        spans: hit.rawOf(item.spans),
        entrySpan: hit.entrySpan,
        cell: hit.cell,
        ruleId: finding.ruleId,
        secret: finding.secret,
        command: new Secret(toUtf8(hit.text), 'password'),
      });
    }
  };
  const reader = {
    detector,
    engine: createCommandEngine(matchers),
    prefilter: createPrefilter(matchers),
    onHit,
    onProblem: report,
    onBytes: (count: number) => {
      bytes += count;
    },
  };
  for (const path of paths) {
    const file = await readHistoryFile(path, knownByPath.get(path), reader, window);
    if (file) files.push(file);
    onProgress(files.length, paths.length, bytes);
  }
  // A green result must have looked at something.
  if (args.operands.length > 0 && files.length === 0) {
    report('nothing-to-scan', undefined, 'none of the named files is a history that can be read; name regular files');
  }
  return { sightings, files, problems, judged, suppressions: judge.uses(), bytes };
}

/** Relative to the home folder where it is below it. */
function showPath(home: string, path: string): string {
  const inside = relative(home, path);
  return inside === '' || inside.startsWith('..') ? path : inside.replaceAll('\\', '/');
}

function locate(
  item: Item,
  hit: HistoryHit,
  values: readonly Span[],
  home: string,
): LocatedDetection & Pick<Finding, 'shell'> {
  const raw = hit.rawOf(item.spans);
  const [first, last] = [raw[0], raw.at(-1)];
  const span = first && last ? { start: first.start, end: last.end } : item.spans[0]!;
  const start = hit.placeOf(span.start);
  const end = first && last ? hit.placeOf(span.end) : start;
  const safe = item.finding ? safeForm(item.finding, hit.text, values, hit.dialect) : undefined;
  const shell: ShellNote = {
    program: hit.file.program,
    format: hit.file.format,
    entry: hit.entryNumber,
    time: hit.time === undefined ? undefined : isoTime(hit.time),
    command: showCommand(hit.text, shownSpan(item), values),
    safely: (safe?.lines ?? []).map(toUtf8),
    note: safe?.note,
  };
  return {
    ...item.located,
    span,
    origin: { kind: 'file', path: showPath(home, hit.file.path) },
    location: { line: start.line, column: start.column, endLine: end.line, endColumn: end.column },
    markers: [],
    shell,
  };
}

/** The simple command when it is short, else the value. */
function shownSpan({ spans, finding }: Item): Span {
  const command = finding?.command;
  if (command && command.end - command.start < SHOWN_BEFORE + SHOWN_AFTER) return command;
  return { start: spans[0]!.start, end: spans.at(-1)!.end };
}

function isoTime(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z');
}

/** What the histories hold, for the scrub. @throws UsageError, ConfigError */
export async function findSightings(args: ShellArguments, terminal: Terminal): Promise<ShellSightings> {
  const home = homeFolder(args, terminal);
  const session = await openSession(args, terminal, { root: home });
  const { sightings, files, problems } = await readHistories(args, terminal, session, home);
  return { sightings, files, problems };
}
