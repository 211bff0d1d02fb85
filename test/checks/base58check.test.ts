// Bitcoin keys in Base58Check.
import { expect, test } from 'vitest';
import { base58checkWif, base58checkXprv } from '../../src/checks/base58check.ts';
import { encodeBase58Check } from '../../src/util/base58.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { replaceAt } from './example-text.ts';

test('WIF of 32 bytes 0x11', () => {
  const text = encodeBase58Check(Uint8Array.from([0x80, ...new Array(32).fill(0x11), 1]));
  expect([text.length, text.slice(0, 4), text.slice(-4)]).toEqual([52, 'Kwnt', 'J5Hp']);
  expect(base58checkWif.test(text)).toEqual({ result: 'pass', note: 'main network' });
  expect(base58checkWif.test(replaceAt(text, 20, text[20] === 'z' ? 'y' : 'z')).result).toBe('fail');
});

test('WIF of the number 1, which is published everywhere', () => {
  const text = encodeBase58Check(Uint8Array.from([0x80, ...new Array(31).fill(0), 1, 1]));
  // The head shows the payload, the tail its check bytes.
  expect([text.length, text.slice(0, 12), text.slice(-12)]).toEqual([52, 'KwDiBf89QgGb', 'rFU73sVHnoWn']);
});

test('WIF uncompressed, and of the test network', () => {
  const text = encodeBase58Check(Uint8Array.from([0x80, ...new Array(32).fill(0x11)]));
  expect([text.length, text[0]]).toEqual([51, '5']);
  expect(base58checkWif.test(text).result).toBe('pass');
  const other = base58checkWif.mint!(new RandomText(1), 'test');
  expect(base58checkWif.test(other)).toEqual({ result: 'pass', note: 'test network' });
});

test('xprv of the worked example', () => {
  const payload = Buffer.concat([
    Buffer.from('0488ade4', 'hex'),
    Buffer.alloc(9),
    Buffer.alloc(32, 0x22),
    Buffer.alloc(1),
    Buffer.alloc(32, 0x11),
  ]);
  const text = encodeBase58Check(payload);
  expect([text.length, text.slice(0, 5), text.slice(-4)]).toEqual([111, 'xprv9', 'vy1S']);
  expect(base58checkXprv.test(text)).toEqual({ result: 'pass', note: 'main network, depth 0' });
  expect(base58checkXprv.test(replaceAt(text, 50, text[50] === 'z' ? 'y' : 'z')).result).toBe('fail');
});

test.each(['xprv', 'yprv', 'zprv', 'tprv', 'uprv', 'vprv'])('%s is minted with its own start', (name) => {
  const text = base58checkXprv.mint!(new RandomText(1), name);
  expect(text.slice(0, 4)).toBe(name);
  expect(base58checkXprv.test(text).result).toBe('pass');
});
