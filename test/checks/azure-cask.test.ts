// Common annotated security keys, legacy and open standard.
import { expect, test } from 'vitest';
import { azureCask, azureCaskLegacy } from '../../src/checks/azure-cask.ts';
import { exampleText } from './example-text.ts';

const LEGACY = `${exampleText(52)}JQQJ99BA${'A'.repeat(16)}TEST`;
const SECRET = `${exampleText(42)}E`;
const STANDARD = `${SECRET}A${'QJJQ'}AABAAAA`;

test.each(['2zxS', 'o8f3', 'o8f3WA=='])('legacy checksum %s', (tail) => {
  expect(azureCaskLegacy.test(LEGACY + tail)).toEqual({ result: 'pass', note: 'provider TEST, made 2025-01' });
});

test('a legacy mismatch says nothing', () => {
  expect(azureCaskLegacy.test(`${LEGACY}2zxT`).result).toBe('unknown');
});

test('the standard, with and without data groups', () => {
  const start = `${SECRET}AQJJQ`;
  expect(azureCask.test(`${start}ABAATESTAABCDEFG`)).toEqual({ result: 'pass', note: 'provider TEST, made 2026-03' });
  expect(azureCask.test(`${start}ABBATESTdataAABCDEFG`).result).toBe('pass');
  expect(azureCask.test(`${start}ABAATESTdataAABCDEFG`).result).toBe('fail');
  expect(azureCask.test(`${start}ABAATESTAABMDEFG`).result).toBe('fail');
  expect(azureCask.test(`${exampleText(42)}FAQJJQABAATESTAABCDEFG`).result).toBe('fail');
  expect(azureCask.test(`${exampleText(85)}AAAQJJQACAATESTAABCDEFG`).result).toBe('pass');
  expect(azureCask.test(STANDARD.replace('QJJQ', 'QJJR')).result).toBe('unknown');
});
