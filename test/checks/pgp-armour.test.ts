// OpenPGP private key blocks.
import { expect, test } from 'vitest';
import { pgpArmour } from '../../src/checks/pgp-armour.ts';
import { RandomText } from '../../src/util/random-text.ts';

const BLOCK = pgpArmour.mint!(new RandomText(1), '');
const LINES = BLOCK.split('\n');

test('with and without checksum line, escaped, indented, CRLF, with header fields', () => {
  const bare = LINES.filter((line) => !line.startsWith('='));
  const withFields = [LINES[0], 'Version: GnuPG v2', 'Comment: made up', ...LINES.slice(1)];
  const forms = [BLOCK, bare.join('\n'), LINES.join('\\n'), LINES.join('\r\n'), withFields.join('\n')];
  for (const form of [...forms, LINES.map((line) => `    ${line}`).join('\n')]) {
    expect(pgpArmour.test(form)).toEqual({ result: 'pass', note: undefined });
  }
});

test('an altered body, another packet or an empty body fails', () => {
  const altered = LINES.map((line, i) => (i === 4 ? line.toLowerCase() : line)).join('\n');
  expect(pgpArmour.test(altered).result).toBe('fail');
  const body = Buffer.alloc(60, 0x99).toString('base64');
  expect(pgpArmour.test([LINES[0], '', body, LINES.at(-1)].join('\n')).result).toBe('fail');
  expect(pgpArmour.test(`${LINES[0]}\n...\n${LINES.at(-1)}`).result).toBe('fail');
  expect(pgpArmour.test(LINES[0]!).result).toBe('fail');
});

test('a block that is cut says nothing', () => {
  expect(pgpArmour.test(LINES.slice(0, -2).join('\n')).result).toBe('unknown');
});
