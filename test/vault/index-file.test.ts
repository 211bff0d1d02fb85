// Names from files: what the AWS CLI writes (versions 1 and 2), bare lists, our own file; and everything that is none of these.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigError } from '../../src/model/errors.ts';
import { formatIndex, parseIndexFile } from '../../src/vault/index-file.ts';
import { mergeIndex } from '../../src/vault/merge-index.ts';

const parse = (text: string) => parseIndexFile(text, 'names.json');
const namesOf = (text: string) => parse(text).listing.entries.map(({ name }) => name);

function messageOf(text: string): string {
  try {
    parse(text);
    return 'parsed';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

test.each([
  ['AWS CLI 2', '"2026-03-01T12:00:00.123000+02:00"', '2026-03-01T10:00:00.123Z'],
  ['AWS CLI 1 and the wire', '1709287200.5', '2024-03-01T10:00:00.500Z'],
  ['without an offset', '"2026-03-01T12:00:00"', '2026-03-01T12:00:00.000Z'],
  ['a year alone', '"2026"', undefined],
  ['in another form', '"March 1"', undefined],
  ['out of all reason', '1e300', undefined],
  ['of a wrong type', '{"a":1}', undefined],
])('dates: %s', (_, written, read) => {
  const { entries } = parse(`{"SecretList":[{"Name":"a","CreatedDate":${written}}]}`).listing;
  expect(entries[0]?.createdDate).toBe(read);
});

test('the list of the AWS CLI, of --query SecretList, of describe-parameters, with a byte order mark', () => {
  expect(namesOf('{"SecretList":[{"Name":"a"},{"Name":"b"}]}')).toEqual(['a', 'b']);
  expect(namesOf('[{"Name":"a"}]')).toEqual(['a']);
  expect(namesOf('\uFEFF{"Parameters":[{"Name":"/p","Version":2}]}')).toEqual(['/p']);
  expect(parse('{"Parameters":[{"Name":"/p"}]}').listing.source.store).toBe('parameter-store');
  expect(namesOf('{"SecretList":[]}')).toEqual([]);
});

test('region and account come from the ARN, in every partition', () => {
  const { entries } = parse(
    '[{"Name":"n","ARN":"arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:n-AbCdEf"},{"Name":"m","ARN":"nonsense"}]',
  ).listing;
  expect(entries.map(({ region, account, arn }) => [region, account, arn])).toEqual([
    ['cn-north-1', '111122223333', 'arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:n-AbCdEf'],
    [undefined, undefined, 'nonsense'],
  ]);
});

const HOW = 'make it with: aws secretsmanager list-secrets --include-planned-deletion --output json';

test.each([
  ['', `names.json: is not JSON; ${HOW}`],
  ['a: yaml', `names.json: is not JSON; ${HOW}`],
  ['{}', `names.json: holds neither "SecretList" nor "Parameters"; ${HOW}`],
  ['null', `names.json: holds neither "SecretList" nor "Parameters"; ${HOW}`],
  ['7', `names.json: holds neither "SecretList" nor "Parameters"; ${HOW}`],
  ['{"SecretList":{}}', `names.json: "SecretList" is no list; ${HOW}`],
  [
    '{"SecretList":[{"Name":"a"},{}]}',
    `names.json: entry 2 of "SecretList" has no name that an entry can have; ${HOW}`,
  ],
  [
    '{"SecretList":[{"Name":"a\\u001b[31m"}]}',
    `names.json: entry 1 of "SecretList" has no name that an entry can have; ${HOW}`,
  ],
  [
    '{"SecretList":[{"Name":"a\\u202eb"}]}',
    `names.json: entry 1 of "SecretList" has no name that an entry can have; ${HOW}`,
  ],
  ['{"SecretList":["a"]}', `names.json: entry 1 of "SecretList" has no name that an entry can have; ${HOW}`],
  [
    '{"SecretList":[],"NextToken":"x"}',
    'names.json: holds the first page only; list without --max-items and --no-paginate',
  ],
  [
    '{"format":"unleak-vault-index","version":2,"SecretList":[]}',
    'names.json: is an index of another version; make it again with --save-index',
  ],
])('refused: %s', (text, message) => {
  expect(messageOf(text)).toBe(message);
});

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'Name',
        'ARN',
        'Tags',
        'Key',
        'Value',
        'CreatedDate',
        'RotationRules',
        'SecretVersionsToStages',
        'Version',
        '__proto__',
        'Region',
        'ReplicaRegions',
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value;

test('fuzz: any JSON is read or refused, and what is read survives being saved', () => {
  fc.assert(
    fc.property(fc.array(json, { maxLength: 4 }), fc.array(json, { maxLength: 2 }), (secrets, parameters) => {
      const text = JSON.stringify({ SecretList: secrets, Parameters: parameters });
      if (messageOf(text) !== 'parsed') return;
      const index = mergeIndex([parse(text).listing], [], '2026-01-01T00:00:00.000Z');
      const again = mergeIndex([parse(formatIndex(index)).listing], [], '2026-01-01T00:00:00.000Z');
      expect(again.entries).toEqual(index.entries);
    }),
    { seed: 20261124, numRuns: 400 },
  );
});

test('fuzz: any text is JSON of ours or refused with one line that does not repeat it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12 }), (text) => {
      const message = messageOf(`{"SecretList":[{"Name":${text}`);
      if (message === 'parsed') return;
      expect(message.split('\n')).toHaveLength(1);
      expect(message).not.toContain(text);
    }),
    { seed: 20261124, numRuns: 300 },
  );
});

test('10,000 entries: read and merged well within a second', () => {
  const entry = (i: number) => ({
    ARN: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/${i}/db-AbCdEf`,
    Name: `team/${i}/db`,
    Description: 'what it is for, in some words',
    Tags: [{ Key: 'team', Value: `t${i % 50}` }],
    CreatedDate: '2026-03-01T12:00:00.123000+02:00',
    SecretVersionsToStages: { [`00000000-0000-0000-0000-${i}`]: ['AWSCURRENT'] },
  });
  const text = JSON.stringify({ SecretList: Array.from({ length: 10_000 }, (_, i) => entry(i)) });
  const before = performance.now();
  const index = mergeIndex([parse(text).listing], [], '2026-01-01T00:00:00.000Z');
  expect(index.entries).toHaveLength(10_000);
  expect(performance.now() - before).toBeLessThan(1_000);
});
