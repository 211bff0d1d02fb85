// `unleak plan --print-diff FILE`: makes a masked diff whole again and prints it, for `git apply` alone. The value is read
// from the file it stands in, goes to standard output, and nowhere else.
import { readdirSync, realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { lookThrough } from '../git/file-stats.ts';
import { guessRepository } from '../git/repository.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { fillPatch, readPatch } from '../plan/masked-patch.ts';
import { describeUnread, LARGEST_SETTINGS, readRegular } from '../util/read-whole.ts';
import type { Terminal } from './terminal.ts';

const LARGEST_PATCH = 16 * 1024 * 1024;

function readIn(file: string, shown: string): string {
  try {
    return readRegular(file, LARGEST_PATCH).toString('utf8');
  } catch (cause) {
    const what = `${describeUnread(cause)}; make it anew with: unleak plan --write DIR`;
    throw new ConfigError(what, { file: shown }, { cause });
  }
}

/** A diff, or all diffs of a folder in the order of their names. */
function listPatches(given: string, cwd: string): readonly string[] {
  const place = resolve(cwd, given);
  const found = lookThrough(place);
  if (typeof found !== 'object') throw new UsageError(`--print-diff ${given}: there is no such file or folder`);
  if (found.isFile() && found.size <= LARGEST_PATCH) return [place];
  if (!found.isDirectory()) throw new UsageError(`--print-diff ${given}: is no diff of a plan folder`);
  const names = readdirSync(place)
    .filter((name) => name.endsWith('.diff'))
    .sort();
  if (names.length === 0)
    throw new UsageError(`--print-diff ${given}: has no diffs; give DIR/patches of "unleak plan --write DIR"`);
  return names.map((name) => join(place, name));
}

/** The text that a patch changes; never a file outside of the repository, whatever the patch or a link says. */
function readTarget(top: string, path: string, patch: string): string | undefined {
  const file = join(top, path);
  const found = lookThrough(file);
  if (typeof found !== 'object') return undefined;
  const way = relative(realpathSync(top), realpathSync(file));
  if (!found.isFile() || way.startsWith(`..${sep}`) || way === '..')
    throw new ConfigError(`names ${path}, which is no file inside of the repository`, { file: patch });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readRegular(file, LARGEST_SETTINGS));
  } catch (cause) {
    throw new ConfigError(`${path} cannot be read as UTF-8`, { file: patch }, { cause });
  }
}

/** @throws UsageError, ConfigError before anything is printed */
export async function runPrintDiff(given: string, terminal: Terminal): Promise<ExitCode> {
  const top = guessRepository(terminal.cwd, terminal.environment)?.topLevel ?? terminal.cwd;
  const diffs = listPatches(given, terminal.cwd).map((file) => {
    const shown = relative(terminal.cwd, file) || file;
    const patch = readPatch(readIn(file, shown));
    if (!patch) throw new ConfigError('is no diff of a plan folder', { file: shown });
    const filled = fillPatch(patch, readTarget(top, patch.path, shown));
    if ('fault' in filled)
      throw new ConfigError(`${patch.path} ${filled.fault}; make the plan anew with: unleak plan --write DIR`, {
        file: shown,
      });
    return filled.diff;
  });
  if (terminal.isOutTerminal)
    terminal.writeError('unleak: these diffs hold the old values; pipe them into: git apply\n');
  await terminal.writeOut(diffs.join(''));
  return EXIT.clean;
}
