// The WebAssembly kernel and its plain twin give the same candidates: on a table of the forms people write, and on
// seeded random text made of their pieces.
import { describe, expect, it } from 'vitest';
import { placeAnchors } from '../../src/kernel/anchor-buckets.ts';
import { createFallback } from '../../src/kernel/fallback.ts';
import { CANDIDATE_SIZE, type Kernel } from '../../src/kernel/kernel.ts';
import { buildKernelTables, type KernelWords } from '../../src/kernel/tables.ts';
import { createWasmKernel, isSimdSupported } from '../../src/kernel/wasm-kernel.ts';
import { RandomText } from '../../src/util/random-text.ts';

const CAPACITY = 1 << 16;
const WORDS: KernelWords = {
  prefixes: [
    { id: 0, literal: 'acm_' },
    { id: 1, literal: 'SG.' },
    { id: 2, literal: 'acme-live-' },
  ],
  nears: [
    { id: 0, literal: 'acme' },
    { id: 1, literal: 'key' },
    { id: 2, literal: 'data-dog' },
    { id: 3, literal: 'data-cat' },
    { id: 4, literal: 'datas' },
  ],
  anchors: [
    { id: 0, literal: 'passw', demand: 'assignment' },
    { id: 1, literal: '://', demand: 'url' },
    { id: 2, literal: '-----BEGIN', demand: 'none' },
    { id: 3, literal: 'secret', demand: 'assignment' },
    { id: 4, literal: 'pwd', demand: 'assignment' },
  ],
};
const TABLES = buildKernelTables(WORDS, placeAnchors(WORDS.anchors, {}));

function candidatesOf(kernel: Kernel, text: Uint8Array): string[] {
  kernel.input.set(text);
  const found: string[] = [];
  for (let count = kernel.begin(text.length); ; count = kernel.next()) {
    for (let i = 0; i < count; i++) {
      const [kindAndId = 0, position, value] = kernel.candidates.subarray(i * CANDIDATE_SIZE, (i + 1) * CANDIDATE_SIZE);
      found.push(
        `${['prefix', 'near', 'anchor', 'encoded'][kindAndId >> 16]} ${kindAndId & 0xffff} ${position} ${value}`,
      );
    }
    if (kernel.isDone()) return found.sort();
  }
}

const wasm = createWasmKernel(TABLES, CAPACITY);
const plain = createFallback(TABLES, CAPACITY);
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

const BASE64 = Buffer.from('some settings, in plain text').toString('base64').slice(0, 36);
const HEX_TEXT = Buffer.from('some settings, plain').toString('hex');

