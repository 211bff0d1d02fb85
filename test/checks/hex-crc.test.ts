// Hex checksums: the worked examples.
import { expect, test } from 'vitest';
import { atlassianCrc32, cloudflareCrc32, grafanaCrc32, zuploCrc32 } from '../../src/checks/hex-crc.ts';
import { exampleText } from './example-text.ts';

const ATATT_BODY = `ATATT3xFfGF0${'EXAMPLE0'.repeat(21)}EXA=`;

test('Cloudflare: a mismatch says nothing', () => {
  expect(cloudflareCrc32.test(`cfut_${exampleText(40)}0194ae94`).result).toBe('pass');
  expect(cloudflareCrc32.test(`cfk_${exampleText(40)}0194ae94`).result).toBe('pass');
  expect(cloudflareCrc32.test(`cfat_${exampleText(40)}0194ae95`).result).toBe('unknown');
});

test('Zuplo', () => {
  const body = '0123456789abcdef'.repeat(2);
  expect(zuploCrc32.test(`zpka_${body}_7759b50e`).result).toBe('pass');
  expect(zuploCrc32.test(`zpka_${body}_7759b50f`).result).toBe('fail');
});

test('Grafana writes the checksum low byte first', () => {
  const body = 'EXAMPLEexampleEXAMPLEexample0000';
  expect(grafanaCrc32.test(`glsa_${body}_00885bd8`).result).toBe('pass');
  expect(grafanaCrc32.test(`glsa_${body}_d85b8800`).result).toBe('fail');
});

test.each([
  ['ATBB', exampleText(24), 'A3970CD0'],
  ['ATBB', 'EXAMPLE0'.repeat(3), '56F4C48C'],
])('Bitbucket %s%s', (prefix, body, tail) => {
  expect(atlassianCrc32.test(prefix + body + tail).result).toBe('pass');
  expect(atlassianCrc32.test(prefix + body + tail.replace('C', 'D')).result).toBe('fail');
});

test('Atlassian, also with the equals sign escaped', () => {
  expect(ATATT_BODY).toHaveLength(184);
  expect(atlassianCrc32.test(`${ATATT_BODY}905A987A`).result).toBe('pass');
  expect(atlassianCrc32.test(`${ATATT_BODY.replace('=', '\\=')}905A987A`).result).toBe('pass');
  expect(atlassianCrc32.test(`${ATATT_BODY.replace('=', '%3D')}905A987A`).result).toBe('pass');
  expect(atlassianCrc32.test(`${ATATT_BODY}905A987B`).result).toBe('fail');
});
