// The content of OpenSSH key files.
import { expect, test } from 'vitest';
import { describeOpensshKey, hasOpensshMagic, mintOpensshKey } from '../../src/checks/openssh-key.ts';
import { RandomText } from '../../src/util/random-text.ts';

test('open and encrypted', () => {
  const open = mintOpensshKey(new RandomText(1), false);
  expect(hasOpensshMagic(open)).toBe(true);
  expect(describeOpensshKey(open)).toBe('OpenSSH');
  expect(describeOpensshKey(mintOpensshKey(new RandomText(1), true))).toBe('encrypted');
});

test('every cut and every appended byte is seen', () => {
  const open = mintOpensshKey(new RandomText(1), false);
  for (let size = 0; size < open.length; size++) expect(describeOpensshKey(open.subarray(0, size))).toBeUndefined();
  expect(describeOpensshKey(Buffer.concat([open, Buffer.alloc(1)]))).toBeUndefined();
});

test('altered bytes never throw (fuzz)', () => {
  for (let seed = 0; seed < 1000; seed++) {
    const random = new RandomText(seed);
    const bytes = mintOpensshKey(random, seed % 2 === 0);
    for (let i = 0; i < 3; i++) bytes[15 + random.integer(bytes.length - 15)] = random.integer(256);
    expect([undefined, 'OpenSSH', 'encrypted'], `seed ${seed}`).toContain(describeOpensshKey(bytes));
  }
});