/** Text, and the candidates that both must give. */
const TABLE: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['plain words and nothing else', []],
  ['x = "acm_abcdefghijklmnopqrst"', ['prefix 0 5 0']],
  ['x = "acm_abcdefghijklmno"', []],
  ['xacm_abcdefghijklmnopqrst', []],
  ['"\\nacm_abcdefghijklmnopqrst"', ['prefix 0 3 0']],
  ['"\\u0022acm_abcdefghijklmnopqrst"', ['prefix 0 7 0']],
  ['?q=%20acm_abcdefghijklmnopqrst', ['prefix 0 6 0']],
  ['SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvw', ['prefix 1 0 0']],
  ['acme-live-abcdefghijklmnopqrst', ['prefix 2 0 0']],
  ['ACME_KEY=a1b2c3d4e5f6a7b8', ['near 0 0 0', 'near 1 5 0']],
  ['ACME_KEY=abcdefghijklmnop', []],
  ['data-dog: a1b2c3d4e5f6a7b8c9d0', ['near 2 0 0']],
  ['data-cat_datas: a1b2c3d4e5f6a7b8c9d0', ['near 3 0 0', 'near 4 9 0']],
  // Behind the first 64 characters of a run.
  [`${'x'.repeat(70)}/acm_${'y'.repeat(30)}`, ['prefix 0 71 0']],
  [`acme ${'x'.repeat(70)}1${'y'.repeat(30)}2`, ['near 0 0 0']],
  [`acme ${'x'.repeat(70)}1${'y'.repeat(60)}2`, []],
  ['password = "hunter22"', ['anchor 0 0 12']],
  ['password_of_the_shop_and_of_all_its_tills = "hunter22"', ['anchor 0 0 45']],
  ['passwordétrès_longue = "hunter22"', ['anchor 0 0 24']],
  ['PassWord: hunter22', ['anchor 0 0 10']],
  ['"password": "hunter22"', ['anchor 0 1 13']],
  ['\\"password\\": \\"hunter22\\"', ['anchor 0 2 16']],
  ['<db.password>hunter22</db.password>', ['anchor 0 4 13']],
  ["define('DB_PASSWORD', 'hunter22')", ['anchor 0 11 23']],
  ['setPassword("hunter22")', ['anchor 0 3 13']],
  ['setPassword(hunter22)', []],
  ['--password hunter22', ['anchor 0 2 11']],
  ['the password hunter22', []],
  ['password "hunter22"', ['anchor 0 0 10']],
  ['password := `hunter22`', ['anchor 0 0 13']],
  ["'password' => 'hunter22'", ['anchor 0 1 15']],
  ['env["password"] = "hunter22"', ['anchor 0 5 19']],
  ['secret = @"hunter22"', ['anchor 3 0 11']],
  ['secret = b"hunter22"', ['anchor 3 0 11']],
  ['secret || "hunter22"', ['anchor 3 0 11']],
  ['secret ||= "hunter22"', ['anchor 3 0 12']],
  ['secret == other', ['anchor 3 0 10']],
  ['secret !== "hunter22"', ['anchor 3 0 12']],
  ['secret += "hunter22"', ['anchor 3 0 11']],
  ['secret != other', []],
  ['"secret" -> "hunter22"', ['anchor 3 1 13']],
  ['mail.password             = "hunter22"', ['anchor 0 5 29']],
  ['&a_secret%3Dhunter22%26', ['anchor 3 3 12']],
  ['name="password" value="hunter22"', ['anchor 0 6 23']],
  ['name="password" type="hunter22"', []],
  ['the password is hunter22', ['anchor 0 4 16']],
  ['the password isnt hunter22', []],
  ['{&#34;password&#34;: &#34;hunter22&#34;}', ['anchor 0 6 26']],
  ['&quot;password&quot;:&quot;hunter22&quot;', ['anchor 0 6 27']],
  ['ENV PASSWORD hunter22', ['anchor 0 4 13']],
  ['secrets: ["hunter22"]', ['anchor 3 0 11']],
  ['secrets: [hunter22]', []],
  ['secret =\n    "hunter22"', ['anchor 3 0 14']],
  ['secret:\n  hunter22', []],
  ['"secret": "{\\"a\\": 1}"', ['anchor 3 1 11']],
  ['password = "1t\'aTurned"', ['anchor 0 0 12']],
  ["password = 1t'aTurned", []],
  ['secret = ""', []],
  ['secret = (a, b)', []],
  ['secret =', []],
  ['pwd=abcd', ['anchor 4 0 4']],
  ['pwd=abc', []],
  ['https://host/a?b=c:d', []],
  ['https://host/ a:b@c', []],
  ['https://u:p@host', ['anchor 1 5 0']],
  ['x://host?passWORD=a', ['anchor 1 1 0']],
  ['x://h;pwd=ab', ['anchor 1 1 0']],
  ['-----BEGIN KEY', ['anchor 2 0 0']],
  [`x: ${BASE64}`, ['encoded 0 3 39']],
  [`x="${BASE64}"`, ['encoded 0 3 39']],
  [`NAME=${BASE64}`, ['encoded 0 5 41']],
  [`"a\\n${BASE64}"`, ['encoded 0 4 40']],
  [`x: ${BASE64.slice(0, 23)}`, []],
  ['x: aGVsbG8gd29ybGQsIHRo\u00ff\u00ffaGVsbG8', []],
  ['x: H4sIAAAAAAAAA0vMTVXIzy1SBABNrG', ['encoded 0 3 33']],
  [`x: ${HEX_TEXT}`, ['encoded 1 3 43']],
  [`x = 0x${HEX_TEXT.toUpperCase()}`, ['encoded 1 6 46']],
  [`x: ${HEX_TEXT.slice(0, 39)}`, []],
  ['x: 00112233445566778899aabbccddeeff0011223344', []],
  ['password=3Dabcdefghijklmnop', ['anchor 0 0 9', 'encoded 3 8 27']],
  ['x = "abcdefghijklmnopqrst" + "more"', ['encoded 2 5 25']],
  ['x = "abcdefghijklmnopqrst"\n    "more"', ['encoded 2 5 25']],
  ['x = "abcdefghijklmnopqrst" "more"', []],
  ["x = 'abcdefghijklmnopqrst' + more", []],
  ['x = "abcdefghijklmnopqrst\\\nmore"', ['encoded 2 5 25']],
];

