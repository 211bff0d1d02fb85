import { expect, test } from 'vitest';
import { ENVIRONMENT_VARIABLES, parseJobs, readEnvironment } from '../../src/config/read-environment.ts';

test('every variable', () => {
  const env = {
    PATH: '/bin',
    UNLEAK_CONFIG: 'c.yml',
    UNLEAK_MIN_CONFIDENCE: 'low',
    UNLEAK_MIN_SEVERITY: ' high ',
    UNLEAK_BASELINE: 'b',
    UNLEAK_ONLY: 'a.b, c.d e.f',
    UNLEAK_SKIP: 'g.*',
    UNLEAK_JOBS: '4',
    UNLEAK_FAIL_ON_NEW_PLACE: 'true',
    UNLEAK_ALLOW_INCOMPLETE: '0',
    UNLEAK_BASELINE_KEY: 'x',
    UNLEAK_BASELINE_KEY_FILE: 'y',
    UNLEAK_SHARD_COUNT: '4',
  };
  expect(Object.keys(env).slice(1).sort()).toEqual([...ENVIRONMENT_VARIABLES].sort());
  expect(readEnvironment(env)).toEqual({
    settings: {
      minConfidence: 'low',
      minSeverity: 'high',
      baseline: 'b',
      only: ['a.b', 'c.d', 'e.f'],
      skip: ['g.*'],
      jobs: 4,
      failOnNewPlace: true,
      allowIncomplete: false,
    },
    configFile: 'c.yml',
    warnings: [],
  });
});

test('empty says nothing; unknown variables are warnings', () => {
  expect(
    readEnvironment({
      UNLEAK_JOBS: '',
      UNLEAK_CONFIG: ' ',
      UNLEAK_MIN_CONFIDENSE: 'low',
      UNLEAK_X: '1',
      unleak_jobs: '2',
    }),
  ).toEqual({
    settings: {},
    configFile: undefined,
    warnings: [
      'environment variable UNLEAK_MIN_CONFIDENSE is not known and has no effect. Did you mean "UNLEAK_MIN_CONFIDENCE"?',
      'environment variable UNLEAK_X is not known and has no effect.',
    ],
  });
});

test.each([
  ['UNLEAK_MIN_CONFIDENCE', 'High', 'must be one of high, medium, low'],
  ['UNLEAK_MIN_SEVERITY', 'x', 'must be one of critical, high, medium, low'],
  ['UNLEAK_JOBS', '0', 'must be a whole number from 1 to 256'],
  ['UNLEAK_JOBS', '1e2', 'must be a whole number from 1 to 256'],
  ['UNLEAK_ALLOW_INCOMPLETE', 'maybe', 'must be 1 or 0'],
])('%s=%s is an error that names the variable', (name, value, what) => {
  expect(() => readEnvironment({ [name]: value })).toThrow(`environment variable ${name}: ${what}`);
});

test('jobs', () => {
  expect(['1', '256', '257', '-1', '1.5', '', 'x'].map(parseJobs)).toEqual([
    1,
    256,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
