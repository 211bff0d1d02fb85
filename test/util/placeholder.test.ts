// Table of values that are placeholders, of values that are not, and proof that random text is never dropped.
import { describe, expect, test } from 'vitest';
import { findPlaceholder, placeholderReason } from '../../src/util/placeholder.ts';
import { type AlphabetName, RandomText } from '../../src/util/random-text.ts';

const EXAMPLE = 'EXA' + 'MPLE';
const random = new RandomText(20260801);
const PEM_START = '-----BEGIN RSA ' + 'PRIVATE KEY-----';
const PEM_END = '-----END RSA ' + 'PRIVATE KEY-----';

const HARD: readonly (readonly [string, string])[] = [
  ['', 'is empty'],
  ['   ', 'is empty'],
  ['xxxxxxxxxxxx', 'repeats one piece'],
  ['0000000000000000', 'repeats one piece'],
  ['00000000-0000-0000-0000-000000000000', 'repeats one piece'],
  ['00000000-0000-0000-0000-000000000001', 'repeats one piece'],
  ['000102030405060708090a0b0c0d0e0f', 'is a counting row or a walk over the keyboard'],
  ['ffeeddccbbaa99887766554433221100', 'is a counting row or a walk over the keyboard'],
  ['********', 'repeats one piece'],
  ['deadbeefdeadbeefdeadbeefdeadbeef', 'repeats one piece'],
  [`ghp_${'x'.repeat(36)}`, 'repeats one piece'],
  [`AKIA${'X'.repeat(16)}`, 'is crossed out with x'],
  ['sk-xxxx-xxxx', 'is crossed out with x'],
  ['xoxb-xxxx-yyyy', 'is crossed out with x'],
  ['$' + '{DB_PASSWORD}', 'is filled in from a template'],
  ['pre-{{ secrets.token }}', 'is filled in from a template'],
  ['#{ENV}', 'is filled in from a template'],
  ['$(cat file)', 'is filled in from a template'],
  ['<your token>', 'is a name in brackets'],
  ['<API_KEY>', 'is a name in brackets'],
  ['[API KEY]', 'is a name in brackets'],
  ['{token}', 'is a name in brackets'],
  ['$DB_PASSWORD', 'is the name of a variable'],
  ['%PASSWORD%', 'is the name of a variable'],
  ['__TOKEN__', 'is the name of a variable'],
  ['%s', 'is a format string'],
  ['%(password)s', 'is a format string'],
  ['abc***', 'is masked or cut'],
  ['sk-abc...', 'is masked or cut'],
  ['0123456789abcdef', 'is a counting row or a walk over the keyboard'],
  ['0123456789abcdef0123456789abcdef', 'is a counting row or a walk over the keyboard'],
  ['abcdefghijklmnop', 'is a counting row or a walk over the keyboard'],
  ['ghp_abcdefghijklmnopqrstuvwxyz1234567890', 'is a counting row or a walk over the keyboard'],
  ['dummy-token-1234567890', 'is a counting row or a walk over the keyboard'],
  [`AK${'IA'}IOSFODNN7${EXAMPLE}`, 'says itself that it is made up'],
  [`${random.text('base64', 31)}${EXAMPLE}KEY`, 'says itself that it is made up'],
  [`${PEM_START}\n...\n${PEM_END}`, 'is masked or cut'],
  [`${PEM_START}\\nMIIE...\\n${PEM_END}`, 'is masked or cut'],
  [`${PEM_START}\n${PEM_END}`, 'is empty'],
];

const SOFT: readonly (readonly [string, string])[] = [
  ['1234567890', 'is a counting row or a walk over the keyboard'],
  ['987654321', 'is a counting row or a walk over the keyboard'],
  ['qwertyuiop', 'is a counting row or a walk over the keyboard'],
  ['asdf1234', 'is a counting row or a walk over the keyboard'],
  ['1qaz2wsx', 'is a counting row or a walk over the keyboard'],
  ['changeme', 'says itself that it is made up'],
  ['CHANGE_ME', 'says itself that it is made up'],
  ['change-me-123', 'says itself that it is made up'],
  ['YOUR_API_KEY_HERE', 'says itself that it is made up'],
  ['yourSecretKeyHere', 'is a word that stands for a value'],
  ['your-github-token', 'is a word that stands for a value'],
  ['myExamplePassword', 'says itself that it is made up'],
  ['my-example-password', 'says itself that it is made up'],
  ['REDACTED', 'says itself that it is made up'],
  ['insert_your_token', 'says itself that it is made up'],
  ['dummy-token-x1', 'is a word that stands for a value'],
  ['fake_password', 'is a word that stands for a value'],
  ['sk_live_your_key', 'says itself that it is made up'],
  ['test', 'names a credential and is none'],
  ['test-key', 'names a credential and is none'],
  ['testpassword', 'names a credential and is none'],
  ['test123', 'names a credential and is none'],
  ['foo', 'names a credential and is none'],
  ['password', 'names a credential and is none'],
  ['api_key', 'names a credential and is none'],
  ['clientSecret', 'names a credential and is none'],
  ['null', 'names a credential and is none'],
];

