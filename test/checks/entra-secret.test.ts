// Entra client secrets: the worked example.
import { expect, test } from 'vitest';
import { entraSecret } from '../../src/checks/entra-secret.ts';

const BODY = 'MPLE'.repeat(8).slice(0, 31);

test('the worked example', () => {
  expect(entraSecret.test(`EXA8Q~${BODY}aKy`).result).toBe('pass');
  expect(entraSecret.test(`EXA8Q~${BODY}aKz`).result).toBe('fail');
});

test('the generation before has no checksum', () => {
  expect(entraSecret.test(`EXA7Q~${BODY}aKy`).result).toBe('unknown');
});
