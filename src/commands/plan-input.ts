// What `unleak plan` works on: a saved report or a fresh scan, joined with where the values stand now. A saved report holds
// no values, so its files are read and scanned again; values stay in memory.
import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { lookThrough } from '../git/file-stats.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { isIncomplete } from '../model/problem.ts';
import type { Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { Secret } from '../model/secret.ts';
import { NO_CLUES } from '../plan/clues.ts';
import type { PlaceInput, SecretInput } from '../plan/plan-input.ts';
import { readClues } from '../plan/read-clues.ts';
import { readSavedReport, type SavedReport } from '../plan/saved-report.ts';
import { groupBySecret } from '../reporters/group-secrets.ts';
import { planScan } from '../sources/scan-paths.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import { parseJson } from '../util/json-object.ts';
import { describeUnread, readWhole } from '../util/read-whole.ts';
import type { PlanArguments } from './plan-arguments.ts';
import { createPlanFiles, type PlanFiles } from './plan-files.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface PlanSources {
  readonly session: Session;
  readonly subject: string;
  readonly secrets: readonly SecretInput[];
  readonly files: PlanFiles;
  /** Every value that was found, of any confidence: nothing that is written may hold one. */
  readonly values: readonly Secret[];
  /** Values of the secrets that are planned for, by fingerprint. */
  readonly leaked: readonly { readonly fingerprint: string; readonly secret: Secret }[];
  readonly notes: readonly string[];
  /** A saved report was given, not paths. */
  readonly isSaved: boolean;
}

function failReport(file: string, what: string): never {
  throw new ConfigError(`${what}; make one with: unleak scan --format json, or unleak history --format json`, { file });
}

/** One operand that is a JSON file is a report, if it says so; files without the marks of one are scanned. */
function openReport(operands: readonly string[], cwd: string): SavedReport | undefined {
  const [file, ...more] = operands;
  if (file === undefined || more.length > 0) return undefined;
  const isStdin = file === '-';
  const place = resolve(cwd, file);
  const found = isStdin ? undefined : lookThrough(place);
  if (!isStdin && (typeof found !== 'object' || !found.isFile() || !/\.json$/i.test(file))) return undefined;
  let text: string;
  try {
    text = readWhole(isStdin ? 0 : place).toString('utf8');
  } catch (cause) {
    throw new ConfigError(`${describeUnread(cause)}; name a report that unleak made, or a folder`, { file }, { cause });
  }
  const document = parseJson(text);
  if (document === undefined) return isStdin ? failReport(file, 'standard input is no JSON report') : undefined;
  const report = readSavedReport(document);
  // A JSON file that is no report may be a file to scan, such as config.json.
  if (report === undefined && isStdin) return failReport(file, 'standard input is no report of unleak');
  return report;
}

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

function placeOf(finding: Finding, files: PlanFiles): PlaceInput {
  const { origin, location, reasons } = finding;
  const lines = files.linesOf(origin.path);
  // What stands in the file is an encoded form: a lookup gives the plain value, so the code around must change too.
  const isEncoded = reasons.some(({ step }) => step === 'decoded');
  return {
    path: origin.path,
    line: location.line,
    column: location.column,
    clues: lines ? readClues(lines, location) : NO_CLUES,
    value: lines && !isEncoded ? files.stretchOf(origin.path, location) : undefined,
  };
}

function fromScan(report: Report, files: PlanFiles): readonly SecretInput[] {
  return groupBySecret(report.findings).map((group) => ({
    fingerprint: group.fingerprint,
    ruleId: group.ruleId,
    info: report.rules.get(group.ruleId),
    masked: group.best.finding.secret.masked(),
    severity: group.severity,
    confidence: group.confidence,
    history: undefined,
    places: group.places.map(({ finding }) => placeOf(finding, files)),
  }));
}

