// What AWS access key ids and session tokens say about themselves. Ids made since about 2019 hold the account number.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { ALPHABETS } from '../util/random-text.ts';
import type { Check, CheckOutcome } from './check.ts';
import { FAIL, PASS, passWith, UNKNOWN } from './outcome.ts';

const LARGEST_ACCOUNT = 999_999_999_999n;

/**
 * Reads the account from the first ten characters after the type prefix: a generation bit, then 40 bits of account.
 *
 * @returns undefined for an id of the old generation
 */
function readAccount(body: string): bigint | undefined {
  let number = 0n;
  for (const letter of body.slice(0, 10)) number = number * 32n + BigInt(ALPHABETS.base32.indexOf(letter));
  return number >> 49n === 0n ? undefined : (number >> 9n) & 0xff_ffff_ffffn;
}

/** The account behind a key id of any type, for other checks that meet one. */
export function testAccessKeyId(id: string): CheckOutcome {
  if (!/^[A-Z]{4}[A-Z2-7]{16,17}$/.test(id)) return UNKNOWN;
  const account = readAccount(id.slice(4));
  if (account === undefined) return UNKNOWN;
  return account > LARGEST_ACCOUNT ? FAIL : passWith(`account ${String(account).padStart(12, '0')}`);
}

/**
 * No checksum: nine in ten ids of the new generation pass. The old one, which documentation uses, gives `unknown`.
 *
 * @source awsteele.com; WithSecure Labs; getmoto/moto iam/utils.py
 */
export const awsAccessKeyId: Check = {
  name: 'aws-access-key-id',
  test: testAccessKeyId,
  mint: (random, argument) => {
    const account = random.integer(1_000_000) * 1_000_000 + random.integer(1_000_000);
    let number = ((1n << 40n) | BigInt(account)) << 9n;
    number |= BigInt(random.integer(512));
    let head = '';
    for (let i = 0; i < 10; i++, number >>= 5n) head = ALPHABETS.base32[Number(number & 31n)] + head;
    return (argument || ['AK', 'IA'].join('')) + head + random.text('base32', 6);
  },
};

/** First bytes: `origin_ec` in a length-prefixed field, or `er/aws` in the two older kinds. */
const SESSION_HEADS = ['210a096f726967696e5f6563', '170a0665722f617773', '150a0665722f617773'];

/** Session tokens by their first bytes. Decoded from samples, so another start says nothing. */
export const awsSessionToken: Check = {
  name: 'aws-session-token',
  test: (value) => {
    if (value.length < 100 || value.length > 8192) return UNKNOWN;
    const hex = decodeBase64(value, 'base64')?.toString('hex') ?? '';
    return SESSION_HEADS.some((head) => hex.startsWith(head)) ? PASS : UNKNOWN;
  },
  mint: (random, argument) => {
    const wanted = Buffer.from(argument, 'base64').toString('hex').slice(0, 16);
    const head = SESSION_HEADS.find((hex) => wanted !== '' && hex.startsWith(wanted)) ?? SESSION_HEADS[0]!;
    return encodeBase64(Buffer.concat([Buffer.from(head, 'hex'), random.bytes(300)]), 'base64');
  },
};
