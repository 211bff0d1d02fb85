// Checks the matching benchmark in fixtures/matching: shape of each case, that each named entry exists and is unique,
// that hints can be read in the finding, and the shares its README promises. It runs no matcher.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';

interface Entry {
  readonly ARN: string;
  readonly Name: string;
}

interface MatchingCase {
  readonly id: string;
  readonly split: string;
  readonly index: string;
  readonly language: string;
  readonly finding: {
    readonly ruleId: string;
    readonly name: string | null;
    readonly path: string;
    readonly startLine: number;
    readonly line: number;
    readonly lines: readonly string[];
    readonly service?: string;
    readonly host?: string;
    readonly user?: string;
    readonly database?: string;
    readonly environment?: string;
  };
  readonly expected: string | null;
  readonly ties: readonly string[];
  readonly decoys: readonly { readonly entry: string }[];
}

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'matching');
const RULES = join(import.meta.dirname, '..', 'rules');
const MASK = '********';
const SPLITS = ['dev', 'held-out'];

function readLines(split: string): unknown[] {
  const text = readFileSync(join(FOLDER, `${split}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function readIndex(file: string): readonly Entry[] {
  const json = JSON.parse(readFileSync(join(FOLDER, 'index', file), 'utf8'));
  return json.SecretList ?? json.Parameters;
}

const indexFiles = readdirSync(join(FOLDER, 'index')).sort();
const indexes = new Map(indexFiles.map((file) => [file, readIndex(file)]));
const cases = SPLITS.flatMap((split) => readLines(split)) as MatchingCase[];

/** How many entries of the index a label stands for; only 1 is right. */
function countEntries(index: string, label: string): number {
  return (indexes.get(index) ?? []).filter((entry) => entry.ARN === label || entry.Name === label).length;
}

function share(isCounted: (one: MatchingCase) => boolean): number {
  return cases.filter(isCounted).length / cases.length;
}

describe('cases', () => {
  test('each line fits the schema', () => {
    const schema = JSON.parse(readFileSync(join(FOLDER, 'case.schema.json'), 'utf8'));
    const accepts = new Ajv.default({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
    const fits = (json: unknown): boolean => accepts(json) === true;
    const wrong = cases.filter((one) => !fits(one)).map((one) => one.id);
    expect(wrong).toEqual([]);
    expect(fits({ ...cases[0], expected: 3 })).toBe(false);
  });

  test('ids are unique, and the field of the split agrees with the file', () => {
    expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length);
    for (const split of SPLITS) {
      const found = new Set(readLines(split).map((one) => (one as MatchingCase).split));
      expect([...found]).toEqual([split]);
    }
  });

  test('each label, tie and decoy is exactly one entry of the index of its case, and in one role only', () => {
    const wrong = cases.flatMap((one) => {
      const accepted = [...(one.expected === null ? [] : [one.expected]), ...one.ties];
      const labels = [...accepted, ...one.decoys.map((decoy) => decoy.entry)];
      const isRepeated = new Set(labels).size !== labels.length;
      const isOdd = one.expected === null && (one.ties.length > 0 || one.decoys.length === 0);
      const missing = labels.filter((label) => countEntries(one.index, label) !== 1);
      return isRepeated || isOdd || missing.length > 0 ? [{ id: one.id, isRepeated, isOdd, missing }] : [];
    });
    expect(wrong).toEqual([]);
  });

  test('the value is masked once, on the line that is named', () => {
    const wrong = cases.filter(({ finding }) => {
      const at = finding.lines.flatMap((line, index) => (line.includes(MASK) ? [index + finding.startLine] : []));
      return at.length !== 1 || at[0] !== finding.line;
    });
    expect(wrong.map((one) => one.id)).toEqual([]);
  });

  test('name and hints can be read in the lines or the path', () => {
    const wrong = cases.flatMap(({ id, finding }) => {
      const seen = `${finding.path}\n${finding.lines.join('\n')}`;
      const { name, service, host, user, database, environment } = finding;
      const unseen = [name, service, host, user, database, environment].filter((hint) => hint && !seen.includes(hint));
      return unseen.length > 0 ? [{ id, unseen }] : [];
    });
    expect(wrong).toEqual([]);
  });

  test('each rule exists', () => {
    const files = readdirSync(RULES).filter((file) => file.endsWith('.yml'));
    const text = files.map((file) => readFileSync(join(RULES, file), 'utf8')).join('\n');
    const known = new Set([...text.matchAll(/^\s*-\s*id:\s*(\S+)/gm)].map((match) => match[1]));
    expect(cases.filter((one) => !known.has(one.finding.ruleId)).map((one) => one.id)).toEqual([]);
  });

  test('the numbers of the README hold', () => {
    expect(SPLITS.map((split) => readLines(split).length)).toEqual([182, 177]);
    expect(share((one) => one.expected === null)).toBeGreaterThanOrEqual(0.15);
    expect(share((one) => one.ties.length > 0)).toBeGreaterThanOrEqual(0.05);
    expect(new Set(cases.map((one) => one.language)).size).toBe(27);
  });
});

describe('indexes', () => {
  test('there are fourteen, each used, with 40 to 400 entries', () => {
    expect(indexFiles).toHaveLength(14);
    expect([...new Set(cases.map((one) => one.index))].sort()).toEqual(indexFiles);
    const sizes = [...indexes.values()].map((entries) => entries.length);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(400);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1366);
  });

  test.each(indexFiles)('%s: each ARN is unique and fits the name', (file) => {
    const entries = indexes.get(file) ?? [];
    expect(new Set(entries.map((entry) => entry.ARN)).size).toBe(entries.length);
    const wrong = entries.filter(({ ARN, Name }) => {
      const resource = /^arn:aws:(?:secretsmanager|ssm):[a-z0-9-]+:\d{12}:(.+)$/.exec(ARN)?.[1];
      if (resource === `parameter/${Name.replace(/^\//, '')}`) return false;
      return !resource?.startsWith(`secret:${Name}-`) || resource.length !== `secret:${Name}-`.length + 6;
    });
    expect(wrong).toEqual([]);
  });
});
