// Builds dist/ from src/ and rules/: the kernel, the compiled rules, and the bundles. Needs nothing but node_modules.
// unleak.cjs is the small entry, hook-code-HASH.cjs what hooks run (staged, hook run), cli.cjs everything else; worker.cjs is a
// thread's script.
// All is made in a folder of its own and moved in file by file: programs and other builds may run beside it.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { collectLicences } from './third-party-licences.mjs';

const ENTRY = 'unleak.cjs';
const WORKPLACE = '.build-';
const LONGEST_BUILD_MS = 3_600_000;
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Signs outside of ASCII, which stand in texts and patterns only, as escapes: V8 keeps and reads such a script in half the time. */
const inAscii = {
  name: 'ascii',
  generateBundle: (_, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      chunk.code = chunk.code.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/** Bundles scripts into a folder. What several of them share, and what is imported on demand, becomes a part of its own. */
async function bundle(input, target, output, define = {}) {
  const build = await rolldown({
    input,
    platform: 'node',
    plugins: [inAscii],
    transform: { define: { __UNLEAK_VERSION__: JSON.stringify(version), ...define } },
    onLog: (level, log, handler) => {
      // Packages that mix module kinds are not ours to mend; anything else is.
      if (level === 'warn' && /node_modules/.test(log.message)) return;
      handler(level, log);
    },
  });
  const { output: chunks } = await build.write({
    dir: target,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'part-[name].cjs',
    ...output,
  });
  await build.close();
  return chunks.filter((chunk) => chunk.type === 'chunk');
}

/** The entry last: tests take its age for that of the build. What an older build left goes, what another one moves in now stays. */
function moveIn(from, to, startedMs) {
  const names = readdirSync(from).sort((a, b) => Number(a === ENTRY) - Number(b === ENTRY));
  for (const name of names) renameSync(join(from, name), join(to, name));
  const made = new Set(names);
  for (const name of readdirSync(to).filter((other) => !made.has(other))) {
    const place = join(to, name);
    const oldestMs = name.startsWith(WORKPLACE) ? startedMs - LONGEST_BUILD_MS : startedMs;
    if ((statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? startedMs) < oldestMs)
      rmSync(place, { recursive: true, force: true });
  }
}

const startedMs = Date.now();
mkdirSync('dist', { recursive: true });
const folder = mkdtempSync(join('dist', WORKPLACE));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
execFileSync(process.execPath, ['scripts/build-kernel.mjs'], { stdio: 'inherit' });

await bundle({ 'compile-rules': 'scripts/compile-rules.ts' }, folder, { codeSplitting: false });
execFileSync(process.execPath, [join(folder, 'compile-rules.cjs'), 'rules', folder], { stdio: 'inherit' });
rmSync(join(folder, 'compile-rules.cjs'));
// Databases of histories are read by this module, loaded when one is met.
copyFileSync('node_modules/sql.js/dist/sql-wasm.wasm', join(folder, 'sql-wasm.wasm'));

const inWorker = await bundle({ worker: 'src/pipeline/worker.ts' }, folder, { codeSplitting: false, minify: true });
const inHistoryWorker = await bundle({ 'history-worker': 'src/history/look-worker.ts' }, folder, {
  codeSplitting: false,
  minify: true,
});
const inShellWorker = await bundle({ 'shell-worker': 'src/shellscan/look-worker.ts' }, folder, {
  codeSplitting: false,
  minify: true,
});
// The hook's way is bundled by itself: all that a clean commit needs is one script, named by its content, whose compiled
// form is kept (src/cli/code-cache.ts). Each file more costs a hook half a millisecond.
const HOOK_CODE = 'code';
const inHook = await bundle({ hook: 'src/cli/hook.ts' }, folder, {
  minify: true,
  minifyInternalExports: false,
  chunkFileNames: (chunk) => (chunk.name === HOOK_CODE ? 'hook-[name]-[hash].cjs' : 'hook-[name].cjs'),
  codeSplitting: { groups: [{ name: HOOK_CODE, tags: ['$initial'] }] },
});
const hookCode = inHook.find((chunk) => chunk.name === HOOK_CODE).fileName;
// As src/cli/code-cache.ts wants it.
const hookText = readFileSync(join(folder, hookCode), 'latin1');
writeFileSync(join(folder, hookCode), `(function (exports, require, module, __filename, __dirname) {${hookText}\n})`);
// The entry only hands on what the code exports: unleak.cjs takes it from there.
rmSync(join(folder, 'hook.cjs'));
const inEntry = await bundle(
  { unleak: 'src/cli/main.ts' },
  folder,
  { minify: true, codeSplitting: false, banner: '#!/usr/bin/env node' },
  { __UNLEAK_HOOK_CODE__: JSON.stringify(hookCode) },
);
const inCommands = await bundle({ cli: 'src/cli/cli.ts' }, folder, { minify: true });
writeFileSync(
  join(folder, 'THIRD-PARTY-LICENCES.txt'),
  collectLicences(
    [...inWorker, ...inHistoryWorker, ...inShellWorker, ...inEntry, ...inHook, ...inCommands].flatMap(
      (chunk) => chunk.moduleIds,
    ),
  ),
);
chmodSync(join(folder, ENTRY), 0o755);
moveIn(folder, 'dist', startedMs);
// Committed, unlike dist/; needs the tables that lie there.
execFileSync(process.execPath, ['scripts/build-action.mjs'], { stdio: 'inherit' });
