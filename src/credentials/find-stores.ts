// Opens the stores of one home directory: what is there, how old, who may read it, and the values in it. Reads only; a
// file that cannot be read is a problem, a file that is not there is nothing.
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../model/problem.ts';
import { Secret } from '../model/secret.ts';
import type { CredentialStore } from './store.ts';
import { STORES } from './stores.ts';

/** Larger files are no store of credentials. */
const MOST_BYTES = 8 << 20;

export interface FoundValue {
  readonly name: string;
  readonly secret: Secret;
  readonly isTemporary: boolean;
}

export interface FoundStore {
  /** Relative to the home, with `/`. */
  readonly path: string;
  readonly name: string;
  readonly better: string;
  /** Nine permission bits and above; undefined on Windows. */
  readonly mode: number | undefined;
  /** Days since the file was last written. */
  readonly ageDays: number;
  readonly values: readonly FoundValue[];
  /** How it is locked, or why it was not understood; undefined when values were found. */
  readonly state: { readonly kind: 'encrypted' | 'unknown'; readonly text: string } | undefined;
  /** The content, for a second look by the rules. */
  readonly bytes: Buffer;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** Paths that a pattern stands for, as they are on disk; `*` is one name, and not a leading dot. */
function expand(home: string, pattern: string): readonly string[] {
  let paths = [''];
  for (const part of pattern.split('/')) {
    if (!part.includes('*')) {
      paths = paths.map((path) => (path === '' ? part : `${path}/${part}`));
      continue;
    }
    const [head = '', tail = ''] = part.split('*');
    paths = paths.flatMap((path) =>
      listFolder(join(home, path))
        .filter((name) => name.startsWith(head) && name.endsWith(tail) && !name.startsWith('.'))
        .map((name) => (path === '' ? name : `${path}/${name}`)),
    );
  }
  return paths;
}

function readFile(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(descriptor).size, MOST_BYTES));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

const isWindows = process.platform === 'win32';
const DAY_MS = 86_400_000;

function openStore(home: string, path: string, store: CredentialStore, nowMs: number): FoundStore | undefined {
  const stats = statSync(join(home, path), { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  const bytes = readFile(join(home, path));
  const content = store.read(bytes.toString(store.isBinary ? 'latin1' : 'utf8').replace(/^\ufeff/, ''), path);
  if (content.kind === 'values' && content.values.length === 0) return undefined;
  const values = content.kind !== 'values' ? [] : content.values;
  return {
    path,
    name: store.name,
    better: store.better,
    mode: isWindows ? undefined : stats.mode & 0o7777,
    ageDays: Math.max(0, Math.floor((nowMs - stats.mtimeMs) / DAY_MS)),
    values: values.map(({ name, value, kind, isTemporary }) => {
      return { name, secret: new Secret(value, kind), isTemporary: isTemporary ?? false };
    }),
    state:
      content.kind === 'values'
        ? undefined
        : { kind: content.kind, text: content.kind === 'encrypted' ? content.how : content.why },
    bytes,
  };
}

/**
 * The stores that are there and hold something.
 *
 * @param home  absolute
 * @param nowMs  for ages
 * @returns in the order of the table; and what could not be read
 */
export function findStores(
  home: string,
  nowMs: number,
): { readonly stores: readonly FoundStore[]; readonly problems: readonly Problem[] } {
  const stores: FoundStore[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const tell = (path: string, error: unknown): void => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      problems.push({ kind: 'unreadable', path, message: `cannot be read (${code})` });
  };
  for (const store of STORES) {
    for (const pattern of store.paths) {
      let paths: readonly string[] = [];
      try {
        paths = expand(home, pattern);
      } catch (error) {
        tell(pattern, error);
      }
      for (const path of paths) {
        if (seen.has(path)) continue;
        seen.add(path);
        try {
          const found = openStore(home, path, store, nowMs);
          if (found) stores.push(found);
        } catch (error) {
          tell(path, error);
        }
      }
    }
  }
  return { stores, problems };
}
