// The one place that removes values from texts: which spellings, in which texts, and at what cost.
// That formats use it is tested in registry.test.ts.
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.ts';
import { REDACTED } from '../../src/reporters/form-index.ts';
import { createFindingRedactor, redactReport, redactText } from '../../src/reporters/redact.ts';
import { makeCleanReport, makeLargeReport, makeSampleReport } from './sample-report.ts';
import { VALUES } from './sample-values.ts';

const github = new Secret(VALUES.github, 'token');
const aws = new Secret(VALUES.awsSecret, 'token');

describe('redactText', () => {
  it.each([
    ['in clear', VALUES.awsSecret],
    ['base64', Buffer.from(VALUES.awsSecret).toString('base64url')],
    ['hex', Buffer.from(VALUES.awsSecret).toString('hex')],
    ['URL-encoded', encodeURIComponent(VALUES.awsSecret)],
    ['URL-encoded in lower case', encodeURIComponent(VALUES.awsSecret).replace(/%../g, (code) => code.toLowerCase())],
  ])('removes a value %s', (_, text) => {
    expect(redactText(`a ${text} b ${text}.`, [github, aws])).toBe(`a ${REDACTED} b ${REDACTED}.`);
  });

  it('removes a value that was encoded together with a user name', () => {
    for (const user of ['a', 'ab', 'abc']) {
      const text = Buffer.from(`${user}:${VALUES.awsSecret}`).toString('base64');
      const left = redactText(text, [aws]).replace(REDACTED, '');
      expect(left.length).toBeLessThan(12);
    }
  });

  it('removes base64 of both alphabets', () => {
    const value = 'q9???>>>~~~ü1';
    const encoded = [Buffer.from(value).toString('base64'), Buffer.from(value).toString('base64url')];
    expect(encoded[0]).toMatch(/[+/]/);
    for (const text of encoded) {
      expect(redactText(text, [new Secret(value, 'password')]).replace(/=+$/, '')).toBe(REDACTED);
    }
  });

  it('joins values that overlap', () => {
    const long = new Secret(`${VALUES.github}tail-9`, 'token');
    expect(redactText(`x${VALUES.github}tail-9y`, [github, long])).toBe(`x${REDACTED}y`);
    const end = new Secret(`${VALUES.github.slice(-10)}123456`, 'token');
    expect(redactText(`x${VALUES.github}123456y`, [github, end])).toBe(`x${REDACTED}y`);
  });

  it('leaves other text and plain words alone', () => {
    expect(redactText('src/postgres/test/data.ts', [github, new Secret('postgres', 'password')])).toBe(
      'src/postgres/test/data.ts',
    );
    expect(redactText('', [github])).toBe('');
    expect(redactText(VALUES.github, [])).toBe(VALUES.github);
  });
});

describe('redactReport', () => {
  it('removes values of findings, parts and suppressed findings from every text', () => {
    const report = redactReport(makeSampleReport());
    const paths = report.findings.map(({ finding }) => finding.origin.path);
    expect(paths.filter((path) => path.includes(REDACTED))).toEqual([
      `backup/${REDACTED}/.env`,
      `tokens/${REDACTED}.txt`,
    ]);
    const aws = report.findings.find(({ finding }) => finding.ruleId === 'aws.access-key');
    expect(aws?.finding.reasons).toEqual([{ step: 'part', text: `stands beside ${REDACTED}` }]);
    expect(report.suppressed[0]?.verdict.why).toBe(`made up: ${REDACTED}`);
    expect(report.suppressions[1]?.name).toBe(`.unleakignore:3 ${REDACTED}`);
    expect(report.problems.filter((problem) => problem.message.includes(REDACTED))).toEqual([
      { kind: 'missing-object', path: `export/${REDACTED}`, message: `fatal:\nbad object ${REDACTED}` },
    ]);
  });

  it('keeps the values themselves and every finding that needs no change', () => {
    const before = makeSampleReport();
    const after = redactReport(before);
    expect(after.findings.map(({ finding }) => finding.secret)).toEqual(before.findings.map((f) => f.finding.secret));
    expect(after.findings[0]).toBe(before.findings[0]);
    expect(redactReport(after)).toEqual(after);
  });

  it('gives a report without findings back as it is', () => {
    const report = makeCleanReport();
    expect(redactReport(report)).toBe(report);
  });

  it('stays linear: 10,000 values that begin alike, a tenth of them in file names', () => {
    const report = makeLargeReport(10_000);
    const start = performance.now();
    const after = redactReport(report);
    const elapsedMs = performance.now() - start;
    expect(after.findings.filter(({ finding }) => finding.origin.path.includes(REDACTED))).toHaveLength(1000);
    // About 200 ms alone on a slow core; comparing each text with each form would take minutes.
    expect(elapsedMs).toBeLessThan(5000);
  });
});

describe('createFindingRedactor', () => {
  it('removes the value of the finding itself and of earlier ones', () => {
    const redact = createFindingRedactor();
    const report = makeLargeReport(2);
    const [first, second] = report.findings;
    const value = first!.finding.secret.reveal();
    expect(redact(first!).finding.origin.path).toBe(`src/part-0/${REDACTED}.ts`);
    const verdict = { kind: 'kept', by: undefined, why: `like ${value}` } as const;
    expect(redact({ ...second!, verdict }).verdict.why).toBe(`like ${REDACTED}`);
  });
});
