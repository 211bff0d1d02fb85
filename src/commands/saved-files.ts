// The files that `unleak report` reads: named ones, all of a folder, or standard input.
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { describeUnread, LONGEST_TEXT, readWhole } from '../util/read-whole.ts';
import type { Terminal } from './terminal.ts';

export interface SavedText {
  /** As the user named it, for messages. */
  readonly file: string;
  readonly text: string;
}

function fail(file: string, cause: unknown): never {
  const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  const advice = isMissing ? 'was the scan that makes it run?' : 'name reports that unleak made';
  throw new UsageError(`${file}: ${describeUnread(cause)}; ${advice}`, { cause });
}

/** Names of JSON files below a folder, however deep: CI systems give each shard's files a folder of its own. */
function listFolder(folder: string, shown: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (cause) {
    fail(shown, cause);
  }
  const files = names.filter((name) => name.toLowerCase().endsWith('.json')).sort();
  if (files.length === 0) throw new UsageError(`${shown}: there is no .json file in this folder; name the reports`);
  return files.map((name) => join(shown, name));
}

function readFile(file: string, shown: string): SavedText {
  try {
    return { file: shown, text: readWhole(file).toString('utf8') };
  } catch (cause) {
    fail(shown, cause);
  }
}

async function readInput(terminal: Terminal): Promise<SavedText> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of terminal.stdin) {
    chunks.push(Buffer.from(chunk as Uint8Array));
    total += chunks.at(-1)!.length;
    if (total > LONGEST_TEXT) throw new UsageError('standard input is larger than 512 MiB; name the reports as files');
  }
  return { file: 'standard input', text: Buffer.concat(chunks).toString('utf8') };
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Reads what the operands name, each file once however often it is named.
 *
 * @param names  files, folders, `-`; none: standard input
 * @throws UsageError
 */
export async function readSavedTexts(names: readonly string[], terminal: Terminal): Promise<readonly SavedText[]> {
  const texts = new Map<string, SavedText>();
  for (const name of names.length === 0 ? ['-'] : names) {
    if (name === '-') {
      if (!texts.has('-')) texts.set('-', await readInput(terminal));
      continue;
    }
    if (name === '') throw new UsageError('"": no file is named; is a variable not set?');
    const place = resolve(terminal.cwd, name);
    for (const shown of isFolder(place) ? listFolder(place, name) : [name]) {
      const file = resolve(terminal.cwd, shown);
      if (!texts.has(file)) texts.set(file, readFile(file, shown));
    }
  }
  return [...texts.values()];
}
