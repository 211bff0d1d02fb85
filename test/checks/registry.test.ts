// What holds for every check: names, minting, determinism, corruption, hostile input.
import { expect, test } from 'vitest';
import { CHECKS } from '../../src/checks/registry.ts';
import { WEAK_CHECKS } from '../../src/checks/weak-checks.ts';
import { type AlphabetName, RandomText } from '../../src/util/random-text.ts';
import { replaceAt } from './example-text.ts';

const NAMES = [...CHECKS.keys()];

test('the names that rule files use', () => {
  expect(NAMES.toSorted().join(' ')).toBe(
    'age-key atlassian-crc32 atlassian-dc-token aws-access-key-id aws-bedrock-key aws-session-token azure-cask ' +
      'azure-cask-legacy azure-devops-pat azure-identifiable base58check-wif base58check-xprv base64url-32 basic-auth ' +
      'bip39 chief-crc32 clerk-publishable cloudflare-crc32 cloudflare-tunnel confluent-crc32 crates-trustpub ' +
      'datadog-pat discord-bot ed25519-pair elastic-cloud entra-secret gcp-service-account github-crc32 ' +
      'github-fine-grained gitlab-routable grafana-cloud grafana-crc32 grafana-legacy intercom-token jenkins-secret ' +
      'jfrog-reference jwk jwt mapbox-token nats-nkey ngrok-ksuid nostr-key onepassword-ops openai-key pgp-armour ' +
      'polar-crc32 private-key pypi-macaroon secp256k1-key sentry-org stellar-seed sui-key telegram-bot vault-hvs ' +
      'vercel-crc32 wireguard-key workos-key zuplo-crc32',
  );
  for (const [name, check] of CHECKS) expect(check.name).toBe(name);
  for (const name of WEAK_CHECKS) expect(NAMES).toContain(name);
});

test.each(NAMES)('%s passes what it mints, and mints the same from the same seed', (name) => {
  const check = CHECKS.get(name)!;
  const seen = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const value = check.mint!(new RandomText(seed), '');
    expect(check.test(value).result, `seed ${seed}`).toBe('pass');
    expect(check.mint!(new RandomText(seed), '')).toBe(value);
    expect(check.test(value)).toEqual(check.test(value));
    seen.add(value);
  }
  expect(seen.size).toBe(200);
});

test.each(NAMES)('%s never puts the value into its note', (name) => {
  const check = CHECKS.get(name)!;
  for (let seed = 0; seed < 20; seed++) {
    const value = check.mint!(new RandomText(seed), '');
    expect(check.test(value).note ?? '').not.toContain(value);
  }
});

/** [name, where the sealed part starts, characters left out at the end, what an altered value gives] */
const SEALED: readonly (readonly [string, number, number, 'fail' | 'unknown'])[] = [
  ['github-crc32', 4, 0, 'fail'],
  ['github-fine-grained', 11, 8, 'unknown'],
  ['vercel-crc32', 4, 0, 'fail'],
  ['polar-crc32', 10, 0, 'fail'],
  ['chief-crc32', 4, 0, 'unknown'],
  ['cloudflare-crc32', 5, 0, 'unknown'],
  ['zuplo-crc32', 5, 0, 'fail'],
  ['grafana-crc32', 5, 0, 'fail'],
  ['atlassian-crc32', 6, 0, 'fail'],
  ['gitlab-routable', 0, 0, 'fail'],
  ['confluent-crc32', 4, 0, 'unknown'],
  ['azure-identifiable', 0, 12, 'fail'],
  ['azure-devops-pat', 0, 0, 'fail'],
  ['age-key', 16, 0, 'fail'],
  ['nostr-key', 5, 0, 'fail'],
  ['sui-key', 11, 0, 'unknown'],
  ['nats-nkey', 2, 0, 'fail'],
  ['stellar-seed', 1, 0, 'fail'],
  ['base58check-wif', 1, 0, 'fail'],
  ['base58check-xprv', 4, 0, 'fail'],
];

