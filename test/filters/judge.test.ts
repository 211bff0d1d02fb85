// Each filter by itself ("drops this, keeps that"), their order, and the counts of suppressions.
import { describe, expect, test } from 'vitest';
import type { Baseline, BaselineEntry } from '../../src/baseline/baseline.ts';
import type { IgnoreEntry } from '../../src/config/ignore-entry.ts';
import { type LowSettings, mergeSettings } from '../../src/config/settings.ts';
import type { FilterContext } from '../../src/filters/filter.ts';
import { FILTERS, judge, sumUses } from '../../src/filters/judge.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Marker } from '../../src/model/marker.ts';
import { Secret } from '../../src/model/secret.ts';
import { KEPT } from '../../src/model/verdict.ts';
import { RandomText } from '../../src/util/random-text.ts';

const TOKEN = new RandomText(17).text('base62', 32);
const F = 'a'.repeat(32);

const finding = (options: Partial<Finding> & { path?: string; value?: string } = {}): Finding => {
  const { path = 'src/a.ts', value = TOKEN, ...rest } = options;
  return {
    ruleId: 'slack.webhook',
    severity: 'high',
    confidence: 'high',
    secret: new Secret(value, 'token'),
    span: { start: 0, end: 32 },
    reasons: [],
    parts: [],
    origin: { kind: 'file', path },
    location: { line: 3, column: 1, endLine: 3, endColumn: 33 },
    fingerprint: F,
    ...rest,
  };
};
const context = (settings: LowSettings = {}, rest: Partial<FilterContext> = {}): FilterContext => ({
  settings: mergeSettings([settings]),
  today: '2026-08-01',
  baseline: undefined,
  markersOf: () => [],
  prefix: '',
  configPrefix: '',
  ...rest,
});
const verdictOf = (one: Finding, where: FilterContext) => judge([one], where).findings[0]!.verdict;
const dropped = (by: string, why: string) => ({ kind: 'dropped', by, why });

test('nothing said: kept', () => {
  expect(judge([finding()], context())).toEqual({
    findings: [{ finding: finding(), verdict: KEPT }],
    suppressions: [],
  });
});

describe('minimum-level', () => {
  const low = { confidence: 'low', severity: 'low' } as const;
  test.each([
    [{}, {}, KEPT],
    [{ confidence: 'medium' }, {}, KEPT],
    [{ confidence: 'low' }, {}, dropped('minimum-level', 'confidence low is below medium')],
    [low, { minConfidence: 'low' }, KEPT],
    [{ severity: 'medium' }, { minSeverity: 'high' }, dropped('minimum-level', 'severity medium is below high')],
    [{}, { skip: ['slack.*'] }, dropped('minimum-level', 'the rule is turned off')],
    [{}, { only: ['aws.*'] }, dropped('minimum-level', 'the rule is turned off')],
    [{}, { disabledRules: ['slack.webhook'] }, dropped('minimum-level', 'the rule is turned off')],
  ] as const)('%j with %j', (one, settings, verdict) => {
    expect(verdictOf(finding(one), context(settings))).toEqual(verdict);
  });
});

describe('inline-marker', () => {
  const marker = (ruleIds: string[], reason?: string): Marker => ({ text: 'unleak:ignore', ruleIds, reason, line: 2 });
  const withMarkers = (...markers: Marker[]) => context({}, { markersOf: () => markers });
  test('without rules, with the rule, with its provider; the reason of the user is told', () => {
    const why = 'unleak:ignore on line 2';
    expect(verdictOf(finding(), withMarkers(marker([])))).toEqual(dropped('inline-marker', why));
    expect(verdictOf(finding(), withMarkers(marker(['x.y', 'slack.webhook'])))).toEqual(dropped('inline-marker', why));
    expect(verdictOf(finding(), withMarkers(marker(['slack.*'], 'made up')))).toEqual(
      dropped('inline-marker', 'made up'),
    );
  });
  test('of another rule: kept', () => {
    expect(verdictOf(finding(), withMarkers(marker(['x.y'])))).toEqual(KEPT);
  });
});

const ignore = (rest: Partial<IgnoreEntry>): IgnoreEntry => ({
  name: 'config ignore 1 (.unleak.yml:4)',
  paths: [],
  matchesPath: () => true,
  rule: undefined,
  value: undefined,
  fingerprint: undefined,
  reason: 'why not',
  until: undefined,
  ...rest,
});

