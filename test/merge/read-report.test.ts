// A saved report read back gives every format the same bytes as the report it was made from; anything that is no report of
// ours is refused in one line; and a report that somebody has changed can neither crash nor draw.
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/merge/read-report.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { Report } from '../../src/model/report.ts';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeHistoryReport } from '../reporters/sample-history.ts';
import { makeCleanReport, makeSampleReport, PLAIN } from '../reporters/sample-report.ts';
import { VALUES } from '../reporters/sample-values.ts';

const COLOURED = { color: true, width: 60, links: true, includeSuppressed: true };
const json = REPORTERS.find(({ name }) => name === 'json')!;

const save = (report: Report): string => json.format(report, PLAIN);

const SHARD: Report = {
  ...makeHistoryReport(),
  shard: {
    index: 2,
    count: 3,
    commit: 'c'.repeat(40),
    rules: 'a'.repeat(16),
    settings: 'b'.repeat(32),
    history: {
      choice: {
        revisions: ['main'],
        branches: [],
        since: '2024-01-01',
        paths: ['src'],
        isFirstParent: false,
        hasUnreachable: true,
        hasAuthors: true,
      },
      objects: 'd'.repeat(32),
      split: 'e'.repeat(64),
      blobs: ['1'.repeat(40)],
      commits: ['2'.repeat(40)],
      tags: [],
      hasNames: false,
      missing: ['3'.repeat(40)],
      problems: [{ kind: 'unreadable', path: undefined, message: 'object 123' }],
      texts: 1,
      bytes: 2,
      cached: 0,
    },
  },
};

const REPORTS: readonly (readonly [string, Report])[] = [
  ['files', makeSampleReport()],
  ['files, failing on new places', { ...makeSampleReport(), failOnNewPlace: true }],
  ['nothing found', makeCleanReport()],
  ['a history', makeHistoryReport()],
  ['a shard', SHARD],
];

describe.each(REPORTS)('a saved report of %s', (_, report) => {
  const saved = readReport(save(report), 'saved.json');

  it.each(REPORTERS.map((reporter) => [reporter.name, reporter] as const))('gives the same %s', (_name, reporter) => {
    expect(reporter.format(saved, PLAIN)).toBe(reporter.format(report, PLAIN));
    expect(reporter.format(saved, COLOURED)).toBe(reporter.format(report, COLOURED));
  });
});

describe('a report made with --reveal', () => {
  const report = { ...makeSampleReport(), reveal: true };
  const saved = readReport(save(report), 'saved.json');

  it('gives the same values again', () => {
    expect(json.format(saved, PLAIN)).toBe(save(report));
    expect(save(report)).toContain(VALUES.awsSecret);
  });

  it('gives the masked formats when it is converted without', () => {
    for (const reporter of REPORTERS) {
      expect(reporter.format({ ...saved, reveal: false }, PLAIN)).toBe(reporter.format(makeSampleReport(), PLAIN));
    }
  });
});

function messageOf(text: string): string {
  try {
    readReport(text, 'x.json');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'was read';
}

const ADVICE = 'make one with: unleak scan --format json';

it.each([
  ['', `x.json: is empty; did the scan that makes it fail?`],
  ['{"tool":', `x.json: is no JSON, or was cut short; ${ADVICE}`],
  ['null', `x.json: is no object, no JSON report of unleak; ${ADVICE}`],
  ['[{"RuleID":"x"}]', `x.json: is a list, such as gitleaks writes, no JSON report of unleak; ${ADVICE}`],
  ['{"version":"2.1.0","runs":[]}', `x.json: is SARIF, no JSON report of unleak; ${ADVICE}`],
  ['{"vulnerabilities":[]}', `x.json: is a report for GitLab, no JSON report of unleak; ${ADVICE}`],
  ['{"tool":{"name":"other"}}', `x.json: is something else, no JSON report of unleak; ${ADVICE}`],
  [
    '{"tool":{"name":"unleak"},"schemaVersion":2}',
    'x.json: has version 2 of the report format, and this unleak reads 1; use the unleak that made it, or scan again',
  ],
  [
    '{"tool":{"name":"unleak"},"schemaVersion":"1"}',
    'x.json: has no version of the report format, and this unleak reads 1; use the unleak that made it, or scan again',
  ],
  [
    '{"tool":{"name":"unleak"},"schemaVersion":1}',
    'x.json: is broken or was changed: tool.version is no text; scan again with --format json',
  ],
  [
    REPORTERS.find(({ name }) => name === 'jsonl')!.format(makeSampleReport(), PLAIN),
    `x.json: is JSON Lines, which has no rules in it; ${ADVICE}`,
  ],
])('refuses what is no report of ours (%#)', (text, message) => {
  expect(messageOf(text)).toBe(message);
});

it('reads a report with a byte order mark, and one of an older minor version', () => {
  const document = JSON.parse(save(makeSampleReport()));
  for (const one of document.suppressed) for (const key of ['column', 'kind', 'origin', 'severity']) delete one[key];
  expect(messageOf(`\ufeff${JSON.stringify(document)}`)).toBe('was read');
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every place in a document, as a list of keys. */
function listPlaces(value: Json, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || typeof value !== 'object') return [at];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const inside = keys.flatMap((key) => listPlaces((value as Record<string, Json>)[key] as Json, [...at, key]));
  return [at, ...inside];
}

function replaceAt(document: Json, place: readonly (string | number)[], value: Json | undefined): Json | undefined {
  const [key, ...rest] = place;
  if (key === undefined) return value;
  const copy = (Array.isArray(document) ? [...document] : { ...(document as object) }) as Record<string, Json>;
  const inside = replaceAt(copy[key] as Json, rest, value);
  if (inside === undefined) delete copy[key];
  else copy[key] = inside;
  return copy as Json;
}

describe('a report that was changed', () => {
  const seed = Number(process.env.UNLEAK_SEED ?? 20260101);
  const HOSTILE = [
    '\u001b[31mred\u001b[0m\u0007',
    'a\nb\r\nc',
    '\u202egpj',
    '\u0000',
    '__proto__',
    'x'.repeat(5000),
    '\ud800',
  ];
  const OTHERS: readonly (Json | undefined)[] = [undefined, null, true, -1, 0.5, 1e308, '', [], {}, [[]], ...HOSTILE];

  it(`is refused in one line that repeats nothing of it, or is harmless (seed ${seed})`, () => {
    const random = new RandomText(seed);
    const document = JSON.parse(save(SHARD)) as Json;
    const places = listPlaces(document);
    let refused = 0;
    for (let i = 0; i < 400; i++) {
      const place = places[random.integer(places.length)] ?? [];
      const changed = replaceAt(document, place, OTHERS[random.integer(OTHERS.length)]);
      const text = changed === undefined ? '' : JSON.stringify(changed);
      const message = messageOf(text);
      if (message !== 'was read') {
        refused++;
        expect(message).toMatch(/^x\.json: [\x20-\x7e]{10,250}$/);
        continue;
      }
      const saved = readReport(text, 'x.json');
      for (const reporter of REPORTERS) {
        const output = reporter.format(saved, PLAIN);
        expect(output.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu), `${reporter.name} at ${place.join('.')}`).toBeNull();
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
