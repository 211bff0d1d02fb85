// GitLab's routable tokens: three tests in one value. The last seven characters are the CRC-32 of everything before
// them, two characters give the payload's length, and the payload's last byte gives the length of the routing text.
import { encodeInteger } from '../util/base-n.ts';
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { crc32 } from '../util/crc32.ts';
import { ALPHABETS } from '../util/random-text.ts';
import type { Check } from './check.ts';
import { FAIL, passWith, UNKNOWN } from './outcome.ts';

/** Everything hashed, the text before the first group, its declared length, the checksum. */
const FORM = /^(([A-Za-z0-9_-]{20,330})\.(?:[0-9a-z]{2}\.)?([0-9a-z]{2}))([0-9a-z]{7})$/;
const RANDOM_BYTES = 16;

const FACTS: Readonly<Record<string, string>> = { o: 'organization', g: 'group', p: 'project', u: 'user' };

function checksum(hashed: string): string {
  return encodeInteger(crc32(hashed), ALPHABETS.base36, 7);
}

/** The routing text of a payload; undefined when its length byte does not fit. */
function readRouting(payload: string): string | undefined {
  const bytes = decodeBase64(payload, 'base64url');
  const size = bytes?.at(-1);
  if (!bytes || size === undefined || size !== bytes.length - RANDOM_BYTES - 1) return undefined;
  const text = bytes.subarray(RANDOM_BYTES, -1).toString('latin1');
  return /^(?:[cgoput]:[0-9a-z]{1,13}(?:\n|$)){1,6}$/.test(text) ? text : undefined;
}

/** Turns `o:1` and `u:2s` into `organization 1` and `user 100`. */
function routingFacts(routing: string): string[] {
  return routing.split('\n').flatMap((line) => {
    const label = FACTS[line.slice(0, 1)];
    const id = Number.parseInt(line.slice(2), 36);
    return label && Number.isSafeInteger(id) ? [`${label} ${id}`] : [];
  });
}

/**
 * A custom prefix of an instance is part of what is hashed; the payload is found by its declared length. Tokens without
 * groups (the old 20 characters) have nothing to test.
 *
 * @source gitlabhq lib/authn/token_field/generator/routable_token.rb
 */
export const gitlabRoutable: Check = {
  name: 'gitlab-routable',
  test: (value) => {
    const parts = value.length <= 400 ? FORM.exec(value) : null;
    if (!parts) return UNKNOWN;
    if (checksum(parts[1]!) !== parts[4]) return FAIL;
    const length = Number.parseInt(parts[3]!, 36);
    const routing = length > 0 && length <= parts[2]!.length ? readRouting(parts[2]!.slice(-length)) : undefined;
    // The checksum holds by chance once in 2^32, so another inside is a form that is not known here.
    return routing === undefined ? UNKNOWN : passWith(...routingFacts(routing));
  },
  mint: (random, argument) => {
    const routing = `o:1\nu:${encodeInteger(1 + random.integer(99_999_999), ALPHABETS.base36, 1)}`;
    const tail = [...Buffer.from(routing, 'latin1'), routing.length];
    const payload = encodeBase64(Uint8Array.from([...random.bytes(RANDOM_BYTES), ...tail]), 'base64url');
    const hashed = `${argument || 'glpat-'}${payload}.01.${encodeInteger(payload.length, ALPHABETS.base36, 2)}`;
    return hashed + checksum(hashed);
  },
};