/** Places of a report where they are now: by fingerprint and rule, the nearest line first. */
function fromSaved(
  saved: SavedReport,
  now: readonly Finding[],
  files: PlanFiles,
  infos: ReadonlyMap<string, RuleInfo>,
): readonly SecretInput[] {
  const byPath = new Map<string, Finding[]>();
  for (const finding of now) {
    const list = byPath.get(finding.origin.path) ?? [];
    list.push(finding);
    byPath.set(finding.origin.path, list);
  }
  return saved.secrets.map((secret) => {
    const used = new Set<Finding>();
    const places = secret.places.map((place): PlaceInput => {
      const here = (byPath.get(place.path) ?? []).filter(
        (finding) => !used.has(finding) && finding.ruleId === secret.ruleId,
      );
      const same = here.filter(({ fingerprint }) => fingerprint === secret.fingerprint);
      const near = same.sort(
        (a, b) => Math.abs(a.location.line - place.line) - Math.abs(b.location.line - place.line),
      )[0];
      // A report that was made with another key has other fingerprints; the same rule in the same place is the same value.
      const found =
        near ?? here.find(({ location }) => location.line === place.line && location.column === place.column);
      if (!found) return { ...place, clues: NO_CLUES, value: undefined };
      used.add(found);
      return placeOf(found, files);
    });
    return { ...secret, info: infos.get(secret.ruleId) ?? secret.info, places };
  });
}

async function scan(session: Session, cwd: string, paths: readonly string[], includeIgnored: boolean): Promise<Report> {
  const ignores = createPathIgnores(session);
  const source = createTreeSource({ ...ignores, cwd, paths, includeIgnored });
  return makeReport(session, source, ignores, { checks: CHECKS, reveal: false });
}

const EMPTY: Pick<Report, 'findings' | 'suppressed' | 'problems'> = { findings: [], suppressed: [], problems: [] };

/** @throws UsageError, ConfigError */
export async function openPlanSources(args: PlanArguments, terminal: Terminal): Promise<PlanSources> {
  const { cwd } = terminal;
  const saved = openReport(args.operands, cwd);
  if (!saved && args.operands.length === 1 && /\.json$/i.test(args.operands[0] ?? '') && args.verbosity !== 'quiet')
    terminal.writeError(`unleak: ${args.operands[0]} is no report of unleak; it is scanned\n`);
  const root = saved ? planScan(cwd, ['.']).root : planScan(cwd, args.operands).root;
  const session = await openSession(args, terminal, { root });
  const paths = saved
    ? [...new Set(saved.secrets.flatMap(({ places }) => places.map(({ path }) => path)))].filter((path) =>
        isFile(resolve(root, path)),
      )
    : args.operands;
  const report =
    saved && paths.length === 0 ? undefined : await scan(session, saved ? root : cwd, paths, saved !== undefined);
  const { findings, suppressed, problems } = report ?? EMPTY;
  const everything = [...findings, ...suppressed].map(({ finding }) => finding);
  const files = createPlanFiles(session, everything);
  const secrets = saved
    ? fromSaved(saved, everything, files, session.loadRuleInfo())
    : report
      ? fromScan(report, files)
      : [];
  const wanted = new Set(secrets.map(({ fingerprint }) => fingerprint));
  const missing = saved
    ? secrets.filter(({ places }) => places.length > 0 && places.every(({ value }) => value === undefined)).length
    : 0;
  return {
    session,
    subject: saved ? saved.subject || saved.mode : args.operands.join(' ') || '.',
    secrets,
    files,
    values: everything.flatMap(({ secret, parts }) => [secret, ...parts.map((part) => part.secret)]),
    leaked: [
      ...new Map(
        everything
          .filter(({ fingerprint }) => wanted.has(fingerprint))
          .map(({ fingerprint, secret }) => [fingerprint, { fingerprint, secret }]),
      ).values(),
    ],
    isSaved: saved !== undefined,
    notes: [
      ...problems
        .filter(isIncomplete)
        .map(({ path, message }) => `not read: ${path === undefined ? '' : `${path}: `}${message}`),
      ...(saved && !saved.isComplete ? ['the report says that not everything was read when it was made'] : []),
      ...(missing > 0
        ? [
            `${missing} of ${secrets.length} secrets do not stand in the files below ${root === cwd ? 'the current folder' : root} any more, or the files are not there: no change of code for them`,
          ]
        : []),
    ],
  };
}

/** @throws UsageError when nothing can be planned from what was given */
export function checkPlanOperands(args: PlanArguments): void {
  if (args.plan.printDiff !== undefined && args.operands.length > 0)
    throw new UsageError('--print-diff takes its file from the plan folder; leave out the other words');
}
