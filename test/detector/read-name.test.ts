// What names say, in the styles people write them.
import { expect, test } from 'vitest';
import { readName } from '../../src/detector/read-name.ts';

test.each([
  ['password', ['name:password', 'name:last', 'name:alone']],
  ['DB_PASSWORD', ['name:password', 'name:last', 'name:owner', 'name:screaming']],
  ['spring.datasource.password', ['name:password', 'name:last', 'name:alone', 'name:dotted']],
  ['clientSecret', ['name:secret', 'name:last', 'name:owner']],
  ['passwordHash', ['name:password', 'name:derived']],
  ['publicKeyToken', ['name:token', 'name:last', 'name:public']],
  ['nextToken', ['name:token', 'name:last', 'name:paging']],
  ['renderPass', ['name:pass', 'name:last', 'name:other']],
  ['getToken', ['name:token', 'name:last', 'name:verb']],
  ['new_password', ['name:password', 'name:last', 'name:form']],
  ['csrf_token', ['name:token', 'name:last', 'name:csrf']],
  ['1password', ['name:password', 'name:last', 'name:word-inside', 'name:other']],
  ['keyid', ['name:key', 'name:word-inside', 'name:id']],
  ['passwordfile', ['name:password', 'name:about', 'name:word-inside']],
  ['labelPassword', ['name:password', 'name:last', 'name:about']],
  ['NOPASSWD', ['name:password', 'name:last', 'name:word-inside', 'name:other', 'name:screaming']],
  ['keyIdHex', ['name:key', 'name:id']],
  ['DEFAULT_PASSWORD', ['name:password', 'name:last', 'name:default', 'name:screaming']],
  ['auth.load', ['name:auth', 'name:member', 'name:word-inside', 'name:dotted']],
  ['tokens', ['name:token', 'name:last', 'name:alone', 'name:plural']],
])('%s', (name, expected) => {
  expect(readName(name, 0)).toEqual(expected);
});

test('the word that woke the rule counts when the last part has none', () => {
  expect(readName('secret.value', 0)).toEqual(readName('my.secret.value', 3));
});
