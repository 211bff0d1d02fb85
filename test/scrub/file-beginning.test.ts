// Whether a file still begins with what it held: for sizes around a block, each way in which another program changes it.
import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eachBlock, stillBeginsWith, takeBeginning } from '../../src/scrub/file-beginning.ts';
import { RandomText } from '../../src/util/random-text.ts';

const BLOCK = 1 << 20;
const folder = mkdtempSync(join(tmpdir(), 'unleak-beginning-'));

function withFile<T>(path: string, use: (descriptor: number) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

test.each([0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 7])('%i bytes', (size) => {
  const path = join(folder, `${size}`);
  const bytes = Buffer.from(new RandomText(size + 1).bytes(size));
  writeFileSync(path, bytes);
  const seen = withFile(path, takeBeginning);
  const isSame = (): boolean => withFile(path, (descriptor) => stillBeginsWith(descriptor, seen));
  expect(seen).toMatchObject({ size });
  expect(isSame()).toBe(true);
  appendFileSync(path, 'more');
  expect(isSame()).toBe(true);
  for (const at of new Set([0, size >> 1, size - 1])) {
    if (at < 0 || at >= size) continue;
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    writeFileSync(path, changed);
    expect(isSame(), `byte ${at}`).toBe(false);
  }
  writeFileSync(path, bytes);
  expect(isSame()).toBe(true);
  if (size > 0) {
    truncateSync(path, size - 1);
    expect(isSame()).toBe(false);
  }
});

test('blocks are the file, up to where it is wanted', () => {
  const path = join(folder, 'blocks');
  writeFileSync(path, Buffer.from(new RandomText(5).bytes(2 * BLOCK + 9)));
  const whole = readFileSync(path);
  for (const size of [0, 5, BLOCK, BLOCK + 3, whole.length, whole.length + 5]) {
    const parts: Buffer[] = [];
    withFile(path, (descriptor) => eachBlock(descriptor, size, (block) => parts.push(Buffer.from(block)) > 0));
    expect(Buffer.concat(parts).equals(whole.subarray(0, size)), `${size}`).toBe(true);
  }
});
