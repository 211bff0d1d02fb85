// PyPI tokens: a version 2 macaroon in base64url. The signature needs PyPI's key; the structure, the expiry and the
// projects can be read. Anyone may add caveats, so the length is open.
// @source pypi/warehouse macaroons/services.py, macaroons/caveats.py
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { parseJson } from '../util/json-object.ts';
import type { Check } from './check.ts';
import { dateFact, FAIL, nameFact, passWith, UNKNOWN } from './outcome.ts';

const FIELD = { end: 0, location: 1, identifier: 2, signature: 6 } as const;
const LOCATIONS = ['pypi.org', 'test.pypi.org'];
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Macaroon {
  readonly location: string;
  readonly identifier: string;
  readonly caveats: readonly string[];
}

/** Reads fields one after the other; every read is undefined when the next field is another or is cut. */
class FieldReader {
  readonly #bytes: Buffer;
  #at = 1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Takes the byte `value` if it comes next. */
  take(value: number): boolean {
    const isNext = this.#bytes[this.#at] === value;
    if (isNext) this.#at++;
    return isNext;
  }

  /** Content of the field `kind`; lengths are varints, two bytes are enough for what fits in a token. */
  read(kind: number): Buffer | undefined {
    if (!this.take(kind)) return undefined;
    const low = this.#bytes[this.#at] ?? 0;
    const high = low < 0x80 ? 0 : (this.#bytes[this.#at + 1] ?? 0x80);
    if (high >= 0x80) return undefined;
    const from = this.#at + (low < 0x80 ? 1 : 2);
    const end = from + (low & 0x7f) + high * 128;
    if (end > this.#bytes.length) return undefined;
    this.#at = end;
    return this.#bytes.subarray(from, end);
  }
}

/** @returns undefined unless the bytes are one macaroon to the exact end */
function parseMacaroon(bytes: Buffer): Macaroon | undefined {
  if (bytes[0] !== 2) return undefined;
  const reader = new FieldReader(bytes);
  const location = reader.read(FIELD.location)?.toString('latin1');
  const identifier = reader.read(FIELD.identifier)?.toString('latin1');
  if (location === undefined || identifier === undefined || !reader.take(FIELD.end)) return undefined;
  const caveats: string[] = [];
  while (!reader.take(FIELD.end)) {
    const caveat = reader.read(FIELD.identifier);
    if (!caveat || !reader.take(FIELD.end)) return undefined;
    caveats.push(caveat.toString('utf8'));
  }
  const signature = reader.read(FIELD.signature);
  return signature?.length === 32 && reader.isAtEnd ? { location, identifier, caveats } : undefined;
}

/** Expiry (tag 0) and project names (tag 1). */
function caveatFact(text: string): string | undefined {
  const caveat = parseJson(text);
  if (!Array.isArray(caveat)) return undefined;
  if (caveat[0] === 0) return dateFact('expires', caveat[1]);
  return caveat[0] === 1 && Array.isArray(caveat[1]) ? nameFact('projects', caveat[1].join(' ')) : undefined;
}

export const pypiMacaroon: Check = {
  name: 'pypi-macaroon',
  test: (value) => {
    if (!value.startsWith('pypi-') || value.length > 4096) return UNKNOWN;
    const bytes = decodeBase64(value.slice(5), 'base64url');
    const macaroon = bytes && parseMacaroon(bytes);
    if (!macaroon || !LOCATIONS.includes(macaroon.location) || !UUID.test(macaroon.identifier)) return FAIL;
    const place = macaroon.location === 'pypi.org' ? undefined : macaroon.location;
    return passWith(place, ...macaroon.caveats.slice(0, 8).map(caveatFact));
  },
  mint: (random, argument) => {
    const field = (kind: number, content: Uint8Array | string): Buffer =>
      Buffer.concat([Uint8Array.from([kind, content.length]), Buffer.from(content)]);
    const hex = random.text('hex', 32);
    const uuid = hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
    const bytes = Buffer.concat([
      Uint8Array.from([2]),
      field(FIELD.location, argument === 'test' ? 'test.pypi.org' : 'pypi.org'),
      field(FIELD.identifier, uuid),
      Uint8Array.from([FIELD.end]),
      field(FIELD.identifier, `[3,"${random.text('hex', 8)}"]`),
      Uint8Array.from([FIELD.end, FIELD.end]),
      field(FIELD.signature, random.bytes(32)),
    ]);
    return `pypi-${encodeBase64(bytes, 'base64url')}`;
  },
};
