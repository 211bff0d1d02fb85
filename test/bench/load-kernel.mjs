// The one place where the benches touch the kernel: bundles src/kernel of a checkout (Node 20 runs no TypeScript) and
// gives it tables. The bundle lies in a temporary folder only while it is loaded.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
/**
 * @param root a checkout of the product
 * @param rulesFile compiled rules as the build writes them; default: dist/rules.bin of the checkout
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
export { deserialiseRules } from ${from('../rules/compiled.ts')};\n`,
    );
    const file = join(folder, 'kernel.mjs');
    const bundle = await rolldown({ input: entry, platform: 'node' });
    await bundle.write({ file, format: 'esm' });
    await bundle.close();
    const built = await import(pathToFileURL(file).href);
    const compiled = readFileSync(rulesFile ?? join(root, 'dist/rules.bin'));
    const tables = built.deserialiseRules(compiled).wake.kernelTables;
    return {
      kernel: built.createKernel(tables, capacity),
      twin: built.createFallback(tables, capacity),
      words: 'compiled rules',
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
