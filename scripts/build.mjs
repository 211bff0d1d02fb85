// Builds dist/ from src/ and rules/: the kernel, the compiled rules, and the bundles. Needs nothing but node_modules.
// unleak.cjs is the small entry (staged, hook run); cli.cjs is everything else; worker.cjs is a thread's script.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { collectLicences } from './third-party-licences.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Bundles scripts into a folder. What several of them share, and what is imported on demand, becomes a part of its own. */
async function bundle(input, folder, output) {
  const build = await rolldown({
    input,
    platform: 'node',
    external: [/cli\.cjs$/],
    transform: { define: { __UNLEAK_VERSION__: JSON.stringify(version) } },
    onLog: (level, log, handler) => {
      // Packages that mix module kinds are not ours to mend; anything else is.
      if (level === 'warn' && /node_modules/.test(log.message)) return;
      handler(level, log);
    },
  });
  const { output: chunks } = await build.write({
    dir: folder,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'part-[name].cjs',
    ...output,
  });
  await build.close();
  return chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
execFileSync(process.execPath, ['scripts/build-kernel.mjs'], { stdio: 'inherit' });

await bundle({ 'compile-rules': 'scripts/compile-rules.ts' }, 'dist', { codeSplitting: false });
execFileSync(process.execPath, ['dist/compile-rules.cjs', 'rules', 'dist'], { stdio: 'inherit' });
rmSync('dist/compile-rules.cjs');
// Databases of histories are read by this module, loaded when one is met.
copyFileSync('node_modules/sql.js/dist/sql-wasm.wasm', 'dist/sql-wasm.wasm');

const inWorker = await bundle({ worker: 'src/pipeline/worker.ts' }, 'dist', { codeSplitting: false, minify: true });
const inHistoryWorker = await bundle({ 'history-worker': 'src/history/look-worker.ts' }, 'dist', {
  codeSplitting: false,
  minify: true,
});
// The hook's way is bundled by itself, in as few files as can be: each file costs a hook half a millisecond.
const inHook = await bundle({ unleak: 'src/cli/main.ts' }, 'dist', {
  minify: true,
  chunkFileNames: 'hook-[name].cjs',
  banner: (chunk) => (chunk.fileName === 'unleak.cjs' ? '#!/usr/bin/env node' : ''),
});
const inCommands = await bundle({ cli: 'src/cli/cli.ts' }, 'dist', { minify: true });
writeFileSync(
  'dist/THIRD-PARTY-LICENCES.txt',
  collectLicences([...inWorker, ...inHistoryWorker, ...inHook, ...inCommands]),
);
chmodSync('dist/unleak.cjs', 0o755);
// Committed, unlike dist/; needs the tables that lie there.
execFileSync(process.execPath, ['scripts/build-action.mjs'], { stdio: 'inherit' });
