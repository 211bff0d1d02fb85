// Payloads, variables and git's output are foreign: whatever they hold, the readers give an event, and the parser gives changes
// or says in one way that it cannot.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCommitChanges } from '../../src/ci/commit-changes.ts';
import { readGithub } from '../../src/ci/github.ts';
import { readGitlab } from '../../src/ci/gitlab.ts';
import * as others from '../../src/ci/other-systems.ts';
import type { JsonObject } from '../../src/util/json-object.ts';

// fast-check prints the seed of a failure.
const EVENTS = [
  'push',
  'pull_request',
  'merge_group',
  'workflow_run',
  'create',
  'delete',
  'schedule',
  'constructor',
  '__proto__',
  '',
];
const KEYS = [
  'pull_request',
  'workflow_run',
  'merge_group',
  'repository',
  'base',
  'head',
  'sha',
  'ref',
  'before',
  'after',
  'head_sha',
  'pull_requests',
  'number',
];
const payload = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue())),
);

test('any payload of any event gives a wish', () => {
  fc.assert(
    fc.property(fc.constantFrom(...EVENTS), payload, fc.option(fc.string()), (name, value, sha) => {
      const { wish } = readGithub({ GITHUB_EVENT_NAME: name, GITHUB_SHA: sha ?? undefined }, value as JsonObject);
      expect(['change', 'push', 'history', 'tree', 'nothing']).toContain(wish.kind);
    }),
    { numRuns: 500 },
  );
});

test('a payload that says nothing leads to the files, and that is told', () => {
  for (const name of ['push', 'pull_request', 'merge_group', 'workflow_run', 'create']) {
    expect(readGithub({ GITHUB_EVENT_NAME: name }, {})).toMatchObject({
      wish: { kind: 'tree' },
      notes: ['The payload of the event does not name the commits: the files of the commit were scanned.'],
    });
  }
  expect(readGithub({ GITHUB_EVENT_NAME: 'push' }, undefined).notes).toEqual([
    'The payload of the event could not be read: the files of the commit were scanned.',
  ]);
});

test('any variables give a wish', () => {
  const readers = [readGitlab, ...Object.values(others)];
  const names = [
    'CI_PIPELINE_SOURCE',
    'CI_COMMIT_BEFORE_SHA',
    'BITBUCKET_PR_ID',
    'BUILD_REASON',
    'CHANGE_TARGET',
    'CIRCLE_TAG',
    'TRAVIS_COMMIT_RANGE',
    'DRONE_BUILD_EVENT',
    'CI_PIPELINE_EVENT',
    'BUILDKITE_PULL_REQUEST',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...readers), fc.dictionary(fc.constantFrom(...names), fc.string()), (read, env) => {
      expect(['change', 'push', 'history', 'tree', 'nothing']).toContain(read(env).wish.kind);
    }),
    { numRuns: 500 },
  );
});

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const record = (head: string, path: string): string => `${head}\0${path}\0`;

test('the list of commits is read: new, changed, gone, combined, and odd names', () => {
  const text = [
    `${A}\0`,
    record(`:000000 100644 ${'0'.repeat(40)} ${B} A`, 'new\nname'),
    record(`:100644 100755 ${B} ${C} M`, ':100644'),
    `${B}\0`,
    record(`::100644 100644 100644 ${A} ${B} ${C} MM`, 'merged'),
    `${C}\0`,
    record(`:100644 000000 ${B} ${'0'.repeat(40)} D`, 'gone'),
  ].join('');
  const changes = parseCommitChanges(Buffer.from(text));
  expect(
    [...changes].map(([id, list]) => [
      id[0],
      list.map(({ path, status, newId, newMode }) => [path, status, newId[0], newMode]),
    ]),
  ).toEqual([
    [
      'a',
      [
        ['new\nname', 'A', 'b', 0o100644],
        [':100644', 'M', 'c', 0o100755],
      ],
    ],
    ['b', [['merged', 'M', 'c', 0o100644]]],
    ['c', [['gone', 'D', '0', 0]]],
  ]);
});

test('bytes that git does not print end in a TypeError, never in a loop or in a guess', () => {
  const piece = fc.constantFrom(A, B, '\0', ':100644 100644 ', `${A} ${B} M`, 'name', ':', ' ', '\n');
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
      try {
        for (const [id, list] of parseCommitChanges(Buffer.from(pieces.join('')))) {
          expect(id).toMatch(/^[0-9a-f]{40}$/);
          for (const { newId } of list) expect(newId).toMatch(/^[0-9a-f]{40}/);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
      }
    }),
    { numRuns: 1000 },
  );
});
