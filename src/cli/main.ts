// The first script that runs. It checks the version of Node and hands over: a hook's command line to the script of hooks, any
// other to dist/cli.cjs. Imports nothing big at the top, so that an old Node gets as far as the test of the version.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { runCli } from './cli.ts';
import { loadScript } from './code-cache.ts';
import type { runHook } from './hook.ts';
import { findNodeFault } from './node-version.ts';

/** Put in by the build: name of the script that exports runHook. */
declare const __UNLEAK_HOOK_CODE__: string;

async function main(words: readonly string[]): Promise<void> {
  const fault = findNodeFault(process.versions.node);
  if (fault !== undefined) {
    process.stderr.write(`unleak: ${fault}\n`);
    process.exitCode = 2;
    return;
  }
  const load = createRequire(__filename);
  if (words[0] === 'staged' || words[0] === 'hook') {
    const hook = loadScript(join(__dirname, __UNLEAK_HOOK_CODE__)) as { readonly runHook: typeof runHook };
    const exitCode = await hook.runHook(words);
    if (exitCode !== undefined) {
      process.exitCode = exitCode;
      return;
    }
  }
  const cli = load('./cli.cjs') as { readonly runCli: typeof runCli };
  await cli.runCli(words);
}

main(process.argv.slice(2));