describe('config-ignore', () => {
  const yes = dropped('config-ignore', 'why not');
  const inSub = { matchesPath: (path: string) => path.startsWith('sub/') };
  test.each([
    [{ rule: 'slack.webhook' }, yes],
    [{ rule: 'slack.*' }, yes],
    [{ rule: 'aws.*' }, KEPT],
    [{ value: new RegExp(`^${TOKEN.slice(0, 4)}`) }, yes],
    [{ value: /^nothing/ }, KEPT],
    [{ fingerprint: F }, yes],
    [{ fingerprint: 'b'.repeat(32) }, KEPT],
    [inSub, yes],
    [{ ...inSub, rule: 'aws.*' }, KEPT],
    [{ rule: 'slack.*', until: '2026-08-01' }, yes],
    [{ rule: 'slack.*', until: '2026-07-31' }, KEPT],
  ] as const)('%j', (entry, verdict) => {
    expect(verdictOf(finding({ path: 'a' }), context({ ignores: [ignore(entry)] }, { configPrefix: 'sub/' }))).toEqual(
      verdict,
    );
  });

  test('only the first 4,096 characters of a value are searched', () => {
    const long = finding({ value: `${'a b'.repeat(1400)}END` });
    expect(verdictOf(long, context({ ignores: [ignore({ value: /END/ })] }))).toEqual(KEPT);
  });
});

const entry = (path: string, rest: Partial<BaselineEntry> = {}): BaselineEntry => ({
  fingerprint: F,
  ruleId: 'other.rule',
  path,
  reason: undefined,
  owner: undefined,
  until: undefined,
  line: 9,
  ...rest,
});
const baseline = (...entries: BaselineEntry[]): Baseline => ({
  file: '.unleak-baseline',
  key: new Uint8Array(32),
  isKeyExternal: false,
  entries,
});

describe('baseline', () => {
  const judgeWith = (one: Finding, ...entries: BaselineEntry[]) =>
    verdictOf(one, context({}, { baseline: baseline(...entries), prefix: 'top/' }));
  const here = 'top/src/a.ts';
  test('the same secret in the same file is known, whatever the rule', () => {
    expect(judgeWith(finding(), entry(here))).toEqual({
      kind: 'known',
      by: 'baseline',
      why: 'known from the baseline',
    });
    expect(judgeWith(finding(), entry(here, { reason: 'old' }))).toEqual({ kind: 'known', by: 'baseline', why: 'old' });
  });
  test('another secret is new', () => {
    expect(judgeWith(finding({ fingerprint: 'b'.repeat(32) }), entry(here))).toEqual(KEPT);
  });
  test('a known token elsewhere is known in a new place, a known password elsewhere is new', () => {
    expect(judgeWith(finding(), entry('top/b'))).toEqual({
      kind: 'known-new-place',
      by: 'baseline',
      why: 'known from top/b',
    });
    expect(judgeWith(finding({ secret: new Secret('Summer2024!', 'password') }), entry('top/b'))).toEqual(KEPT);
  });
  test('an expired entry is a finding again', () => {
    expect(judgeWith(finding(), entry(here, { until: '2026-08-01' })).kind).toBe('known');
    expect(judgeWith(finding(), entry(here, { until: '2026-07-31' }))).toEqual(KEPT);
    expect(judgeWith(finding(), entry('top/b', { until: '2026-07-31' }))).toEqual(KEPT);
    expect(judgeWith(finding(), entry(here, { until: '2026-07-31' }), entry('top/b'))).toEqual(KEPT);
  });
  test('a known token in a new place may still be dropped by another filter', () => {
    expect(judgeWith(finding({ confidence: 'low' }), entry('top/b'))).toEqual(
      dropped('minimum-level', 'confidence low is below medium'),
    );
  });
});

describe('placeholder', () => {
  test('drops what a standard has published, whatever its rule', () => {
    const value = '2b7e151628aed2a6' + 'abf7158809cf4f3c';
    const why = 'the value is one that a standard or a vendor has published';
    expect(verdictOf(finding({ value }), context())).toEqual(dropped('placeholder', why));
    expect(verdictOf(finding({ value, ruleId: 'known.aes' }), context())).toEqual(KEPT);
  });

  const checksum = { reasons: [{ step: 'check', text: 'the offline check x holds' }] };
  test('hard forms go, whatever the rule says', () => {
    expect(verdictOf(finding({ value: 'x'.repeat(20) }), context())).toEqual(
      dropped('placeholder', 'the value repeats one piece'),
    );
    expect(verdictOf(finding({ value: 'x'.repeat(20), ...checksum }), context()).by).toBe('placeholder');
  });
  test('words go, but not against a checksum that holds', () => {
    const value = 'CHANGEME-please';
    expect(verdictOf(finding({ value }), context())).toEqual(
      dropped('placeholder', 'the value says itself that it is made up'),
    );
    expect(verdictOf(finding({ value, ...checksum }), context())).toEqual(KEPT);
    expect(verdictOf(finding({ value, ...checksum, confidence: 'low' }), context()).by).toBe('placeholder');
  });
  test('a counting row that the detector has doubted is a matter of levels', () => {
    const value = '0123456789abcdef0123456789';
    expect(verdictOf(finding({ value }), context()).by).toBe('placeholder');
    expect(verdictOf(finding({ value, confidence: 'low' }), context()).by).toBe('minimum-level');
  });
  test('a weak password stays', () => {
    expect(verdictOf(finding({ secret: new Secret('Summer2024!', 'password') }), context())).toEqual(KEPT);
  });
});

