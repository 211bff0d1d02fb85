// Tokens with a GitHub-style checksum of other providers.
import { expect, test } from 'vitest';
import { base62Crc, chiefCrc32, datadogPat, polarCrc32, vercelCrc32 } from '../../src/checks/base62-crc.ts';
import { exampleText } from './example-text.ts';

const POLAR_BODY = 'EXAMPLEexample0EXAMPLEexample0EXAMPLE';
const CHIEF_BODY = 'EXAMPLEexample0EXAMPLEexample0';

test('Vercel', () => {
  for (const letter of 'piar') expect(vercelCrc32.test(`vc${letter}_${exampleText(50)}0zuZBj`).result).toBe('pass');
  expect(vercelCrc32.test(`vcp_${exampleText(50)}0zuZBk`).result).toBe('fail');
});

test.each(['polar_oat_', 'polar_pat_', 'polar_at_u_', 'polar_rt_o_', 'polar_cs_', 'polar_c_'])('Polar %s', (prefix) => {
  expect(polarCrc32.test(`${prefix}${POLAR_BODY}3Uv6S4`).result).toBe('pass');
  expect(polarCrc32.test(`${prefix}${POLAR_BODY}3Uv6S5`).result).toBe('fail');
});

test('Chief Tools: a mismatch says nothing', () => {
  expect(chiefCrc32.test(`ctp_${CHIEF_BODY}2wXtAe`).result).toBe('pass');
  expect(chiefCrc32.test(`ctp_${CHIEF_BODY}2wXtAf`).result).toBe('unknown');
});

test('Datadog: either span passes, neither fails', () => {
  const alias = exampleText(22);
  const secret = exampleText(43);
  expect(datadogPat.test(`ddpat_${alias}_${secret}${base62Crc(secret)}`).result).toBe('pass');
  expect(datadogPat.test(`ddsat_${alias}_${secret}${base62Crc(`${alias}_${secret}`)}`).result).toBe('pass');
  expect(datadogPat.test(`ddpat_${alias}_${secret}000000`).result).toBe('unknown');
});
