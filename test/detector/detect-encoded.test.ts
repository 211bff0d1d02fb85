// What is written in an encoding is found, reported at what is written, and nothing else is: each encoding by each kind of
// secret, nesting, budgets, the value's name, noise, and seeded nonsense.
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CONTEXT_BYTES } from '../../src/detector/chunk.ts';
import { resolveOverlaps } from '../../src/detector/resolve-overlaps.ts';
import type { Detection } from '../../src/model/finding.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { CONFIG, detectText, matcher, SOURCE, smallDetector } from '../support/small-detector.ts';

const detector = smallDetector([
  matcher({ id: 'acme.token', wakeUp: { kind: 'prefix', words: ['acm_'] }, pattern: 'acm_[A-Za-z0-9]{36}' }),
  matcher({
    id: 'url.password',
    kind: 'password',
    minBytes: 0,
    wakeUp: { kind: 'anchor', words: ['://'], beforeBytes: 0 },
    pattern: '://[^:@/\\s"]{1,60}:([^@/\\s"]{8,60})@',
  }),
  matcher({
    id: 'generic.password',
    kind: 'password',
    wakeUp: { kind: 'assignment', words: ['passw'] },
    pattern: '[!-~]{6,200}',
  }),
]);

interface Planted {
  readonly rule: string;
  readonly text: string;
  readonly value: string;
}

function plant(seed: number): readonly Planted[] {
  const random = new RandomText(seed);
  const token = `acm_${random.text('base62', 36)}`;
  const urlPassword = random.text('base62', 18);
  const password = `${random.text('base62', 17)}!7`;
  return [
    { rule: 'acme.token', text: token, value: token },
    { rule: 'url.password', text: `postgres://app:${urlPassword}@db.internal:5432/shop`, value: urlPassword },
    {
      rule: 'generic.password',
      text: `{"host": "db.internal", "password": "${password}", "port": 5432}`,
      value: password,
    },
    { rule: 'acme.token', text: `# settings\nNAME=shop\nTOKEN=${token}\nDEBUG=0\n`, value: token },
  ];
}

const lines = (text: string, size: number): string[] => text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const each = (text: string, write: (code: number) => string): string =>
  [...text].map((c) => write(c.charCodeAt(0))).join('');
const hex = (code: number, size: number): string => code.toString(16).padStart(size, '0');
const isPlain = (code: number): boolean => /[A-Za-z0-9_.-]/.test(String.fromCharCode(code));

