// The development keys are derived here from their published phrases (BIP-39 seed, BIP-32 path m/44'/60'/0'/0/i).
import { createECDH, createHmac, pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { secp256k1Key } from '../../src/checks/key-pairs.ts';

const ORDER = 0xffffffff_ffffffff_ffffffff_fffffffe_baaedce6_af48a03b_bfd25e8c_d0364141n;
const HARDENED = 0x80000000;

interface Node {
  readonly key: Buffer;
  readonly chain: Buffer;
}

function split(secret: Buffer): Node {
  return { key: secret.subarray(0, 32), chain: secret.subarray(32) };
}

function deriveChild(node: Node, index: number): Node {
  const curve = createECDH('secp256k1');
  curve.setPrivateKey(node.key);
  const head = index >= HARDENED ? Buffer.concat([Buffer.alloc(1), node.key]) : curve.getPublicKey(null, 'compressed');
  const number = Buffer.alloc(4);
  number.writeUInt32BE(index);
  const next = split(createHmac('sha512', node.chain).update(head).update(number).digest());
  const sum = (BigInt(`0x${next.key.toString('hex')}`) + BigInt(`0x${node.key.toString('hex')}`)) % ORDER;
  return { key: Buffer.from(sum.toString(16).padStart(64, '0'), 'hex'), chain: next.chain };
}

function deriveAccounts(phrase: string, count: number): string[] {
  const seed = pbkdf2Sync(phrase, 'mnemonic', 2048, 64, 'sha512');
  let node = split(createHmac('sha512', 'Bitcoin seed').update(seed).digest());
  for (const index of [44 + HARDENED, 60 + HARDENED, HARDENED, 0]) node = deriveChild(node, index);
  return Array.from({ length: count }, (_, i) => deriveChild(node, i).key.toString('hex'));
}

test.each([
  [`${'test '.repeat(11)}junk`, 20],
  ['myth like bonus scare over problem client lizard pioneer submit female collect', 10],
])('accounts of %s', (phrase, count) => {
  for (const key of deriveAccounts(phrase, count)) {
    expect(secp256k1Key.test(`0x${key.toUpperCase()}`)).toEqual({ result: 'fail', note: 'published development key' });
  }
  expect(secp256k1Key.test(deriveAccounts(`${phrase} `, 1)[0]!).result).toBe('pass');
});
