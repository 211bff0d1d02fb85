// The one rich report that every format is tested with, and its clean and its large relative. It also plants values
// where they must not show: in a path, a message, a reason.
import type { Detection, Finding, Location, Reason } from '../../src/model/finding.ts';
import type { Confidence, Severity } from '../../src/model/levels.ts';
import type { Origin } from '../../src/model/origin.ts';
import type { Problem } from '../../src/model/problem.ts';
import { isIncomplete } from '../../src/model/problem.ts';
import type { JudgedFinding, Report } from '../../src/model/report.ts';
import { Secret } from '../../src/model/secret.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { KEPT } from '../../src/model/verdict.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { RULES } from './sample-rules.ts';
import { BLOB, COMMIT, FINGERPRINTS, VALUES } from './sample-values.ts';

const ESC = '\u001b';

interface FindingSeed {
  readonly rule: string;
  readonly value: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly origin: Origin;
  readonly at: readonly [line: number, column: number];
  readonly reasons: readonly Reason[];
  readonly parts?: Detection['parts'];
  readonly kind?: 'token' | 'password';
}

function locate([line, column]: readonly [number, number], value: string): Location {
  const lines = value.split('\n');
  const last = lines.at(-1) ?? '';
  const endColumn = lines.length === 1 ? column + value.length : last.length + 1;
  return { line, column, endLine: line + lines.length - 1, endColumn };
}

function makeFinding(seed: FindingSeed): Finding {
  const { rule, value, severity, confidence, origin, at, reasons, parts = [], kind = 'token' } = seed;
  return {
    ruleId: rule,
    severity,
    confidence,
    secret: new Secret(value, kind),
    span: { start: 0, end: value.length },
    reasons,
    parts,
    origin,
    location: locate(at, value),
    fingerprint: FINGERPRINTS.get(value) ?? '0'.repeat(32),
  };
}

function inFile(path: string): Origin {
  return { kind: 'file', path };
}

const KNOWN_NEW_PLACE: Verdict = { kind: 'known-new-place', by: 'baseline', why: 'known in docs/old.md' };
const PREFIX: Reason = { step: 'prefix', text: 'starts with ghp_' };
const CHECKSUM: Reason = { step: 'checksum', text: 'checksum holds' };

function githubAt(path: string, at: readonly [number, number], verdict = KEPT): JudgedFinding {
  const base = { rule: 'github.personal-access-token', value: VALUES.github, severity: 'critical' } as const;
  const reasons = [PREFIX, CHECKSUM];
  return { finding: makeFinding({ ...base, confidence: 'high', origin: inFile(path), at, reasons }), verdict };
}

function listFindings(): JudgedFinding[] {
  const keyId = { name: 'accessKeyId', secret: new Secret(VALUES.awsKeyId, 'token'), span: { start: 0, end: 20 } };
  const findings: JudgedFinding[] = [
    ...['a.ts', 'docs/with space.md', 'src/100%/#1?.ts', 'src/日本語/[id].ts'].map((path, i) =>
      githubAt(path, [i + 1, 2 * i + 1]),
    ),
    githubAt(`src/${ESC}[31mred\u202egpj.ts`, [7, 1]),
    githubAt(`tokens/${VALUES.github}.txt`, [8, 1]),
    githubAt('tokens/z.txt', [9, 1], KNOWN_NEW_PLACE),
    {
      finding: makeFinding({
        rule: 'aws.access-key',
        value: VALUES.awsSecret,
        severity: 'critical',
        confidence: 'high',
        origin: { kind: 'diff', path: 'infra/main.tf', blob: BLOB, commit: COMMIT },
        at: [12, 14],
        reasons: [{ step: 'part', text: `stands beside ${VALUES.awsKeyId}` }],
        parts: [keyId],
      }),
      verdict: KEPT,
    },
    {
      finding: makeFinding({
        rule: 'generic.password',
        value: VALUES.password,
        severity: 'high',
        confidence: 'medium',
        origin: { kind: 'staged', path: `backup/${encodeURIComponent(VALUES.password)}/.env`, blob: BLOB },
        at: [3, 10],
        reasons: [
          { step: 'key-name', text: 'is assigned to a name with password in it', weight: 2.5 },
          { step: 'entropy', text: 'its characters are as mixed as those of a chosen password', weight: 0.75 },
          { step: 'placeholder', text: 'is no known placeholder', weight: 0.5 },
        ],
        kind: 'password',
      }),
      verdict: KEPT,
    },
    {
      finding: makeFinding({
        rule: 'slack.bot-token',
        value: VALUES.slack,
        severity: 'medium',
        confidence: 'high',
        origin: inFile('docs/slack.md'),
        at: [1, 1],
        reasons: [{ step: 'prefix', text: 'starts with xoxb-' }],
      }),
      verdict: KNOWN_NEW_PLACE,
    },
    {
      finding: makeFinding({
        rule: 'generic.api-key',
        value: VALUES.generic,
        severity: 'low',
        confidence: 'low',
        origin: { kind: 'stdin', path: 'stdin' },
        at: [1, 9],
        reasons: [],
      }),
      verdict: KEPT,
    },
    {
      finding: makeFinding({
        rule: 'generic.private-key',
        value: VALUES.pem,
        severity: 'high',
        confidence: 'high',
        origin: inFile('keys/id.pem'),
        at: [1, 1],
        reasons: [{ step: 'anchor', text: 'opens like a PEM key' }],
      }),
      verdict: KEPT,
    },
  ];
  return findings.sort((a, b) => (a.finding.origin.path < b.finding.origin.path ? -1 : 1));
}