describe('path-kind', () => {
  const generic = { ruleId: 'generic.api-key' };
  test.each([
    ['package-lock.json', 'a generic rule in a lock file, which is full of digests'],
    ['locales/en.json', 'a generic rule in a file of translations, where "password" is a label'],
    ['static/app.min.js', 'a generic rule in minified code'],
    ['app.js.map', 'a generic rule in a source map'],
    ['aes_vectors/gcm.txt', 'a generic rule in test vectors or in records of a conformance suite'],
  ])('%s: generic rules go, others stay', (path, why) => {
    expect(verdictOf(finding({ path, ...generic }), context())).toEqual(dropped('path-kind', why));
    expect(verdictOf(finding({ path }), context())).toEqual(KEPT);
  });
  test('other files keep generic findings', () => {
    for (const path of ['src/a.ts', 'test/a.ts', '.env', 'docs/a.md'])
      expect(verdictOf(finding({ path, ...generic }), context())).toEqual(KEPT);
  });
});

describe('order and counts', () => {
  test('the registry', () => {
    expect(FILTERS.map((filter) => filter.name)).toEqual([
      'inline-marker',
      'config-ignore',
      'baseline',
      'placeholder',
      'path-kind',
      'minimum-level',
    ]);
  });

  test('used, unused and expired suppressions are all listed', () => {
    const ignores = [
      ignore({ name: 'config ignore 1', rule: 'slack.*' }),
      ignore({ name: 'config ignore 2', rule: 'aws.*' }),
      ignore({ name: 'config ignore 3', rule: 'slack.*', until: '2026-01-01' }),
    ];
    const entries = [
      entry('b.ts', { line: 9 }),
      entry('c.ts', { line: 10, until: '2026-01-01' }),
      entry('d.ts', { line: 0 }),
    ];
    const known = { ruleId: 'x.y' };
    const findings = [
      finding(),
      finding({ severity: 'low', confidence: 'low' }),
      finding({ ...known, path: 'b.ts' }),
      finding({ ...known, path: 'c.ts' }),
      finding({ ...known, path: 'e.ts' }),
      finding({ ruleId: 'z.z', path: 'm.ts' }),
    ];
    const markersOf = (one: Finding) =>
      one.ruleId === 'z.z' ? [{ text: 'ggignore', ruleIds: [], reason: undefined, line: 3 }] : [];
    const judged = judge(findings, context({ ignores }, { baseline: baseline(...entries), markersOf }));
    expect(
      judged.findings.map((one) => [one.finding === findings[judged.findings.indexOf(one)], one.verdict.kind]),
    ).toEqual([
      [true, 'dropped'],
      [true, 'dropped'],
      [true, 'known'],
      [true, 'kept'],
      [true, 'known-new-place'],
      [true, 'dropped'],
    ]);
    expect(judged.suppressions).toEqual([
      { name: 'config ignore 1', count: 2 },
      { name: 'config ignore 2', count: 0 },
      { name: 'config ignore 3, expired 2026-01-01', count: 0 },
      { name: 'baseline aaaaaaaa b.ts (.unleak-baseline:9)', count: 1 },
      { name: 'baseline aaaaaaaa c.ts (.unleak-baseline:10), expired 2026-01-01', count: 0 },
      { name: 'baseline aaaaaaaa d.ts', count: 0 },
      { name: 'inline ggignore m.ts:3', count: 1 },
    ]);
  });

  test('rows of the same name are summed', () => {
    const rows = sumUses(
      [{ name: 'a', count: 0 }],
      [
        { name: 'b', count: 1 },
        { name: 'a', count: 2 },
      ],
      [],
    );
    expect(rows).toEqual([
      { name: 'a', count: 2 },
      { name: 'b', count: 1 },
    ]);
  });

  test('no verdict holds the value', () => {
    const value = `CHANGEME${TOKEN}`;
    const everything = [
      finding({ value }),
      finding({ value, confidence: 'low' }),
      finding({ value, ruleId: 'generic.x', path: 'yarn.lock' }),
    ];
    expect(JSON.stringify(judge(everything, context()))).not.toContain(value);
  });
});
