// Private key blocks: PEM and OpenSSH, as they stand in files and in source code (escaped, indented, quoted). A header
// in a text about keys has no usable body and fails.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { claimedDerSize } from '../util/der.ts';
import { type PemBlock, readPemBlock } from '../util/pem.ts';
import type { RandomText } from '../util/random-text.ts';
import type { Check, CheckOutcome } from './check.ts';
import { describeDerKey, MINT_DER } from './der-key.ts';
import { describeOpensshKey, hasOpensshMagic, mintOpensshKey } from './openssh-key.ts';
import { FAIL, passWith, UNKNOWN, unknownWith } from './outcome.ts';
import { testPgpBlock } from './pgp-armour.ts';

const LIMIT = 65_536;
const SMALLEST_KEY_BYTES = 40;

/** A block without end line: cut, if what is there looks like a key. */
function testCutBody(body: string): CheckOutcome {
  return /^[A-Za-z0-9+/]{64}/.test(body) ? unknownWith('no end line') : FAIL;
}

function testBody(block: PemBlock): CheckOutcome {
  const bytes = decodeBase64(block.body, 'base64');
  if (!bytes || bytes.length < SMALLEST_KEY_BYTES) return block.isClosed ? FAIL : testCutBody(block.body);
  if (block.fields.some((field) => /^Proc-Type: *4, *ENCRYPTED/.test(field))) return passWith('encrypted');
  const kind = hasOpensshMagic(bytes) ? describeOpensshKey(bytes) : describeDerKey(bytes);
  if (kind !== undefined) return passWith(kind);
  const isCut = !block.isClosed && (hasOpensshMagic(bytes) || (claimedDerSize(bytes) ?? 0) > bytes.length);
  return isCut ? testCutBody(block.body) : FAIL;
}

/** Labels by the word in `{{private-key:word}}`. */
const LABELS: Readonly<Record<string, string>> = {
  rsa: 'RSA PRIVATE KEY',
  dsa: 'DSA PRIVATE KEY',
  ec: 'EC PRIVATE KEY',
  pkcs8: 'PRIVATE KEY',
  ed25519: 'PRIVATE KEY',
  encrypted: 'ENCRYPTED PRIVATE KEY',
  openssh: 'OPENSSH PRIVATE KEY',
};

/**
 * A well-framed block of random numbers.
 *
 * @param options  words joined by `-`: one of LABELS, `locked` for a pass phrase (rsa, dsa, ec, openssh), `escaped` for
 *   one line with `\n` written out
 */
function mintPrivateKey(random: RandomText, options: string): string {
  const words = options.split('-');
  const kind = words.find((word) => Object.hasOwn(LABELS, word)) ?? 'rsa';
  const isLocked = words.includes('locked');
  const isOpenssh = kind === 'openssh';
  const bytes = isOpenssh ? mintOpensshKey(random, isLocked) : MINT_DER[kind]!(random);
  const fields =
    isLocked && !isOpenssh ? ['Proc-Type: 4,ENCRYPTED', `DEK-Info: AES-128-CBC,${random.text('HEX', 32)}`, ''] : [];
  const body = encodeBase64(isLocked && !isOpenssh ? random.bytes(1200) : bytes, 'base64').match(/.{1,64}/g) ?? [];
  const all = [`-----BEGIN ${LABELS[kind]}-----`, ...fields, ...body, `-----END ${LABELS[kind]}-----`];
  return all.join(words.includes('escaped') ? '\\n' : '\n');
}

/** Notes `encrypted` when a pass phrase protects the key; blocks of OpenPGP are answered by pgp-armour. */
export const privateKey: Check = {
  name: 'private-key',
  test: (value) => {
    const block = value.length <= LIMIT ? readPemBlock(value) : undefined;
    if (block?.label === 'PGP PRIVATE KEY BLOCK') return testPgpBlock(value);
    return block?.label.endsWith('PRIVATE KEY') ? testBody(block) : UNKNOWN;
  },
  mint: mintPrivateKey,
};
