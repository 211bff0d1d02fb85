// What holds for every format: expected files, no value in any spelling, same bytes, nothing that a terminal acts on.
// A new format in the registry is tested here without a change.
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../../src/reporters/format-names.ts';
import { formatHookText } from '../../src/reporters/hook-text.ts';
import { findReporter, findReporterForFile, REPORTERS } from '../../src/reporters/registry.ts';
import { expectGolden } from './golden.ts';
import { makeCleanReport, makeSampleReport, PLAIN } from './sample-report.ts';
import { VALUES } from './sample-values.ts';

/** Spellings that are written down here anew, so that a spelling the redactor forgot is noticed. */
function spellings(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const plain = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), encodeURI(value)];
  const encoded = [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  return [
    ...plain,
    ...encoded,
    bytes.toString('hex').toUpperCase(),
    ...value.split('\n').filter((l) => !l.startsWith('-')),
  ];
}

function listLeaks(output: string): string[] {
  return Object.values(VALUES)
    .flatMap(spellings)
    .filter((spelling) => output.includes(spelling));
}

/** The sample with every value in every spelling planted in every text that people or the system control. */
function makeHostileReport() {
  const report = makeSampleReport();
  const everything = Object.values(VALUES).flatMap(spellings).join(' ');
  return {
    ...report,
    subject: everything,
    findings: report.findings.map(({ finding, verdict }) => ({
      finding: {
        ...finding,
        origin: { ...finding.origin, path: everything },
        reasons: [{ step: 'near', text: everything }],
      },
      verdict: { ...verdict, why: everything },
    })),
    suppressed: report.suppressed.map(({ finding, verdict }) => ({
      finding,
      verdict: { ...verdict, why: everything },
    })),
    suppressions: [{ name: everything, count: 1 }],
    problems: [{ kind: 'cut', path: everything, message: everything } as const],
  };
}

const OPTION_SETS = [
  PLAIN,
  { color: true, width: 60, links: true, includeSuppressed: true },
  { ...PLAIN, versionControl: { repositoryUri: 'https://example.com/a.git', revisionId: undefined, branch: 'main' } },
];

describe.each(REPORTERS)('$name', (reporter) => {
  const ending = reporter.fileEndings[0];

  it('gives the expected file', () => {
    expectGolden(`${reporter.name}.golden${ending}`, reporter.format(makeSampleReport(), PLAIN));
  });

  it('gives the expected file when nothing was found', () => {
    expectGolden(`${reporter.name}-clean.golden${ending}`, reporter.format(makeCleanReport(), PLAIN));
  });

  it.each(OPTION_SETS)('never prints a value without --reveal (%#)', (options) => {
    expect(listLeaks(reporter.format(makeSampleReport(), options))).toEqual([]);
    expect(listLeaks(reporter.format(makeHostileReport(), options))).toEqual([]);
  });

  it('prints values with --reveal only when it says so', () => {
    const output = reporter.format({ ...makeHostileReport(), reveal: true }, PLAIN);
    expect(listLeaks(output).length > 0).toBe(reporter.canReveal);
  });

  it('gives the same bytes again and ends with one line break', () => {
    const output = reporter.format(makeSampleReport(), PLAIN);
    expect(reporter.format(makeSampleReport(), PLAIN)).toBe(output);
    expect(output).toMatch(/[^\n]\n$/);
  });

  it('prints no control, bidirectional or invisible character of the scanned names', () => {
    const output = reporter.format(makeSampleReport(), PLAIN);
    expect(output.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu)).toBeNull();
  });

  it('streams the same text, apart from values that turn up later', () => {
    if (!reporter.stream) return;
    const report = makeSampleReport();
    const stream = reporter.stream(PLAIN, false);
    const pieces = [...report.findings.map((judged) => stream.finding(judged)), stream.end(report)];
    expect(pieces.join('')).toBe(reporter.format(report, PLAIN));
    expect(listLeaks(pieces.join(''))).toEqual([]);
  });

  it('streams clear values only with --reveal', () => {
    if (!reporter.stream) return;
    const report = { ...makeHostileReport(), reveal: true };
    const revealing = reporter.stream(PLAIN, true);
    const pieces = [...report.findings.map((judged) => revealing.finding(judged)), revealing.end(report)];
    expect(pieces.join('')).toBe(reporter.format(report, PLAIN));
    const masking = reporter.stream(PLAIN, false);
    const own = report.findings.map((judged) => masking.finding(judged)).at(-1) ?? '';
    const last = report.findings.at(-1)?.finding.secret.reveal() ?? 'none';
    expect(spellings(last).filter((spelling) => own.includes(spelling))).toEqual([]);
    expect(listLeaks(masking.end(report))).toEqual([]);
  });
});

describe('the check for values itself', () => {
  it('sees a planted value in each spelling', () => {
    for (const spelling of spellings(VALUES.awsSecret)) expect(listLeaks(`x${spelling}y`)).toContain(spelling);
  });

  it('holds for the hook text too', () => {
    for (const options of OPTION_SETS) {
      expect(listLeaks(formatHookText(makeSampleReport(), options))).toEqual([]);
      expect(listLeaks(formatHookText({ ...makeHostileReport(), reveal: true }, options))).toEqual([]);
    }
  });
});

describe('finding a format', () => {
  it('goes by name', () => {
    expect(REPORTERS.map((reporter) => reporter.name)).toEqual([...FORMAT_NAMES]);
    expect(REPORTERS.slice(0, 4).map((reporter) => reporter.name)).toEqual(['text', 'json', 'jsonl', 'sarif']);
    expect(findReporter('sarif')).toBe(REPORTERS[3]);
    expect(findReporter('SARIF')).toBeUndefined();
  });

  it.each([
    ['out/report.json', 'json'],
    ['report.sarif.json', 'sarif'],
    ['REPORT.SARIF', 'sarif'],
    ['findings.ndjson', 'jsonl'],
    ['a.txt', 'text'],
    ['a.xml', 'junit'],
    ['gl-secret-detection-report.json', 'gitlab'],
    ['gl-code-quality-report.json', 'gitlab-code-quality'],
    ['a.gitleaks.json', 'gitleaks-json'],
    ['a.rdjsonl', 'rdjsonl'],
    ['SUMMARY.md', 'markdown'],
    ['a.xls', undefined],
    ['json', undefined],
  ])('goes by file ending: %s', (path, name) => {
    expect(findReporterForFile(path)?.name).toBe(name);
  });
});
