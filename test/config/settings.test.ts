// Merging: defaults, the order of the layers, and what adds up.
import { expect, test } from 'vitest';
import type { IgnoreEntry } from '../../src/config/ignore-entry.ts';
import { mergeSettings } from '../../src/config/settings.ts';

const entry = (name: string): IgnoreEntry => ({
  name,
  paths: [],
  matchesPath: () => true,
  rule: 'a.b',
  value: undefined,
  fingerprint: undefined,
  reason: 'r',
  until: undefined,
});

test('nothing said: the defaults', () => {
  expect(mergeSettings([{}, {}])).toEqual({
    minConfidence: 'medium',
    minSeverity: 'low',
    only: [],
    skip: [],
    disabledRules: [],
    severities: new Map(),
    ruleFiles: [],
    ignores: [],
    baseline: undefined,
    failOnNewPlace: false,
    allowIncomplete: false,
    jobs: undefined,
    aws: { profile: undefined, regions: [], namePrefix: undefined, names: undefined },
  });
});

test('single values: flags over environment over file; undefined says nothing; lists that add up do', () => {
  const [one, two] = [entry('1'), entry('2')];
  const file = {
    minConfidence: 'low',
    minSeverity: 'high',
    only: ['a.b'],
    skip: ['x.y'],
    disabledRules: ['d.e'],
    severities: new Map([
      ['a.b', 'low'],
      ['c.d', 'low'],
    ] as const),
    ruleFiles: ['r.yml'],
    ignores: [one],
    baseline: 'file',
    failOnNewPlace: true,
    aws: { profile: 'p', regions: ['eu-west-1'] },
  } as const;
  const environment = { minConfidence: 'high', skip: ['x.z'], jobs: 2, baseline: undefined } as const;
  const flags = {
    minConfidence: 'medium',
    only: ['c.d'],
    skip: ['x.y'],
    severities: new Map([['a.b', 'critical']] as const),
    ruleFiles: ['s.yml', 'r.yml'],
    ignores: [two],
    failOnNewPlace: false,
    allowIncomplete: true,
    aws: { regions: ['us-east-1'], names: 'n.json' },
  } as const;
  expect(mergeSettings([file, environment, flags])).toEqual({
    minConfidence: 'medium',
    minSeverity: 'high',
    only: ['c.d'],
    skip: ['x.y', 'x.z'],
    disabledRules: ['d.e'],
    severities: new Map([
      ['a.b', 'critical'],
      ['c.d', 'low'],
    ]),
    ruleFiles: ['r.yml', 's.yml'],
    ignores: [one, two],
    baseline: 'file',
    failOnNewPlace: false,
    allowIncomplete: true,
    jobs: 2,
    aws: { profile: 'p', regions: ['us-east-1'], namePrefix: undefined, names: 'n.json' },
  });
});