/** Groups within which a letter is replaced, so that the value keeps its shape in every alphabet in use. */
const GROUPS = ['234567', '89', 'ABCDEF', 'GH', 'JKMN', 'PQRSTUVWXYZ', 'abcdef', 'gh', 'jkmn', 'pqrstuvwxyz'];

function neighbour(letter: string, random: RandomText): string | undefined {
  const group = GROUPS.find((letters) => letters.includes(letter));
  return group && random.pick([...group].filter((other) => other !== letter));
}

test.each(SEALED)('%s sees one altered character', (name, start, leftOut, expected) => {
  const check = CHECKS.get(name)!;
  let altered = 0;
  for (let seed = 0; seed < 25; seed++) {
    const random = new RandomText(seed);
    const value = check.mint!(random, '');
    for (let at = start; at < value.length - leftOut; at++) {
      const letter = neighbour(value[at]!, random);
      if (letter === undefined) continue;
      expect(check.test(replaceAt(value, at, letter)).result, `seed ${seed}, character ${at}`).toBe(expected);
      altered++;
    }
  }
  expect(altered).toBeGreaterThan(500);
});

const ALPHABET_NAMES: readonly AlphabetName[] = ['base64', 'base64url', 'base62', 'hex', 'base32', 'base58'];

/** Random characters, random bytes, and minted values that were cut, doubled, spliced or altered. */
function hostileText(random: RandomText, minted: string): string {
  const at = random.integer(minted.length + 1);
  const noise = random.text(random.pick(ALPHABET_NAMES), random.integer(80));
  const bytes = Buffer.from(random.bytes(random.integer(60))).toString('latin1');
  const forms = [noise, bytes, minted.slice(0, at), minted.slice(at), minted + minted];
  forms.push(
    minted.slice(0, at) + bytes + minted.slice(at),
    minted.slice(0, at) + noise,
    replaceAt(minted, at, '\u0000'),
  );
  return random.pick(forms);
}

test.each(NAMES)('%s answers any text (fuzz)', (name) => {
  const check = CHECKS.get(name)!;
  for (let seed = 0; seed < 300; seed++) {
    const random = new RandomText(7919 * seed + 1);
    const other = CHECKS.get(random.pick(NAMES))!;
    const text = hostileText(random, random.pick([check, other]).mint!(random, ''));
    expect(['pass', 'fail', 'unknown'], `seed ${7919 * seed + 1}`).toContain(check.test(text).result);
  }
});

/** A second is a hundred times what any needs; work that grows with the square would take several. Long texts that begin as the checks expect and then repeat something that invites backtracking or deep nesting. */
const LONG = ['a', 'A1', '1', '"', ' ', '\\n', '\\', '-----', '[', '{"a":', '=', '.', ':', '_', '\u00e9', 'é\u{1F511}'];
const STARTS = [
  '',
  'eyJ',
  '-----BEGIN RSA PRIVATE KEY-----\n',
  '-----BEGIN PGP PRIVATE KEY BLOCK-----\n',
  '{"private_key":"',
  'pypi-',
  '[',
  'ghs_1_eyJ',
];

test.each(NAMES)('%s is quick on long hostile text', (name) => {
  const check = CHECKS.get(name)!;
  const minted = check.mint!(new RandomText(1), '');
  for (const start of [...STARTS, minted.slice(0, 12)]) {
    for (const piece of LONG) {
      for (const length of [4000, 16_000, 60_000]) {
        const text = start + piece.repeat(length / piece.length);
        const before = performance.now();
        check.test(text);
        expect(performance.now() - before, JSON.stringify([start, piece, length])).toBeLessThan(1000);
      }
    }
  }
});

test('the empty text and odd characters', () => {
  for (const check of CHECKS.values()) {
    for (const text of ['', '\u0000', '\ud800', '\u{1F511}'.repeat(30)]) {
      expect(['fail', 'unknown'], check.name).toContain(check.test(text).result);
    }
  }
});
