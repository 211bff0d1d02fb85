// What a file of known values says: one a line, .env, and the AWS credentials file.
import { expect, test } from 'vitest';
import { readAwsCredentials } from '../../src/known/aws-credentials.ts';
import { sortValues } from '../../src/known/known-value.ts';
import { readValues } from '../../src/known/read-values.ts';

const shown = (text: string) => readValues(text).map(({ name, value, line }) => [line, name, value]);

test('lines, assignments, quotes, comments', () => {
  const text = [
    '\ufeff# mine',
    'plain value with blanks  ',
    'export DB_PASS="a\\"b\\nc" # note',
    "KEY='it # is'",
    'BARE=abc#def # note',
    'EMPTY=',
    'https://user:pw@host/?a=b',
    '',
    'PEM="-----BEGIN',
    'line two',
    'END-----"',
    'AFTER=x"y',
  ].join('\r\n');
  expect(shown(text)).toEqual([
    [2, 'line 2', 'plain value with blanks'],
    [3, 'DB_PASS', 'a"b\nc'],
    [4, 'KEY', 'it # is'],
    [5, 'BARE', 'abc#def'],
    [6, 'line 6', 'EMPTY='],
    [7, 'line 7', 'https://user:pw@host/?a=b'],
    [9, 'PEM', '-----BEGIN\nline two\nEND-----'],
    [12, 'AFTER', 'x"y'],
  ]);
});

test('what is too short or too long is refused by its line', () => {
  const { values, refused } = sortValues(readValues(`A=12345\nB=123456\n${'x'.repeat(4097)}\n`));
  expect(values.map(({ name }) => name)).toEqual(['B']);
  expect(refused).toEqual([
    { line: 1, why: 'shorter than 6 characters' },
    { line: 3, why: 'longer than 4096 bytes' },
  ]);
});

test('AWS credentials by profile', () => {
  const text =
    '[default]\naws_access_key_id = one\nregion = eu\n\n[profile work]\nAWS_SECRET_ACCESS_KEY=two\n aws_session_token = three\n';
  expect(readAwsCredentials(text).map(({ name, value, line }) => [line, name, value])).toEqual([
    [2, 'default.aws_access_key_id', 'one'],
    [6, 'work.aws_secret_access_key', 'two'],
    [7, 'work.aws_session_token', 'three'],
  ]);
});
