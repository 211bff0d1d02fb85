// However a text is cut, the findings are the same: the window's cut never shows.
import { describe, expect, it } from 'vitest';
import type { LocatedDetection } from '../../src/pipeline/located.ts';
import { createTextScanner } from '../../src/pipeline/text-scanner.ts';
import { WINDOW_BYTES } from '../../src/pipeline/text-window.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { matcher, smallDetector } from '../support/small-detector.ts';

const detector = smallDetector([
  matcher({ id: 'acme.token', wakeUp: { kind: 'prefix', words: ['acm_'] }, pattern: 'acm_[A-Za-z0-9]{36}' }),
  matcher({ id: 'dog.key', wakeUp: { kind: 'near', words: ['datadog'], withinBytes: 60 }, pattern: '[a-f0-9]{32}' }),
  matcher({
    id: 'generic.password',
    kind: 'password',
    wakeUp: { kind: 'assignment', words: ['passw'] },
    pattern: '[^\\s]{4,200}',
  }),
  matcher({
    id: 'pem.key',
    maxBytes: 16_384,
    wakeUp: { kind: 'anchor', words: ['-----BEGIN'], beforeBytes: 0 },
    pattern: '-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\\s]{64,16000}-----END PRIVATE KEY-----',
  }),
]);
const scanner = createTextScanner(detector);

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function scan(bytes: Buffer, pieceBytes: number): Promise<readonly LocatedDetection[]> {
  await scanner.scanStream({
    kind: 'stream',
    origin: { kind: 'stdin', path: 'x.env' },
    chunks: pieces(bytes, pieceBytes),
  });
  return scanner.take().located;
}

const summary = (found: readonly LocatedDetection[]): string[] =>
  found.map(
    (d) =>
      `${d.ruleId} ${d.location.line}:${d.location.column}-${d.location.endLine}:${d.location.endColumn} ${d.span.start}`,
  );

/** Plants secrets at given offsets of a text that is otherwise filler; gives where they stand. */
function plant(
  size: number,
  offsets: readonly number[],
  seed: number,
  hasLines: boolean,
): { text: Buffer; at: number[] } {
  const random = new RandomText(seed);
  const filler = Buffer.from(hasLines ? 'some words é and then\nmore words\n' : 'some words and, then more words ');
  const text = Buffer.alloc(size, filler);
  const secrets = [
    () => ` acm_${random.text('base62', 36)} `,
    () => ` DATADOG_KEY="${random.text('hex', 32)}" `,
    () => ` password = "${random.text('base62', 12)}!7" `,
    () => ` -----BEGIN PRIVATE KEY-----\n${`${random.text('base64', 64)}\n`.repeat(180)}-----END PRIVATE KEY----- `,
  ];
  const at: number[] = [];
  offsets.forEach((offset, i) => {
    const secret = Buffer.from(secrets[i % secrets.length]!());
    if (offset < 0 || offset + secret.length > size) return;
    secret.copy(text, offset);
    at.push(offset);
  });
  return { text, at };
}

describe('sliding window', () => {
  it('finds a secret wherever it lies across the cut', async () => {
    const step = WINDOW_BYTES - 2 * 18_432;
    const edges = [WINDOW_BYTES - 18_432, WINDOW_BYTES, step, 2 * step + 18_432];
    for (const edge of edges) {
      for (const shift of [-40_000, -18_000, -700, -60, -30, -12, -1, 0, 1, 25, 300, 17_000]) {
        const size = 3 * WINDOW_BYTES;
        const { text, at } = plant(size, [edge + shift, 60_000, 300_000, 500_000], 5, true);
        const found = await scan(text, 1 << 16);
        expect(
          found.map((d) => d.ruleId),
          `edge ${edge} shift ${shift}`,
        ).toHaveLength(at.length);
      }
    }
  });

  it('gives the same findings, lines and columns for pieces of any size', async () => {
    for (const hasLines of [true, false]) {
      const offsets = Array.from({ length: 40 }, (_, i) => 1000 + i * 79_999);
      const { text, at } = plant(3_400_000, offsets, hasLines ? 11 : 12, hasLines);
      const whole = summary(await scan(text, text.length));
      expect(whole).toHaveLength(at.length);
      for (const size of [997, 65_536, WINDOW_BYTES - 1, WINDOW_BYTES + 1]) {
        expect(summary(await scan(text, size)), `pieces of ${size}`).toEqual(whole);
      }
    }
  });

  it('finds what is written in an encoding wherever it lies across the cut', async () => {
    const token = `acm_${new RandomText(31).text('base62', 36)}`;
    const password = `${new RandomText(32).text('base62', 10)}!7`;
    const encode = (text: string): string => Buffer.from(text).toString('base64');
    const lines = encode(`NAME=shop\nTOKEN=${token}\n`).replace(/.{40}/g, '$&\n  ');
    const block = [
      `blob: |\n  ${lines}\n`,
      `data:\n  db-password: ${encode(password)}\n`,
      `x = "${token.slice(0, 24)}" +\n  "${token.slice(24)}";\n`,
      `?to=${encodeURIComponent(`"password":"${password}"`)}\n`,
      `DATADOG_KEY="${new RandomText(33).text('hex', 32)}"\n`,
    ].join('some words\n');
    const rules = ['acme.token', 'generic.password', 'acme.token', 'generic.password', 'dog.key'];
    const cut = WINDOW_BYTES - 18_432;
    for (let shift = -block.length - 10; shift < 20; shift += 7) {
      const start = cut + shift;
      const text = Buffer.from(`${' '.repeat(start - 1)}\n${block}`.padEnd(start + block.length + 200_000, ' more\n'));
      const found = await scan(text, 1 << 18);
      expect(
        found.map((d) => d.ruleId),
        `shift ${shift}`,
      ).toEqual(rules);
      expect(found.map((d) => d.location.line)).toEqual([3, 7, 9, 12, 14]);
    }
  });

  it('counts lines and columns as an editor does', async () => {
    const token = `acm_${new RandomText(3).text('base62', 36)}`;
    const text = Buffer.from(`é😀\r\n${'x'.repeat(3_000_000)} 😀é ${token}\n`);
    expect(summary(await scan(text, 1 << 20))).toEqual([`acme.token 2:3000006-2:3000046 3000016`]);
  });
});
