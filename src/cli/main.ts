// The first script that runs. It checks the version of Node and hands over: a hook's command line to hook.ts, any other
// to dist/cli.cjs. Imports nothing at the top but a test of the version, so that an old Node gets that far.
import { createRequire } from 'node:module';
import type { runCli } from './cli.ts';
import { findNodeFault } from './node-version.ts';

async function main(words: readonly string[]): Promise<void> {
  const fault = findNodeFault(process.versions.node);
  if (fault !== undefined) {
    process.stderr.write(`unleak: ${fault}\n`);
    process.exitCode = 2;
    return;
  }
  if (words[0] === 'staged' || words[0] === 'hook') {
    const { runHook } = await import('./hook.ts');
    const exitCode = await runHook(words);
    if (exitCode !== undefined) {
      process.exitCode = exitCode;
      return;
    }
  }
  const cli = createRequire(__filename)('./cli.cjs') as { readonly runCli: typeof runCli };
  await cli.runCli(words);
}

main(process.argv.slice(2));
