// One row a shape, and the look-alikes between them.
import { expect, test } from 'vitest';
import { SHAPES, type Shape, valueShape } from '../../src/detector/value-shape.ts';
import { RandomText } from '../../src/util/random-text.ts';

const random = new RandomText(11);
const ROWS: readonly (readonly [string, Shape])[] = [
  ['enter your password', 'sentence'],
  ['open sesame', 'blanked'],
  ['https://x.test/a', 'url'],
  ['arn:aws:iam::1:role/x', 'url'],
  ['joe@x.test', 'email'],
  ['./keys/a.txt', 'path'],
  ['tls/server.pem', 'path'],
  ['config.get', 'code'],
  ['getToken(user)', 'code'],
  ['550e8400-e29b-41d4-a716-446655440000', 'uuid'],
  [random.text('hex', 32), 'digest'],
  [random.text('hex', 24), 'hex'],
  ['20240101', 'digits'],
  ['0x8803', 'digits'],
  [random.text('base62', 40), 'random'],
  [random.text('base64', 44), 'random'],
  ['repeatedly', 'lower-word'],
  ['Password', 'capital-word'],
  ['BEARER', 'upper-word'],
  ['hunter22', 'word-digits'],
  ['Summer2024!', 'word-digits'],
  ['accessToken', 'camel'],
  ['my-secret-name', 'lower-name'],
  ['DB_PASSWORD', 'screaming'],
  ['Foo-Bar.baz', 'mixed-name'],
  ['grün', 'foreign'],
  ['p@ss!', 'signs'],
];

test.each(ROWS)('%s is %s', (value, shape) => {
  expect(valueShape(value)).toBe(shape);
});

test('every shape has words for people', () => {
  expect(ROWS.filter(([, shape]) => !SHAPES[shape])).toEqual([]);
});