/** Encoded text, now and then with a byte that is none. */
function encodedText(random: RandomText): string {
  const text = Buffer.from(`${random.text('lower', 20 + random.integer(30))} ${random.text('digits', 4)}`);
  if (random.integer(4) === 0) text[random.integer(text.length)] = random.integer(256);
  return text.toString(random.pick(['base64', 'base64url', 'hex'] as const));
}

describe('kernel', () => {
  it('runs as WebAssembly here, so that both are compared', () => {
    expect(isSimdSupported()).toBe(true);
  });

  it.each(TABLE)('%j', (text, expected) => {
    expect(candidatesOf(wasm, bytes(text))).toEqual([...expected].sort());
    expect(candidatesOf(plain, bytes(text))).toEqual([...expected].sort());
  });

  it('gives the same on every place within a block', () => {
    for (let shift = 0; shift < 140; shift++) {
      for (const [text] of TABLE) {
        const moved = bytes(`${' '.repeat(shift)}${text}`);
        expect(candidatesOf(wasm, moved), `${shift} blanks before ${text}`).toEqual(candidatesOf(plain, moved));
      }
    }
  });

  it('gives the same on random text made of the pieces', () => {
    const pieces = [
      'acm_',
      'SG.',
      'acme-live-',
      'acme',
      'KEY',
      'data-dog',
      'passw',
      '://',
      '-----BEGIN',
      'secret',
      'pwd',
    ];
    const glue = [
      ' ',
      '\n',
      '=',
      ': ',
      '"',
      "'",
      ' := ',
      ', ',
      '(',
      ')',
      '<',
      '>',
      '\\',
      '\\n',
      '%20',
      '@',
      '--',
      '.',
      '\u00e9',
      '\0',
    ];
    for (let seed = 1; seed <= 400; seed++) {
      const random = new RandomText(seed);
      let text = '';
      const size = random.integer(4000);
      while (text.length < size) {
        const dice = random.integer(10);
        if (dice < 3) text += random.pick(pieces);
        else if (dice < 7) text += random.pick(glue);
        else if (dice < 9)
          text += random.text(random.pick(['base64', 'lower', 'hex', 'base64url'] as const), random.integer(40));
        else if (random.integer(2) === 0) text += encodedText(random);
        else text += Buffer.from(random.bytes(random.integer(30))).toString('latin1');
      }
      expect(candidatesOf(wasm, bytes(text)), `seed ${seed}`).toEqual(candidatesOf(plain, bytes(text)));
    }
  });

  it('loses nothing when the list is full, and counts what one run exceeds', () => {
    const many = bytes('pwd=abcd\n'.repeat(7000));
    expect(candidatesOf(wasm, many)).toHaveLength(7000);
    const crowded = bytes('acm_'.repeat(16_000));
    expect(candidatesOf(wasm, crowded)).toEqual(candidatesOf(plain, crowded));
  });

  it('counts UTF-16 units', () => {
    const text = Buffer.from('aé€😀 '.repeat(40));
    for (const kernel of [wasm, plain]) {
      kernel.input.set(text);
      kernel.begin(text.length);
      expect(kernel.countUnits(0, text.length)).toBe(240);
      expect(kernel.countUnits(1, 10)).toBe(4);
    }
  });

  it('finds the first zero byte', () => {
    const text = new Uint8Array(100).fill(65);
    for (const at of [37, 64]) text[at] = 0;
    for (const kernel of [wasm, plain]) {
      kernel.input.set(text);
      kernel.begin(text.length);
      const found = [
        kernel.findZero(0, 100),
        kernel.findZero(38, 100),
        kernel.findZero(38, 64),
        kernel.findZero(65, 100),
      ];
      expect(found).toEqual([37, 64, -1, -1]);
    }
  });

  it('counts line feeds', () => {
    const text = bytes('a\nbb\n\nccc'.repeat(50));
    for (const kernel of [wasm, plain]) {
      kernel.input.set(text);
      kernel.begin(text.length);
      expect(kernel.countNewlines(0, text.length)).toBe(150);
      expect(kernel.countNewlines(3, 5)).toBe(1);
    }
  });
});
