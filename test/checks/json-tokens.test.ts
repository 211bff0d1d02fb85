// Tokens that are base64 of JSON.
import { expect, test } from 'vitest';
import {
  cloudflareTunnel,
  grafanaCloud,
  grafanaLegacy,
  mapboxToken,
  onepasswordOps,
  sentryOrg,
} from '../../src/checks/json-tokens.ts';
import { RandomText } from '../../src/util/random-text.ts';

function encode(json: unknown, alphabet: 'base64' | 'base64url' = 'base64'): string {
  return Buffer.from(JSON.stringify(json)).toString(alphabet);
}

const SENTRY = { iat: 1, url: 'https://sentry.example', region_url: 'https://sentry.example', org: 'example' };
const TAIL = Buffer.alloc(32, 0x11).toString('base64').replace('=', '');

test('Sentry: JSON, then 32 bytes', () => {
  expect(encode({ ...SENTRY, iat: 0 })).toHaveLength(128);
  expect(TAIL.slice(-3)).toBe('ERE');
  expect(sentryOrg.test(`sntrys_${encode(SENTRY)}_${TAIL}`)).toEqual({
    result: 'pass',
    note: 'organization example, region https://sentry.example',
  });
});

test.each([
  ['an iat of 0', `sntrys_${encode({ ...SENTRY, iat: 0 })}_${TAIL}`],
  ['set unused bits', `sntrys_${encode(SENTRY)}_${TAIL.slice(0, -1)}F`],
  ['one part', `sntrys_${encode(SENTRY)}`],
  ['no JSON', `sntrys_${'EXAMPLE0'.repeat(16)}_${TAIL}`],
])('Sentry with %s fails', (_, token) => {
  expect(sentryOrg.test(token).result).toBe('fail');
});

test('Grafana legacy key', () => {
  const key = encode({ k: 'EXAMPLE', n: 'demo', id: 1 });
  expect(key).toBe(['eyJrIjoi', 'RVhBTVBMRSIsIm4iOiJkZW1vIiwiaWQiOjF9'].join(''));
  expect(grafanaLegacy.test(key).result).toBe('pass');
  expect(grafanaLegacy.test(encode({ k: 'EXAMPLE', n: 'demo' })).result).toBe('fail');
});

test('Grafana cloud token', () => {
  const token = `glc_${encode({ o: '12', n: 'demo', k: 'EXAMPLE', m: { r: 'eu' } })}`;
  expect(grafanaCloud.test(token)).toEqual({ result: 'pass', note: 'organization 12' });
  expect(grafanaCloud.test(`glc_${'EXAMPLE0'.repeat(8)}`).result).toBe('fail');
});

test('Mapbox tells the user, and that pk. is public', () => {
  const body = encode({ u: 'example', a: 'example' }, 'base64url');
  expect(body).toBe('eyJ1IjoiZXhhbXBsZSIsImEiOiJleGFtcGxlIn0');
  const tail = 'EXAMPLE'.repeat(4).slice(0, 22);
  expect(mapboxToken.test(`sk.${body}.${tail}`)).toEqual({ result: 'pass', note: 'user example' });
  expect(mapboxToken.test(`pk.${body}.${tail}`)).toEqual({ result: 'pass', note: 'public token, user example' });
  expect(mapboxToken.test(`sk.${encode({ a: 'example' }, 'base64url')}.${tail}`).result).toBe('fail');
});

test('1Password and Cloudflare tunnels: another content says nothing', () => {
  const random = new RandomText(1);
  expect(onepasswordOps.test(onepasswordOps.mint!(random, ''))).toEqual({
    result: 'pass',
    note: 'account example.1password.com',
  });
  expect(onepasswordOps.test(`ops_${encode({ email: 'me@example.com' })}`).result).toBe('unknown');
  const tunnel = { a: '0'.repeat(32), t: 'demo', s: 'RVhBTVBMRQ==' };
  expect(cloudflareTunnel.test(encode(tunnel))).toEqual({
    result: 'pass',
    note: `account ${'0'.repeat(32)}, tunnel demo`,
  });
  expect(cloudflareTunnel.test(encode({ a: 'demo' })).result).toBe('unknown');
});
