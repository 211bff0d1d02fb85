// Compares a text with its expected file in fixtures/cli. A missing file fails; UNLEAK_UPDATE_GOLDENS=1 writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

export function expectGolden(name: string, actual: string): void {
  const file = join(import.meta.dirname, '..', '..', 'fixtures', 'cli', name);
  if (process.env.UNLEAK_UPDATE_GOLDENS === '1') writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
