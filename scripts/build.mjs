// Builds dist/ from src/ and rules/: the kernel, the compiled rules, and the bundles. Needs nothing but node_modules.
// unleak.cjs is the small entry (staged, hook run); cli.cjs is everything else; worker.cjs is a thread's script.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

async function bundle(input, file, { format = 'cjs', banner = '', minify = true, external = [] } = {}) {
  const build = await rolldown({
    input,
    platform: 'node',
    external,
    transform: { define: { __UNLEAK_VERSION__: JSON.stringify(version) } },
    onLog: (level, log, handler) => {
      // Packages that mix module kinds are not ours to mend; anything else is.
      if (level === 'warn' && /node_modules/.test(log.message)) return;
      handler(level, log);
    },
  });
  await build.write({ file, format, banner, minify, codeSplitting: false });
  await build.close();
}

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
execFileSync(process.execPath, ['scripts/build-kernel.mjs'], { stdio: 'inherit' });

await bundle('scripts/compile-rules.ts', 'dist/compile-rules.mjs', { format: 'esm', minify: false });
execFileSync(process.execPath, ['dist/compile-rules.mjs', 'rules', 'dist'], { stdio: 'inherit' });
rmSync('dist/compile-rules.mjs');

await bundle('src/pipeline/worker.ts', 'dist/worker.cjs');
await bundle('src/cli/cli.ts', 'dist/cli.cjs');
await bundle('src/cli/main.ts', 'dist/unleak.cjs', { banner: '#!/usr/bin/env node', external: [/cli\.cjs$/] });
chmodSync('dist/unleak.cjs', 0o755);