function listSuppressed(): JudgedFinding[] {
  const base = { severity: 'high', confidence: 'medium', reasons: [] } as const;
  const seed = { ...base, rule: 'generic.api-key', value: VALUES.suppressed, at: [4, 5] } as const;
  const baselined = { ...seed, rule: 'github.personal-access-token', value: VALUES.baselined } as const;
  return [
    {
      finding: makeFinding({ ...seed, origin: inFile('test/api.test.ts') }),
      verdict: { kind: 'dropped', by: 'inline-marker', why: `made up: ${VALUES.suppressed}` },
    },
    {
      finding: makeFinding({ ...baselined, origin: inFile('test/old.ts') }),
      verdict: { kind: 'known', by: 'baseline', why: undefined },
    },
    {
      finding: makeFinding({ ...seed, origin: inFile('test/two.ts') }),
      verdict: { kind: 'dropped', by: 'config-ignore', why: 'made-up data' },
    },
  ];
}

/** One problem of each kind, and enough of one kind to reach the limit of the text report. */
function listProblems(): Problem[] {
  const base64 = Buffer.from(VALUES.generic).toString('base64url');
  const unreadable = [1, 2, 3, 4].map(
    (i): Problem => ({ kind: 'unreadable', path: `locked/${i} a.bin`, message: 'EACCES: permission denied' }),
  );
  return [
    ...unreadable,
    { kind: 'vanished', path: 'tmp/gone', message: 'ENOENT' },
    { kind: 'changed', path: 'log/app.log', message: 'grew while it was read; scan again when nothing writes to it' },
    { kind: 'special', path: `run/${ESC}]0;title\u0007pipe`, message: 'FIFO' },
    { kind: 'symlink', path: 'latest', message: 'points to releases/7' },
    { kind: 'submodule', path: 'vendor/lib', message: 'scan it on its own: unleak scan vendor/lib' },
    { kind: 'lfs-pointer', path: 'art/logo.psd', message: 'run git lfs pull, then scan again' },
    { kind: 'unmerged', path: 'src/conflict.ts', message: 'resolve the merge conflict, then scan again' },
    { kind: 'cut', path: 'dist/app.min.js', message: 'line 1: candidates after the first 10,000 were not looked at' },
    { kind: 'missing-object', path: `export/${base64}`, message: `fatal:\nbad object ${VALUES.generic}` },
    { kind: 'nothing-to-scan', path: undefined, message: 'no file matches src/*.rs; check the pattern' },
  ];
}

/** @returns a fresh report with several secrets, odd paths, problems of every kind and suppressed findings */
export function makeSampleReport(): Report {
  const problems = listProblems();
  return {
    tool: { name: 'unleak', version: '1.2.3' },
    mode: 'tree',
    subject: '.',
    findings: listFindings(),
    suppressed: listSuppressed(),
    suppressions: [
      { name: 'inline unleak:ignore test/api.test.ts:4', count: 1 },
      { name: `.unleakignore:3 ${VALUES.baselined}`, count: 2 },
      { name: 'config ignore 2 (.unleak.yml:9)', count: 0 },
    ],
    problems,
    coverage: {
      files: 1204,
      bytes: 37_400_000,
      ignoredFiles: 17,
      rules: 312,
      isComplete: !problems.some(isIncomplete),
    },
    rules: new Map(RULES.map((rule) => [rule.id, rule])),
    reveal: false,
    failOnNewPlace: false,
  };
}

/** The same scan with nothing found; `problems` decide whether it is complete. */
export function makeCleanReport(problems: readonly Problem[] = []): Report {
  const report = makeSampleReport();
  const coverage = { ...report.coverage, isComplete: !problems.some(isIncomplete) };
  return { ...report, findings: [], suppressed: [], suppressions: [], problems, coverage, rules: new Map() };
}

/** `count` findings of different made-up tokens, every tenth in a file named like its token. */
export function makeLargeReport(count: number): Report {
  const stream = new RandomText(7);
  const severities = ['low', 'medium', 'high', 'critical'] as const;
  const findings = Array.from({ length: count }, (_, i): JudgedFinding => {
    const value = `gh${'p_'}${stream.text('base62', 36)}`;
    const name = i % 10 === 0 ? value : `file-${i}`;
    const finding = makeFinding({
      rule: 'github.personal-access-token',
      value,
      severity: severities[i % 4] ?? 'low',
      confidence: 'high',
      origin: inFile(`src/part-${i % 100}/${name}.ts`),
      at: [(i % 500) + 1, 5],
      reasons: [PREFIX, CHECKSUM],
    });
    return { finding: { ...finding, fingerprint: i.toString(16).padStart(32, '0') }, verdict: KEPT };
  });
  return { ...makeCleanReport(), findings, rules: new Map(RULES.map((rule) => [rule.id, rule])) };
}

/** Plain options: no colour, no links, 100 columns. */
export const PLAIN = { color: false, width: 100, links: false } as const;
