// The first script that runs. It checks the version of Node and hands over: a hook's command line to the script of hooks, any
// other to dist/cli.cjs. Imports nothing big at the top, so that an old Node gets as far as the test of the version.
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
  if (words[0] === 'staged' || words[0] === 'hook') {
    const hook = loadScript(join(__dirname, __UNLEAK_HOOK_CODE__), module) as { readonly runHook: typeof runHook };
    const exitCode = await hook.runHook(words);
    if (exitCode !== undefined) {
      process.exitCode = exitCode;
      return;
    }
  }
  const cli = module.require('./cli.cjs') as { readonly runCli: typeof runCli };
  await cli.runCli(words);
}

main(process.argv.slice(2));
