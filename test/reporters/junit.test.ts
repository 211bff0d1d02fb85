// JUnit XML, read by a real parser: what is written is what a CI system gets, whatever names and messages hold.
// The expected files are compared in registry.test.ts.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { findReporter } from '../../src/reporters/registry.ts';
import { makeVisible } from '../../src/reporters/visible-text.ts';
import { makeCleanReport, makeLargeReport, makeSampleReport, PLAIN } from './sample-report.ts';

interface Case {
  readonly '@classname': string;
  readonly '@name': string;
  readonly '@line'?: string;
  readonly failure?: { readonly '@message': string; readonly '@type': string; readonly '#text': string };
  readonly error?: unknown;
  readonly skipped?: unknown;
}
interface Suite {
  readonly '@name': string;
  readonly '@tests': string;
  readonly '@failures': string;
  readonly '@errors': string;
  readonly '@skipped': string;
  readonly testcase: readonly Case[];
}

function parse(report: Report): Omit<Suite, 'testcase'> & { readonly testsuite: readonly Suite[] } {
  const xml = findReporter('junit')?.format(report, PLAIN) ?? '';
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseAttributeValue: false,
    trimValues: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  return parser.parse(xml).testsuites;
}

const casesOf = (report: Report): readonly Case[] => parse(report).testsuite.flatMap((suite) => suite.testcase);

function withPath(path: string): Report {
  const report = makeSampleReport();
  const findings = report.findings.slice(0, 1).map(({ finding, verdict }) => ({
    finding: { ...finding, origin: { kind: 'file', path } as const },
    verdict,
  }));
  return { ...report, findings };
}

describe('junit', () => {
  it('counts what it holds, in each suite and altogether', () => {
    for (const report of [makeSampleReport(), { ...makeSampleReport(), failOnNewPlace: true }, makeCleanReport()]) {
      const root = parse(report);
      const count = (cases: readonly Case[], key: 'failure' | 'error' | 'skipped'): string =>
        String(cases.filter((one) => one[key] !== undefined).length);
      for (const suite of [...root.testsuite, { ...root, testcase: casesOf(report) }]) {
        expect([suite['@tests'], suite['@failures'], suite['@errors'], suite['@skipped']]).toEqual([
          String(suite.testcase.length),
          count(suite.testcase, 'failure'),
          count(suite.testcase, 'error'),
          count(suite.testcase, 'skipped'),
        ]);
      }
    }
  });

  it('fails once for each finding that fails, and skips the others', () => {
    expect(parse(makeSampleReport())).toMatchObject({ '@failures': '10', '@skipped': '2', '@errors': '9' });
    expect(parse({ ...makeSampleReport(), failOnNewPlace: true })).toMatchObject({
      '@failures': '12',
      '@skipped': '0',
    });
    expect(parse(makeLargeReport(2000))).toMatchObject({ '@failures': '2000' });
  });

  it('has one passed case when nothing was found', () => {
    expect(casesOf(makeCleanReport())).toEqual([
      { '@classname': 'unleak', '@name': 'no secrets in 1,204 texts', '@time': '0' },
    ]);
  });

  it.each([
    'a & b/<script>alert("1")</script>.ts',
    `]]> ' " <![CDATA[`,
    '&amp; &#10; %s',
    'a\u0000\u0001\u000b\u001b[31m\ud800\ufffe\uffff.ts',
    'ü/日本語/😀.ts',
  ])('gives back the name of a file as it can be shown: %j', (path) => {
    const shown = makeVisible(path).replace(/[\ufffe\uffff]/g, '\ufffd');
    const [first] = casesOf(withPath(path));
    expect(first?.['@classname']).toBe(shown);
    expect(first?.failure?.['#text'].split('\n')[0]).toMatch(new RegExp(`^.{${shown.length}}:\\d+:\\d+$`, 's'));
  });
});
