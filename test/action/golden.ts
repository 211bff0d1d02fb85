// Compares an output with its expected file. A missing file fails; set UNLEAK_UPDATE_GOLDENS=1 to write them anew and
// look at the difference before it is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const FOLDER = new URL('../../fixtures/action/', import.meta.url);

/** @param name file below fixtures/action */
export function expectGolden(name: string, actual: string): void {
  const file = new URL(name, FOLDER);
  if (process.env.UNLEAK_UPDATE_GOLDENS === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, actual);
  }
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
