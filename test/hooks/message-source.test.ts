// Which lines of a message count.
import { expect, test } from 'vitest';
import { dropComments } from '../../src/hooks/message-source.ts';

const CUT = '# ------------------------ >8 ------------------------';

test.each([
  ['a\n# b\nc\n', { comment: '#', hasScissors: false }, 'a\n\nc\n'],
  ['a\n # b\n#c', { comment: '#', hasScissors: false }, 'a\n # b\n'],
  ['a\n// b\n# c\n', { comment: '//', hasScissors: false }, 'a\n\n# c\n'],
  ['a\n# b\n', { comment: undefined, hasScissors: false }, 'a\n# b\n'],
  [`a\n${CUT}\nb\n`, { comment: '#', hasScissors: true }, 'a'],
  [`a\n${CUT}\r\nb\n`, { comment: undefined, hasScissors: true }, 'a'],
  [`a\n${CUT}\nb\n`, { comment: undefined, hasScissors: false }, `a\n${CUT}\nb\n`],
  ['caf\u00e9\n', { comment: '#', hasScissors: true }, 'caf\u00e9\n'],
])('%j %j', (text, cleaning, kept) => {
  expect(dropComments(Buffer.from(text), cleaning).toString()).toBe(kept);
});

test('bytes that are no UTF-8 stay', () => {
  const bytes = Buffer.from([0xff, 0x0a, 0x23, 0xfe]);
  expect([...dropComments(bytes, { comment: '#', hasScissors: true })]).toEqual([0xff, 0x0a]);
});
