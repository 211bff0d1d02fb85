// The one place where the benches touch the kernel: bundles src/kernel of a checkout (Node 20 runs no TypeScript) and
// gives it tables. The bundle lies in a temporary folder only while it is loaded.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { makeRandom } from './seeded-text.mjs';

/** Words of the usual number and kind, for a kernel without compiled rules: 274 prefixes, 305 near words, 14 anchors. */
function standInWords() {
  const random = makeRandom(3);
  const text = (letters, length) => Array.from({ length }, () => letters[random(letters.length)]).join('');
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const list = (count, make) => Array.from({ length: count }, (_, id) => ({ id, literal: make(id) }));
  const anchors = 'password passwd secret token apikey api_key api-key credential private_key auth_key pwd'.split(' ');
  return {
    prefixes: list(274, (id) => `${text(lower, 3)}${id % 2 === 0 ? '_' : '-'}${text(lower, 1 + random(3))}`),
    nears: list(305, () => text(lower, 5 + random(6))),
    anchors: [
      ...anchors.map((literal, id) => ({ id, literal, isAssignment: true })),
      ...['-----begin', '://', 'bearer '].map((literal, i) => ({ id: 100 + i, literal, isAssignment: false })),
    ],
  };
}

/**
 * @param root a checkout of the product
 * @param rulesFile compiled rules as the build writes them, or undefined for stand-in words
 * @param capacity bytes of one scan
 * @returns `{ kernel, twin, words }`: the kernel, its plain twin, and where the words are from
 */
export async function loadKernel(root, rulesFile, capacity) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-kernel-'));
  try {
    const from = (name) => JSON.stringify(join(root, 'src/kernel', name));
    const entry = join(folder, 'entry.mjs');
    writeFileSync(
      entry,
      `export { createKernel } from ${from('kernel.ts')};
export { createFallback } from ${from('fallback.ts')};
export { buildKernelTables } from ${from('tables.ts')};\n`,
    );
    const file = join(folder, 'kernel.mjs');
    const bundle = await rolldown({ input: entry, platform: 'node' });
    await bundle.write({ file, format: 'esm' });
    await bundle.close();
    const built = await import(pathToFileURL(file).href);
    const isCompiled = rulesFile !== undefined && existsSync(rulesFile);
    const tables = isCompiled
      ? new Uint8Array(Buffer.from(JSON.parse(readFileSync(rulesFile, 'utf8')).kernelTables, 'base64'))
      : built.buildKernelTables(standInWords());
    return {
      kernel: built.createKernel(tables, capacity),
      twin: built.createFallback(tables, capacity),
      words: isCompiled ? 'compiled rules' : 'stand-in words: 274 prefixes, 305 near words, 14 anchors',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
