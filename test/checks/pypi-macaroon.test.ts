// PyPI macaroons, built here byte by byte.
import { expect, test } from 'vitest';
import { pypiMacaroon } from '../../src/checks/pypi-macaroon.ts';

const UUID = '00000000-0000-0000-0000-000000000000';

function build(location: string, caveats: readonly string[], signatureSize = 32): string {
  const field = (kind: number, text: string): string => {
    const size = text.length < 128 ? [text.length] : [(text.length & 127) | 128, text.length >> 7];
    return String.fromCharCode(kind, ...size) + text;
  };
  const middle = caveats.map((caveat) => `${field(2, caveat)}\0`).join('');
  const text = `\x02${field(1, location)}${field(2, UUID)}\0${middle}\0${field(6, '\0'.repeat(signatureSize))}`;
  return `pypi-${Buffer.from(text, 'latin1').toString('base64url')}`;
}

test('the worked example', () => {
  const token = build('pypi.org', ['[3,"EXAMPLE"]']);
  expect(token.slice(5, 21)).toBe('AgEIcHlwaS5vcmcC');
  expect(token.length - 5).toBe(135);
  expect(pypiMacaroon.test(token)).toEqual({ result: 'pass', note: undefined });
});

test('the test index, expiry and projects are told', () => {
  const token = build('test.pypi.org', ['[0,1900000000,0]', '[1,["one","two"]]']);
  expect(token.slice(5, 29)).toBe('AgENdGVzdC5weXBpLm9yZwIk');
  expect(pypiMacaroon.test(token)).toEqual({
    result: 'pass',
    note: 'test.pypi.org, expires 2030-03-17, projects one two',
  });
});

test('a long caveat has a length of two bytes', () => {
  expect(pypiMacaroon.test(build('pypi.org', [`[1,["${'x'.repeat(300)}"]]`])).result).toBe('pass');
});

test.each([
  ['another host', build('example.org', ['[3,"EXAMPLE"]'])],
  ['a short signature', build('pypi.org', ['[3,"EXAMPLE"]'], 31)],
  ['a cut token', build('pypi.org', ['[3,"EXAMPLE"]']).slice(0, -4)],
  ['text', `pypi-${'EXAMPLE'.repeat(20)}`],
])('%s fails', (_, token) => {
  expect(pypiMacaroon.test(token).result).toBe('fail');
});
