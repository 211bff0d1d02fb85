// JUnit XML, as Jenkins, GitLab, Azure, CircleCI and others show it: one suite a file, one failed test case a finding. A
// known secret in a new place that fails nothing is a skipped case, an input that was not read an error, and a clean scan
// one passed case, because an empty file looks broken.
import type { Problem } from '../model/problem.ts';
import { isIncomplete } from '../model/problem.ts';
import type { JudgedFinding, Report } from '../model/report.ts';
import { countOf } from '../util/amounts.ts';
import { describePlace, describeReasons } from './describe.ts';
import { describeCure, describeFinding, isFailing } from './finding-message.ts';
import type { Reporter } from './reporter.ts';
import { PROBLEM_TITLES } from './text-problems.ts';
import { makeVisible } from './visible-text.ts';

interface Case {
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly xml: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Made visible first, so that what XML 1.0 forbids is spelled out; two characters that nobody sees are left for it. */
function escapeXml(text: string): string {
  return makeVisible(text)
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
    .replace(/[\ufffe\uffff]/g, '\ufffd');
}

function formatAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

function formatCase(attributes: Readonly<Record<string, string | number>>, inside: string): string {
  const open = `    <testcase${formatAttributes({ ...attributes, time: 0 })}`;
  return inside === '' ? `${open}/>\n` : `${open}>\n      ${inside}\n    </testcase>\n`;
}

function toCase(judged: JudgedFinding, report: Report): Case {
  const { finding } = judged;
  const { line, column } = finding.location;
  const attributes = {
    classname: finding.origin.path,
    name: `${finding.ruleId} at line ${line}, column ${column}`,
    file: finding.origin.path,
    line,
  };
  const message = formatAttributes({ message: describeFinding(judged, report) });
  if (!isFailing(judged, report)) {
    return { outcome: 'skipped', xml: formatCase(attributes, `<skipped${message}/>`) };
  }
  const lines = [describePlace(finding), describeReasons(judged), describeCure(report, finding.ruleId)];
  const text = lines.filter(Boolean).map(escapeXml).join('\n');
  const type = formatAttributes({ type: finding.severity });
  return { outcome: 'failure', xml: formatCase(attributes, `<failure${message}${type}>${text}</failure>`) };
}

function toErrorCase({ kind, path, message }: Problem): Case {
  const attributes = { classname: 'not read', name: path ?? kind, ...(path === undefined ? {} : { file: path }) };
  const text = formatAttributes({ message: `${PROBLEM_TITLES[kind]}: ${message}`, type: kind });
  return { outcome: 'error', xml: formatCase(attributes, `<error${text}/>`) };
}

function countCases(cases: readonly Case[]): Record<string, number> {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: 0,
  };
}

/** Cases by the file they stand in, in the order of the report. */
function listSuites(report: Report): ReadonlyMap<string, readonly Case[]> {
  const suites = new Map<string, Case[]>();
  const add = (name: string, one: Case): void => {
    const cases = suites.get(name);
    if (cases) cases.push(one);
    else suites.set(name, [one]);
  };
  for (const judged of report.findings) add(judged.finding.origin.path, toCase(judged, report));
  for (const problem of report.problems.filter(isIncomplete)) add('not read, or not whole', toErrorCase(problem));
  if (suites.size === 0) {
    const name = `no secrets in ${countOf(report.coverage.files, 'text')}`;
    add(report.tool.name, { outcome: 'passed', xml: formatCase({ classname: report.tool.name, name }, '') });
  }
  return suites;
}

function formatJunit(report: Report): string {
  const suites = listSuites(report);
  const body = [...suites].map(
    ([name, cases]) =>
      `  <testsuite${formatAttributes({ name, ...countCases(cases) })}>\n${cases.map(({ xml }) => xml).join('')}  </testsuite>\n`,
  );
  const total = formatAttributes({ name: report.tool.name, ...countCases([...suites.values()].flat()) });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${total}>\n${body.join('')}</testsuites>\n`;
}

export const junitReporter: Reporter = {
  name: 'junit',
  fileEndings: ['.xml'],
  summary: 'JUnit XML, for the test view of a CI system',
  canReveal: false,
  format: formatJunit,
};
