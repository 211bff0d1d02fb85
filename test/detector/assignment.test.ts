// What is read around a name: the forms of code, configuration, mark-up, URLs and command lines, and where a value ends.
import { expect, test } from 'vitest';
import { readAssignment, readNextInList } from '../../src/detector/assignment.ts';

/** The name's word is `pass…` or `token`; the value starts at `^`, which is taken out. */
function read(marked: string): string[] | undefined {
  const valueStart = marked.indexOf('^');
  const text = marked.replace('^', '');
  const found = readAssignment(text, /pass|token|auth/i.exec(text)!.index, valueStart);
  return found && [found.name, found.operator, found.value, found.quote];
}

test.each([
  ['db.password = "^hunter22"', ['db.password', ' = "', 'hunter22', '"']],
  ["'password' => '^hunter22',", ['password', "' => '", 'hunter22', "'"]],
  ['password: ^hunter22 # note', ['password', ': ', 'hunter22', '']],
  ['password=^hunter22; path=/', ['password', '=', 'hunter22', '']],
  ['{\\"password\\": \\"^hunter22\\"}', ['password', '\\": \\"', 'hunter22', '"']],
  ['&#34;password&#34;: &#34;^hunter22&#34;', ['password', '&#34;: &#34;', 'hunter22', '&']],
  ['https://h/a?token=^abcd1234&b=c', ['token', '=', 'abcd1234', '']],
  ['a%26token%3D^abcd1234%26b%3Dc', ['token', '%3D', 'abcd1234', '']],
  ['Authorization: ^Bearer abcd.1234', ['Authorization', ': Bearer ', 'abcd.1234', '']],
  ['"token": "^{\\"a\\": \\"b\\"}"', ['token', '": "', '{\\"a\\": \\"b\\"}', '"']],
  ['"password": "^don\\"t"', ['password', '": "', 'don\\"t', '"']],
])('%s', (marked, expected) => {
  expect(read(marked)).toEqual(expected);
});

test.each([
  ['a quote that never closes', 'password = "^hunter22'],
  ['a quote that closes on another line', 'password = "^hunter22\n"'],
  ['a value of more than 512 characters', `password = ^${'x'.repeat(600)}`],
])('nothing is read from %s', (_, marked) => {
  expect(read(marked)).toBeUndefined();
});

test('what stands around is cut to what the window holds', () => {
  const text = `${'a'.repeat(300)}\nuser = joe\npassword = "hunter22"; rest\nnext${'b'.repeat(300)}`;
  const start = text.indexOf('hunter22');
  const found = readAssignment(text, text.indexOf('password'), start)!;
  expect(found.before).toBe('');
  expect(found.after).toBe(`; rest\nnext${'b'.repeat(29)}`);
  const [above, below] = found.around.split('\0');
  expect([above!.length, below!.length]).toEqual([160, 200]);
  expect(above!.endsWith('user = joe\n')).toBe(true);
});

test.each([
  ['tokens = ["^one1", "two2", "three3"]', ['one1', 'two2', 'three3']],
  ["tokens: ['^one1',\n  'two2']", ['one1', 'two2']],
  ['{\\"tokens\\":[\\"^one1\\",\\"two2\\"]}', ['one1', 'two2']],
  ['token = "^one1", "two2"', ['one1']],
  ['tokens = ["^one1", two2]', ['one1']],
])('list %s', (marked, expected) => {
  const text = marked.replace('^', '');
  const values: string[] = [];
  let found = readAssignment(text, text.indexOf('token'), marked.indexOf('^'));
  for (; found; found = readNextInList(text, found)) {
    values.push(found.value);
    expect(text.slice(found.valueStart, found.valueEnd)).toBe(found.value);
  }
  expect(values).toEqual(expected);
});
