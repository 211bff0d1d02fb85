// Tokens that are base64 of a text with a known pattern: Atlassian Data Center, Intercom, Clerk, WorkOS.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import type { Check } from './check.ts';
import { FAIL, nameFact, PASS, passWith, UNKNOWN } from './outcome.ts';

function unpack(text: string): string | undefined {
  return decodeBase64(text, 'base64')?.toString('latin1');
}

function pack(text: string): string {
  return encodeBase64(Buffer.from(text, 'latin1'), 'base64');
}

/** Bitbucket, Jira and Confluence Data Center: decimal id, colon, random bytes. A peer's rule. @source CredSweeper */
export const atlassianDcToken: Check = {
  name: 'atlassian-dc-token',
  test: (value) => {
    const text = value.length === 44 ? unpack(value) : undefined;
    const parts = text === undefined ? null : /^[0-9]{4,19}:([\s\S]+)$/.exec(text);
    // Random bytes are hardly ever all printable; a host and port or a user and password are.
    return parts && /[^\x20-\x7e]/.test(parts[1]!) ? PASS : UNKNOWN;
  },
  mint: (random) => {
    const secret = random.bytes(20);
    secret[0] = 0x80 | secret[0]!;
    return pack(`${1 + random.integer(9)}${random.text('digits', 11)}:${Buffer.from(secret).toString('latin1')}`);
  },
};

/** `tok:`, a UUID with underscores, `:1:0`. Read from peers' samples. */
export const intercomToken: Check = {
  name: 'intercom-token',
  test: (value) => {
    const text = value.length === 60 ? unpack(value) : undefined;
    return text !== undefined && /^tok:[0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12}:\d:\d$/.test(text) ? PASS : UNKNOWN;
  },
  mint: (random) => {
    const id = random.text('hex', 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1_$2_$3_$4_');
    return pack(`tok:${id}:1:0`);
  },
};

/** pk_live_ or pk_test_ and a host name with `$`: public, but it tells Clerk from Stripe. @source clerk/clerk-docs */
export const clerkPublishable: Check = {
  name: 'clerk-publishable',
  test: (value) => {
    const body = value.length <= 300 ? /^pk_(?:live|test)_([A-Za-z0-9+/=]+)$/.exec(value)?.[1] : undefined;
    if (body === undefined) return UNKNOWN;
    const text = unpack(body);
    if (text === undefined || !/^[a-z0-9.-]{4,200}\$$/.test(text)) return FAIL;
    return passWith('public key', nameFact('host', text.slice(0, -1)));
  },
  mint: (random, argument) => `${argument || 'pk_test_'}${pack(`${random.text('lower', 8)}.example.com$`)}`,
};

/** sk_live_ or sk_test_ and `key_`, a ULID, a comma and 25 characters: tells WorkOS from Stripe. From peers' rules. */
export const workosKey: Check = {
  name: 'workos-key',
  test: (value) => {
    const body = /^sk_(?:live|test)_([A-Za-z0-9+/]{75}=)$/.exec(value)?.[1];
    const text = body === undefined ? undefined : unpack(body);
    return text !== undefined && /^key_[0-9A-Z]{26},[A-Za-z0-9]{25}$/.test(text) ? PASS : UNKNOWN;
  },
  mint: (random, argument) =>
    `${argument || 'sk_test_'}${pack(`key_01${random.text('BASE36', 24)},${random.text('base62', 25)}`)}`,
};
