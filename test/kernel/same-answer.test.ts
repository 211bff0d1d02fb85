// The WebAssembly kernel and its plain twin give the same candidates: on a table of the forms people write, and on
// seeded random text made of their pieces.
import { describe, expect, it } from 'vitest';
import { createFallback } from '../../src/kernel/fallback.ts';
import { CANDIDATE_SIZE, type Kernel } from '../../src/kernel/kernel.ts';
import { buildKernelTables } from '../../src/kernel/tables.ts';
import { createWasmKernel, isSimdSupported } from '../../src/kernel/wasm-kernel.ts';
import { RandomText } from '../../src/util/random-text.ts';

const CAPACITY = 1 << 16;
const TABLES = buildKernelTables({
  prefixes: [
    { id: 0, literal: 'acm_' },
    { id: 1, literal: 'SG.' },
    { id: 2, literal: 'acme-live-' },
  ],
  nears: [
    { id: 0, literal: 'acme' },
    { id: 1, literal: 'key' },
    { id: 2, literal: 'data-dog' },
  ],
  anchors: [
    { id: 0, literal: 'passw', demand: 'assignment' },
    { id: 1, literal: '://', demand: 'url' },
    { id: 2, literal: '-----BEGIN', demand: 'none' },
    { id: 3, literal: 'secret', demand: 'assignment' },
    { id: 4, literal: 'pwd', demand: 'assignment' },
  ],
});

function candidatesOf(kernel: Kernel, text: Uint8Array): string[] {
  kernel.input.set(text);
  const found: string[] = [];
  for (let count = kernel.begin(text.length); ; count = kernel.next()) {
    for (let i = 0; i < count; i++) {
      const [kindAndId = 0, position, value] = kernel.candidates.subarray(i * CANDIDATE_SIZE, (i + 1) * CANDIDATE_SIZE);
      found.push(`${['prefix', 'near', 'anchor', 'encoded'][kindAndId >> 16]} ${kindAndId & 0xffff} ${position} ${value}`);
    }
    if (kernel.isDone()) return found.sort();
  }
}

const wasm = createWasmKernel(TABLES, CAPACITY);
const plain = createFallback(TABLES, CAPACITY);
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

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
  ['password = "hunter22"', ['anchor 0 0 12']],
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
];

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
