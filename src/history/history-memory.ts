// What a run over everything has found out, for the next run with the same objects: which of them hold something, and which
// commits tell of these. Ids only: no values, no paths, no names of people. One small file a repository in the cache folder.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from './scan-cache.ts';

/** Lists of hex ids. */
export interface HistoryMemory {
  /** Texts that were looked at. */
  readonly texts: number;
  /** All commits, in the order in which they were read. */
  readonly commits: readonly string[];
  /** Blobs that hold something, whatever their path. */
  readonly held: readonly string[];
  /** Those of them that hold something under a path they had. */
  readonly seen: readonly string[];
  /** Commits and tags whose message holds something. */
  readonly commitMessages: readonly string[];
  readonly tagMessages: readonly string[];
  /** Commits that change a file of `seen`. */
  readonly telling: readonly string[];
}

export interface MemoryKeeper {
  /** @param digest  of all that decides what the objects are; see digestStores */
  readonly recall: (digest: string) => HistoryMemory | undefined;
  readonly remember: (digest: string, memory: HistoryMemory) => void;
}

export const NO_MEMORY: MemoryKeeper = { recall: () => undefined, remember: () => {} };

const LISTS = ['commits', 'held', 'seen', 'commitMessages', 'tagMessages', 'telling'] as const;
const FILE = /^repository-[0-9a-f]{32}\.txt$/;
const MAGIC = 'unleak history memory, 1';
const FORGET_AFTER_MS = 90 * 24 * 3600 * 1000;

/** Magic, digest, count of texts, then a line a list; a checksum at the end. */
export function formatMemory(digest: string, memory: HistoryMemory): string {
  const text = [MAGIC, digest, memory.texts, ...LISTS.map((name) => memory[name].join(' '))].join('\n');
  return `${text}\n${createHash('sha256').update(text).digest('hex')}\n`;
}

/** @returns undefined for anything odd, and for other objects */
export function parseMemory(text: string, digest: string): HistoryMemory | undefined {
  const lines = text.split('\n');
  if (lines.length !== LISTS.length + 5 || lines[0] !== MAGIC || lines[1] !== digest) return undefined;
  const sum = lines.at(-2);
  const body = lines.slice(0, -2);
  if (createHash('sha256').update(body.join('\n')).digest('hex') !== sum) return undefined;
  const listOf = (i: number): readonly string[] => (body[i] === '' ? [] : body[i]!.split(' '));
  const [commits, held, seen, commitMessages, tagMessages, telling] = LISTS.map((_, i) => listOf(i + 3));
  return {
    texts: Number(body[2]),
    commits: commits!,
    held: held!,
    seen: seen!,
    commitMessages: commitMessages!,
    tagMessages: tagMessages!,
    telling: telling!,
  };
}

/** Repositories come and go: what was not used for long is deleted. */
function forgetOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!FILE.test(name)) continue;
    const file = join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > FORGET_AFTER_MS) rmSync(file, { force: true });
  }
}

/** @param key  what decides the answer besides the objects: rules, settings, program, and which repository */
export function openMemory(folder: string, key: string): MemoryKeeper {
  const file = join(folder, `repository-${createHash('sha256').update(key).digest('hex').slice(0, 32)}.txt`);
  return {
    recall: (digest) => {
      try {
        return parseMemory(readFileSync(file, 'latin1'), digest);
      } catch {
        return undefined; // Not there, or not ours to read: the same.
      }
    },
    remember: (digest, memory) => {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writePrivately(file, Buffer.from(formatMemory(digest, memory), 'latin1'));
        forgetOld(folder);
      } catch {
        // The next run is slower, that is all.
      }
    },
  };
}
