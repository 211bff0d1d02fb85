// Reports of histories in every format: valid by their schemas, and free of values in paths, refs, people and commands.
// The text form is compared whole in test/e2e/history.test.ts.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { SecretHistory } from '../../src/model/history.ts';
import type { JudgedFinding, Report } from '../../src/model/report.ts';
import { findReporter } from '../../src/reporters/registry.ts';
import { describeHolders } from '../../src/reporters/text-history.ts';
import { makeSampleReport, PLAIN } from './sample-report.ts';
import { VALUES } from './sample-values.ts';

const COMMIT = 'c'.repeat(40);

/** The value stands wherever a repository lets people write. */
function makeHistory(value: string): SecretHistory {
  const note = { id: COMMIT, date: '2024-01-02T03:04:05Z', author: `${value} <a@b>`, path: `src/${value}.ts` };
  return {
    reach: 'history',
    pushed: 'unknown',
    first: note,
    last: note,
    removed: note,
    paths: [
      { path: `a/${value}`, versions: 2 },
      { path: 'b', versions: 1 },
    ],
    holders: [
      { kind: 'branch', name: `try-${value}`, holds: 'tip' },
      { kind: 'stash', name: 'stash@{0}', holds: 'tip' },
    ],
    wayOut: { text: `Drop ${value}.`, commands: [`git switch try-${value}`] },
  };
}

function makeReport(): Report {
  const report = makeSampleReport();
  const findings = report.findings.map(({ finding, verdict }): JudgedFinding => {
    const { path } = finding.origin;
    const origin = { kind: 'history', path, place: 'file', blob: COMMIT, commit: COMMIT, versions: 3 } as const;
    return { finding: { ...finding, origin, history: makeHistory(VALUES.github) }, verdict };
  });
  const coverage = { ...report.coverage, commits: 12, cached: 3 };
  return { ...report, mode: 'history', subject: '', findings, coverage };
}

const format = (name: string): string => findReporter(name)!.format(makeReport(), PLAIN);

it('json and jsonl are valid by the published schema', () => {
  const file = new URL('../../schemas/report.schema.json', import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as { $id: string };
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajv.addSchema(schema);
  const errorsOf = (value: unknown, definition: string) => {
    const validate = ajv.getSchema(`${schema.$id}${definition}`)!;
    return validate(value) ? [] : validate.errors;
  };
  const document = JSON.parse(format('json'));
  expect(errorsOf(document, '')).toEqual([]);
  expect(document.secrets[0].history).toEqual(document.findings[0].history);
  expect(document.findings[0].origin).toEqual({
    kind: 'history',
    commit: COMMIT,
    blob: COMMIT,
    place: 'file',
    versions: 3,
  });
  delete document.findings[0].history.reach;
  expect(errorsOf(document, '')).toHaveLength(1);
  for (const line of format('jsonl').trimEnd().split('\n').slice(0, -1)) {
    expect(errorsOf(JSON.parse(line), '#/$defs/finding')).toEqual([]);
  }
});

it('sarif says reach and whether it was pushed', () => {
  const [result] = JSON.parse(format('sarif')).runs[0].results;
  expect(result.message.text).toMatch(/in commit c{40}, reach history, pushed: unknown\./);
  expect(result.properties.history).toMatchObject({
    reach: 'history',
    pushed: 'unknown',
    wayOut: { text: 'Drop [REDACTED].' },
  });
});

it.each(['text', 'json', 'jsonl', 'sarif'])('%s shows no value that a path, a person or a ref repeats', (name) => {
  expect(format(name)).not.toContain(VALUES.github);
  expect(format(name)).toContain('[REDACTED]');
});

it('holders are grouped, and long lists are cut', () => {
  const branch = (name: string, holds: 'tip' | 'history' = 'tip') => ({ kind: 'branch', name, holds }) as const;
  expect(describeHolders([branch('main'), branch('dev', 'history'), branch('x', 'history')])).toBe(
    'branch main; branches dev, x (older commits)',
  );
  expect(describeHolders(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => branch(name)))).toBe(
    'branches a, b, c, d and 2 more',
  );
  expect(describeHolders([{ kind: 'index', name: '', holds: 'tip' }])).toBe('index of this work tree');
});
