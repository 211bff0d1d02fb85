// Turns a TypeScript file into one that plain Node runs, for tests that need a process of their own.
import { join } from 'node:path';
import { build } from 'rolldown';
import { makeFolder } from './git-repository.ts';

/** @returns the bundled file, in a temporary folder */
export async function bundleScript(source: URL): Promise<string> {
  const file = join(makeFolder(), 'script.mjs');
  await build({
    input: source.pathname,
    platform: 'node',
    logLevel: 'silent',
    output: { file, format: 'esm', codeSplitting: false },
  });
  return file;
}