const REAL: readonly string[] = [
  'Summer2024!',
  'P@ssw0rd',
  'hunter2',
  'letmein!',
  'admin',
  'password1',
  'Welcome1',
  'correct-horse-battery-staple',
  'hidden-valley-92-ranch',
  'fortress',
  'contestant',
  'Xxantia12',
  'a%sTq9!kd',
  'tr0ub4dor&3',
  'Dr4gon!1234',
  'blue-green-1111',
  `test${new RandomText(5).text('base62', 24)}`,
  `sk_test_${new RandomText(6).text('base62', 24)}`,
  `my-sample-${new RandomText(7).text('base62', 24)}`,
  `${PEM_START}\n${new RandomText(8).text('base64', 640)}\n${PEM_END}`,
];

const KIND_OF: Readonly<Record<string, string>> = {
  'is filled in from a template': 'syntax',
  'is a name in brackets': 'syntax',
  'is the name of a variable': 'syntax',
  'is a format string': 'syntax',
  'is masked or cut': 'masked',
  'is crossed out with x': 'masked',
  'repeats one piece': 'repeat',
  'is a counting row or a walk over the keyboard': 'walk',
  'says itself that it is made up': 'made-up',
  'is a word that stands for a value': 'stand-in',
  'names a credential and is none': 'label',
  'is empty': 'empty',
};

describe('findPlaceholder', () => {
  test.each(HARD)('%j is one, whatever the rule', (value, why) => {
    expect(findPlaceholder(value)).toEqual({ kind: KIND_OF[why], why, isSoft: false });
  });

  test.each(SOFT)('%j is one by its words', (value, why) => {
    expect(findPlaceholder(value)).toEqual({ kind: KIND_OF[why], why, isSoft: true });
  });

  test('weak passwords, and random values beside soft words, are none', () => {
    expect(REAL.filter((value) => placeholderReason(value) !== undefined)).toEqual([]);
  });

  const shapes: readonly (readonly [AlphabetName, number])[] = [
    ['base62', 16],
    ['base62', 20],
    ['base62', 40],
    ['hex', 32],
    ['base36', 24],
    ['base32', 16],
    ['base64', 40],
    ['base64url', 43],
    ['upper', 20],
    ['lower', 20],
    ['digits', 12],
    ['base64', 180],
  ];
  test.each(shapes)('random %s of %i characters is never dropped (seed 77, 20,000 values)', (alphabet, length) => {
    const source = new RandomText(77);
    const dropped: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      const value = source.text(alphabet, length);
      if (findPlaceholder(value)) dropped.push(value);
    }
    expect(dropped).toEqual([]);
  });

  test('at most 2 of 20,000 random printable passwords of 14 characters are dropped: those with template syntax in them (seed 78)', () => {
    const source = new RandomText(78);
    const dropped: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      const value = Array.from({ length: 14 }, () => String.fromCharCode(33 + source.integer(94))).join('');
      if (findPlaceholder(value)) dropped.push(value);
    }
    expect(dropped.length).toBeLessThanOrEqual(2);
  });

  test('any text is answered, quickly, and the reason never holds the value (seed 4242)', () => {
    const source = new RandomText(4242);
    const hostile = [
      '${'.repeat(5000),
      '<a'.repeat(90),
      '*'.repeat(100_000),
      'ab'.repeat(50_000),
      'x-'.repeat(99),
      'aB1'.repeat(66),
    ];
    for (let i = 0; i < 2000; i++) hostile.push(Buffer.from(source.bytes(source.integer(220))).toString('latin1'));
    const start = performance.now();
    for (const value of hostile) {
      const found = findPlaceholder(value);
      if (found && value.length > 8) expect(found.why).not.toContain(value);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