/** Name, the words of the reason, how it is written, and whether the whole text must be encoded to be looked at. */
const ENCODINGS: readonly (readonly [name: string, label: string, write: (text: string) => string])[] = [
  ['base64', 'base64', (text) => `blob: ${base64(text)}\n`],
  ['base64 behind =', 'base64', (text) => `BLOB=${base64(text)}\n`],
  ['base64url', 'base64', (text) => `"blob": "${Buffer.from(text).toString('base64url')}"`],
  ['base64 in a data URL', 'base64', (text) => `url(data:text/plain;base64,${base64(text)})`],
  ['base64 behind \\n', 'base64', (text) => `"first\\n${base64(text)}\\n"`],
  ['base64 in lines', 'base64', (text) => `blob: |\n  ${lines(base64(text), 40).join('\n  ')}\n`],
  ['base64 in CRLF lines', 'base64', (text) => `begin\r\n${lines(base64(text), 44).join('\r\n')}\r\n\r\nend\r\n`],
  ['base64 in escaped lines', 'base64', (text) => `"${lines(base64(text), 60).join('\\n')}\\n"`],
  ['base64 in literals', 'base64', (text) => `x = "${lines(base64(text), 48).join('" +\n    "')}";`],
  ['base64 of gzip', 'base64 of gzip', (text) => `blob: ${base64(gzipSync(text))}\n`],
  ['hex', 'hex', (text) => `blob: ${Buffer.from(text).toString('hex')}\n`],
  ['HEX', 'hex', (text) => `blob = 0x${Buffer.from(text).toString('hex').toUpperCase()};`],
  ['hex in lines', 'hex', (text) => `${lines(Buffer.from(text).toString('hex'), 64).join('\n')}\n`],
  [
    'percent',
    'percent-encoding',
    (text) => `/go?to=${encodeURIComponent(`"x":${text}`).replace('acm_', 'ac%6D_')}&a=1`,
  ],
  ['percent, all', 'percent-encoding', (text) => `?q=%3a%3d${each(text, (c) => `%${hex(c, 2)}`)}`],
  ['\\u', 'escapes', (text) => `x = "${each(text, (c) => `\\u${hex(c, 4)}`)}"`],
  ['\\x', 'escapes', (text) => `x = "${each(text, (c) => `\\x${hex(c, 2)}`)}"`],
  ['\\\\u', 'escapes', (text) => `x = "${each(text, (c) => `\\\\u${hex(c, 4)}`)}"`],
  ['decimal entities', 'HTML entities', (text) => `<p>${each(text, (c) => `&#${c};`)}</p>`],
  [
    'hex entities',
    'HTML entities',
    (text) => `<p>${each(text, (c) => (isPlain(c) && c % 2 ? String.fromCharCode(c) : `&#x${hex(c, 2)};`))}</p>`,
  ],
];

const summary = (text: string, traits = CONFIG): string[] =>
  detectText(detector, text, traits).map(
    (d) => `${d.ruleId} ${d.secret.reveal()} ${d.reasons.filter((r) => r.step === 'decoded').map((r) => r.text)}`,
  );

describe.each(ENCODINGS)('%s', (_, label, write) => {
  it.each([1, 2, 3])('gives what is hidden, seed %i', (seed) => {
    for (const { rule, text, value } of plant(seed)) {
      const written = write(text);
      expect(summary(written), written).toEqual([`${rule} ${value} written as ${label}`]);
    }
  });
});

describe('the place of a finding', () => {
  const [, url, , settings] = plant(7);
  const spanned = (text: string): string[] =>
    detectText(detector, text, CONFIG).map((d) => text.slice(d.span.start, d.span.end));

  it('is what stands for the value, in every encoding of characters', () => {
    const { text, value } = url!;
    const written = encodeURIComponent(`x:${text}`);
    expect(spanned(`?to=${written}`)).toEqual([encodeURIComponent(value)]);
    expect(spanned(each(text, (c) => `\\x${hex(c, 2)}`))).toEqual([each(value, (c) => `\\x${hex(c, 2)}`)]);
    expect(spanned(each(text, (c) => `&#x${hex(c, 2)};`))).toEqual([each(value, (c) => `&#x${hex(c, 2)};`)]);
    expect(spanned(`t: ${Buffer.from(text).toString('hex')}`)).toEqual([Buffer.from(value).toString('hex')]);
  });

  it('is made of the characters that hold its bits, in base64', () => {
    const { text, value } = settings!;
    const at = text.indexOf(value);
    const written = base64(text);
    const slice = written.slice(Math.floor((at * 4) / 3), Math.ceil(((at + value.length) * 4) / 3));
    expect(spanned(`x: ${written}`)).toEqual([slice]);
    const [detection] = detectText(detector, `x: |\n${lines(written, 40).join('\n')}\n`, CONFIG);
    const line = (offset: number): number => Math.floor(offset / 40);
    const from = Math.floor((at * 4) / 3);
    const to = Math.ceil(((at + value.length) * 4) / 3);
    expect(detection?.span).toEqual({ start: 5 + from + line(from), end: 5 + to + line(to - 1) });
  });

  it('is that of each secret in a text of several', () => {
    const values = [1, 2, 3].map((seed) => plant(seed)[0]!.value);
    const found = detectText(detector, `x: ${base64(values.join(' '))}`, CONFIG);
    expect(found.map((d) => d.secret.reveal())).toEqual(values);
    expect(found.every((d, i) => i === 0 || found[i - 1]!.span.end <= d.span.start)).toBe(true);
  });
});

describe('nested encodings', () => {
  const { text, value } = plant(4)[3]!;
  const wrap = (depth: number): string => (depth === 0 ? text : base64(wrap(depth - 1)));

  it('are read to the third', () => {
    const label = (n: number): string => Array.from({ length: n }, () => 'base64').join(' in ');
    for (const depth of [1, 2, 3])
      expect(summary(wrap(depth))).toEqual([`acme.token ${value} written as ${label(depth)}`]);
    expect(summary(wrap(4))).toEqual([]);
  });

  it('may be of several sorts', () => {
    const inner = `payload=${base64(text)}`;
    expect(summary(`?x=${encodeURIComponent(`"a":"${base64(gzipSync(inner))}`)}`)).toEqual([
      `acme.token ${value} written as base64 in base64 of gzip in percent-encoding`,
    ]);
  });
});

describe('a single value', () => {
  const password = `${new RandomText(9).text('base62', 9)}!7`;
  it.each([
    `data:\n  db-password: ${base64(password)}\n`,
    `data:\n  db-password: ${base64(`${password}\n`)}\n`,
    `"password": "${base64(password)}"`,
    `<password>${base64(password)}</password>`,
    `db_password = '${base64(`${password}${password}`)}'`,
  ])('is judged by the name that it is assigned to: %s', (text) => {
    const [found, ...more] = detectText(detector, text, CONFIG);
    expect(more).toEqual([]);
    expect(found?.secret.reveal().startsWith(password)).toBe(true);
    expect(text.slice(found!.span.start, found!.span.end)).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  it.each(['xxxxxxxxxxxx', '$' + '{PASSWORD}', '<password>', '************'])(
    'is silent when %s is all it holds',
    (value) => {
      expect(summary(`password: ${base64(value)}`)).toEqual([]);
    },
  );

  it('stays as it is when it is no text', () => {
    const value = new RandomText(3).text('base64', 24);
    expect(summary(`password: ${value}`)).toEqual([`generic.password ${value} `]);
  });
});

describe('strings in pieces', () => {
  const { value } = plant(5)[0]!;
  it.each([
    ['" +\n    "', '"'],
    ["' + '", "'"],
    ['"\n  + "', '"'],
    ['"\n    "', '"'],
    ['\\\n', '"'],
    ['\\\r\n    ', "'"],
  ])('are joined over %j', (seam, quote) => {
    const text = `const token = ${quote}${value.slice(0, 24)}${seam}${value.slice(24)}${quote};`;
    expect(summary(text, SOURCE)).toEqual([`acme.token ${value} written as strings in pieces`]);
    const [found] = detectText(detector, text, SOURCE);
    expect(text.slice(found!.span.start, found!.span.end)).toBe(`${value.slice(0, 24)}${seam}${value.slice(24)}`);
  });

  it('are not, when something else stands between', () => {
    const text = (seam: string): string => `"${value.slice(0, 24)}${seam}${value.slice(24)}"`;
    for (const seam of ['", "', '" + x + "', '" - "', '":\n "']) expect(summary(text(seam), SOURCE), seam).toEqual([]);
  });

  it('are joined when quoted-printable breaks them', () => {
    const line = `${'filler text of a letter, '.repeat(2)}password=3D`;
    const password = `${new RandomText(8).text('base62', 20)}!7`;
    expect(summary(`${line}${password.slice(0, 12)}=\n${password.slice(12)} and more\n`)).toEqual([
      `generic.password ${password} written as quoted-printable`,
    ]);
  });
});

describe('noise', () => {
  const random = new RandomText(12);
  const payload = `{"password":"${random.text('base62', 20)}"}`;
  it.each([
    [
      'a drawing',
      `data:image/svg+xml;base64,${base64(`<svg xmlns="x"><!-- password: ${random.text('base62', 20)} --></svg>`)}`,
    ],
    [
      'a source map',
      `//# sourceMappingURL=data:application/json;base64,${base64(`{"version":3,"sources":[],"x":${payload}}`)}`,
    ],
    ['an image', base64(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n'), random.bytes(400)]))],
    ['packed bytes', base64(deflateSync(random.bytes(400)))],
    [
      'the payload of a token',
      `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(payload)}.${random.text('base64url', 43)}`,
    ],
    ['a list of public keys', base64(`{"signed": {"_type": "root", "x": ${payload}}}`)],
    ['a digest', `sha512-${base64(Buffer.from(random.bytes(64)))}`],
  ])('stays silent: %s', (_, text) => {
    expect(summary(text)).toEqual([]);
  });
});

describe('the cut of a text', () => {
  /** Detections of a text that is looked at in two chunks, cut at `border`. */
  function inTwo(bytes: Buffer, border: number): string[] {
    const found: Detection[] = [];
    const look = (from: number, to: number, ownStart: number, ownEnd: number): void => {
      detector.kernel.input.set(bytes.subarray(from, to));
      const chunk = {
        size: to - from,
        baseOffset: from,
        ownStart: ownStart - from,
        ownEnd: ownEnd - from,
        traits: CONFIG,
      };
      found.push(...detector.detect(chunk));
    };
    look(0, Math.min(bytes.length, border + CONTEXT_BYTES), 0, border);
    look(Math.max(0, border - CONTEXT_BYTES), bytes.length, border, bytes.length);
    return places(resolveOverlaps(found));
  }
  const places = (found: readonly Detection[]): string[] =>
    found.map(
      (d) => `${d.ruleId} ${d.confidence} ${d.span.start}-${d.span.end} ${d.secret.reveal()} ${d.reasons.at(-1)?.text}`,
    );

  it.each([1, 4])('does not show, seed %i', (seed) => {
    const random = new RandomText(seed);
    const texts = [10, 11, 12, 13, 14].flatMap((one) => plant(seed * 100 + one));
    let text = '';
    while (text.length < 60_000) {
      const { text: one, value } = random.pick(texts);
      const [, , write] = random.pick(ENCODINGS);
      const forms = [
        () => write(one),
        () => write(texts.map((t) => t.text).join('\n')),
        () => `password: ${base64(value.slice(0, 15))}`,
        () => `password=3D${value}`,
        () => `const x = "${value.slice(0, 22)}" +\n  "${value.slice(22)}";`,
        () => `?password=${value}%26%22%3a`,
      ];
      text += `${random.pick(forms)()}\n${random.pick(['', ' ', 'words '.repeat(random.integer(200))])}\n`;
    }
    const bytes = Buffer.from(text);
    const whole = places(detectText(detector, text, CONFIG));
    expect(whole.length).toBeGreaterThan(30);
    for (let border = 500 + random.integer(200); border < bytes.length; border += 2500 + random.integer(4000)) {
      expect(inTwo(bytes, border), `border ${border}`).toEqual(whole);
    }
  });
});

describe('hostile input', () => {
  it('does not unpack a bomb, once or nested', () => {
    const bomb = gzipSync(Buffer.alloc(9_000_000, 97));
    expect(summary(`x: ${base64(bomb)}`)).toEqual([]);
    const nested = gzipSync(base64(gzipSync(base64(gzipSync(Buffer.alloc(200_000, 98))))));
    expect(summary(`x: ${base64(nested)}`)).toEqual([]);
  });

  it('reads the beginning of a text that is too long', () => {
    const { text, value } = plant(6)[3]!;
    const filler = 'nothing to see here, move on\n'.repeat(20_000);
    expect(summary(`x: ${base64(text + filler)}`)).toEqual([`acme.token ${value} written as base64`]);
    expect(summary(`x: ${base64(filler + text)}`)).toEqual([]);
  });

  it.each([
    ['base64 of base64', () => base64(base64('word word word word '.repeat(29_000)))],
    ['lines', () => `${base64('word word word word word word ')}\n`.repeat(24_000)],
    ['short texts', () => `${base64('word word word word ')} `.repeat(34_000)],
    ['tiny bombs', () => `${base64(gzipSync(Buffer.alloc(20_000, 97)))} `.repeat(10_000)],
    ['escapes', () => '\\u0061\\x61%3A%61&#x61;'.repeat(45_000)],
    ['pieces', () => `"${'a1'.repeat(12)}" + `.repeat(30_000)],
  ])('costs no more than a multiple of its size: %s', (_, make) => {
    const text = make();
    detectText(detector, text.slice(0, 10_000));
    const start = performance.now();
    detectText(detector, text);
    // About a tenth of this on an idle machine; quadratic work would take minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('never throws on pieces of encodings', () => {
    const { text } = plant(11)[3]!;
    const whole = ENCODINGS.map(([, , write]) => write(text));
    for (let seed = 1; seed <= 300; seed++) {
      const random = new RandomText(seed);
      let mixed = '';
      for (let i = 0; i < 12; i++) {
        const piece = random.pick(whole);
        const from = random.integer(piece.length);
        mixed += piece.slice(from, from + random.integer(piece.length));
        if (random.integer(3) === 0) mixed += Buffer.from(random.bytes(6)).toString('latin1');
        if (random.integer(4) === 0) mixed = base64(mixed);
      }
      for (const d of detectText(detector, mixed, random.integer(2) === 0 ? CONFIG : SOURCE)) {
        expect(d.span.start < d.span.end && d.span.end <= Buffer.byteLength(mixed), `seed ${seed}`).toBe(true);
      }
    }
  });
});
