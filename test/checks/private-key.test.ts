// Private key blocks: genuine ones made by node:crypto here, and every way of writing them down.
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { pgpArmour } from '../../src/checks/pgp-armour.ts';
import { privateKey } from '../../src/checks/private-key.ts';
import { RandomText } from '../../src/util/random-text.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const edwards = generateKeyPairSync('ed25519').privateKey;
const lock = { cipher: 'aes-256-cbc', passphrase: 'not-a-secret' };

test.each([
  ['PKCS#1', rsa.export({ type: 'pkcs1', format: 'pem' }), 'RSA 2048 bits'],
  ['PKCS#8', rsa.export({ type: 'pkcs8', format: 'pem' }), 'PKCS#8 RSA'],
  ['SEC 1', ec.export({ type: 'sec1', format: 'pem' }), 'EC'],
  ['PKCS#8 of a curve', ec.export({ type: 'pkcs8', format: 'pem' }), 'PKCS#8 EC'],
  ['Ed25519', edwards.export({ type: 'pkcs8', format: 'pem' }), 'PKCS#8 Ed25519'],
  ['PKCS#8 with a pass phrase', rsa.export({ type: 'pkcs8', format: 'pem', ...lock }), 'encrypted'],
  ['PKCS#1 with a pass phrase', rsa.export({ type: 'pkcs1', format: 'pem', ...lock }), 'encrypted'],
])('%s', (_, pem, note) => {
  expect(privateKey.test(String(pem))).toEqual({ result: 'pass', note });
});

test.each([
  ['', 'RSA 2048 bits'],
  ['rsa', 'RSA 2048 bits'],
  ['dsa', 'DSA 1024 bits'],
  ['ec', 'EC'],
  ['pkcs8', 'PKCS#8 RSA'],
  ['ed25519', 'PKCS#8 Ed25519'],
  ['encrypted', 'encrypted'],
  ['openssh', 'OpenSSH'],
  ['rsa-locked', 'encrypted'],
  ['openssh-locked', 'encrypted'],
  ['openssh-escaped', 'OpenSSH'],
])('minted as %j', (options, note) => {
  for (let seed = 0; seed < 20; seed++) {
    const pem = privateKey.mint!(new RandomText(seed), options);
    expect(privateKey.test(pem), `seed ${seed}`).toEqual({ result: 'pass', note });
    expect(pem.includes('\n')).toBe(!options.includes('escaped'));
  }
});

const LINES = privateKey.mint!(new RandomText(1), 'rsa').split('\n');

test.each([
  ['CRLF', LINES.join('\r\n')],
  ['indentation', LINES.map((line) => `\t    ${line}`).join('\n')],
  ['escaped line ends', LINES.join('\\n')],
  ['doubly escaped line ends', LINES.join('\\\\n')],
  ['escaped CRLF', LINES.join('\\r\\n')],
  ['escaped slashes', LINES.join('\\n').replaceAll('/', '\\/')],
  ['spaces for line ends', LINES.join(' ')],
  ['strings joined by +', LINES.map((line) => `  "${line}\\n" +`).join('\n')],
  ['a list of strings', LINES.map((line) => `  '${line}',`).join('\n')],
  ['continued lines', LINES.map((line) => `${line}\\`).join('\n')],
  ['comment signs', LINES.map((line) => `# ${line}`).join('\n')],
  ['text around', `key = """\n${LINES.join('\n')}\n"""`],
  ['no end line', LINES.slice(0, -1).join('\n')],
])('written with %s', (_, text) => {
  expect(privateKey.test(text)).toEqual({ result: 'pass', note: 'RSA 2048 bits' });
});

test('a header without a usable body fails', () => {
  const [first, last] = [LINES[0]!, LINES.at(-1)!];
  expect(privateKey.test(first).result).toBe('fail');
  expect(privateKey.test(first + last).result).toBe('fail');
  expect(privateKey.test(`${first}\n...\n${last}`).result).toBe('fail');
  expect(privateKey.test(`${first}\nMIIEpAIBAAKCAQEA\n...\n${last}`).result).toBe('fail');
  expect(privateKey.test(`${first}\n${'EXAMPLE0'.repeat(40)}\n${last}`).result).toBe('fail');
  expect(privateKey.test(`if (text.includes("${first}")) return`).result).toBe('fail');
});

test('a closed block that lost a line fails, a cut one says nothing', () => {
  expect(privateKey.test(LINES.toSpliced(5, 1).join('\n')).result).toBe('fail');
  expect(privateKey.test(LINES.slice(0, 8).join('\n'))).toEqual({ result: 'unknown', note: 'no end line' });
});

test('an OpenSSH file whose two numbers differ fails', () => {
  const pem = privateKey.mint!(new RandomText(1), 'openssh');
  const body = Buffer.from(pem.split('\n').slice(1, -1).join(''), 'base64');
  // Magic, none, none, empty, count, 51 bytes of public key, length: then the two numbers.
  const at = 15 + 8 + 8 + 4 + 4 + 4 + 51 + 4;
  expect(body.subarray(at, at + 4)).toEqual(body.subarray(at + 4, at + 8));
  body[at] = body[at]! ^ 1;
  const lines = [pem.split('\n')[0], body.toString('base64'), pem.split('\n').at(-1)];
  expect(privateKey.test(lines.join('\n')).result).toBe('fail');
});

test('other blocks', () => {
  expect(privateKey.test(pgpArmour.mint!(new RandomText(1), '')).result).toBe('pass');
  expect(privateKey.test(LINES.join('\n').replaceAll('RSA PRIVATE KEY', 'CERTIFICATE')).result).toBe('unknown');
  expect(privateKey.test('no block').result).toBe('unknown');
});
