// Keeps V8's compiled form of a script beside the script, so that a hook need not compile it again: of what a hook costs over
// an empty Node script, that was a third. It is kept in the folder of our own scripts and nowhere else, because who may
// change it may run code: there they could change the script itself. Where that folder cannot be written (an
// installation for all users, a packed one) nothing is kept.
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import type { Module as NodeModule } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

const FOLDER = 'code-cache';
/** One run in so many looks whether functions were compiled that the kept form has not: the first run may have met little. */
const LOOK_AGAIN = 16;
/** How much larger a new form must be. */
const WORTH_BYTES = 8192;

/** V8 itself refuses what another version, machine or setting has made; the script's name holds a hash of its content. */
function cacheFileOf(script: string): string {
  return join(dirname(script), FOLDER, `${basename(script)}.${process.versions.v8}-${process.arch}.bin`);
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // The first run, or nothing can be kept here.
  }
}

/**
 * Keeps the compiled form when it has at least so many bytes. Written beside and renamed, since several hooks may run at once; flushed, since V8 does
 * not look for damage.
 */
function keep(file: string, bytes: Buffer, leastBytes: number): void {
  if (bytes.length < leastBytes) return;
  const draft = `${file}.${process.pid}`;
  try {
    accessSync(dirname(dirname(file)), constants.W_OK);
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    const open = openSync(draft, 'wx', 0o644);
    try {
      writeFileSync(open, bytes);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    renameSync(draft, file);
  } catch {
    // Only the next start is slower: nobody needs to be told.
  }
}

/**
 * Loads a CommonJS script as `require` does, and as quickly as can be the second time.
 *
 * @param script  absolute; its name changes with its content. ASCII, and already in the function that `require` puts around a
 *   module: to put it there would make a second copy of the text
 * @param caller  any module. Its class is that of `node:module`, to load which makes Node compile its loader of ES modules: 2 ms
 * @returns what it exports; a later `require` of the same file gives the same
 */
export function loadScript(script: string, caller: NodeJS.Module): unknown {
  const Module = caller.constructor as typeof NodeModule;
  const cacheFile = cacheFileOf(script);
  const cachedData = readIfThere(cacheFile);
  const compiled = new Script(readFileSync(script, 'latin1'), { filename: script, ...(cachedData && { cachedData }) });
  const module = new Module(script);
  const require = Module.createRequire(script);
  module.filename = script;
  require.cache[script] = module;
  compiled.runInThisContext()(module.exports, require, module, script, dirname(script));
  module.loaded = true;
  // At the end, when everything that a run needs has been compiled.
  const isOpen = !cachedData || compiled.cachedDataRejected === true;
  if (isOpen || Math.random() < 1 / LOOK_AGAIN) {
    process.once('exit', () =>
      keep(cacheFile, compiled.createCachedData(), isOpen ? 0 : cachedData.length + WORTH_BYTES),
    );
  }
  return module.exports;
}
