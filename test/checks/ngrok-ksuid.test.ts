// ngrok tokens and their date.
import { expect, test } from 'vitest';
import { ngrokKsuid } from '../../src/checks/ngrok-ksuid.ts';

test.each([
  ['1', '2018-02-02'],
  ['2', '2021-10-25'],
  ['3', '2025-07-17'],
])('first character %s starts on %s', (first, date) => {
  expect(ngrokKsuid.test(first + '0'.repeat(26))).toEqual({ result: 'pass', note: `issued ${date}` });
  expect(ngrokKsuid.test(`${first}${'0'.repeat(26)}_5${'EXAMPLE'.repeat(3).slice(0, 20)}`).result).toBe('pass');
});

test('other starts and lengths say nothing', () => {
  expect(ngrokKsuid.test('z'.repeat(27)).result).toBe('unknown');
  expect(ngrokKsuid.test('2'.repeat(26)).result).toBe('unknown');
});
