// Lays out the configuration, the ignores, the baseline and the user's rules of one commit in an empty folder, so that a
// scan can be judged by the settings of the base and not by those that a change brings along. Names only; parses nothing
// but which further files the configuration names.
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { parse } from 'yaml';
import { CONFIG_FILE, IGNORE_FILE } from '../config/find-config-file.ts';
import { DEFAULT_BASELINE_FILE } from '../config/settings.ts';
import { runGitSync } from '../git/run-git.ts';
import { isJsonObject } from '../util/json-object.ts';
import type { Clone } from './clone.ts';

/** Files that the user named on the command line or in inputs, absolute; those inside the repository are the commit's. */
export interface NamedFiles {
  readonly config: string | undefined;
  readonly baseline: string | undefined;
}

export interface Policy extends NamedFiles {
  /** The folder; it takes the place of the top of the repository when settings are looked for. */
  readonly folder: string;
  /** Paths of what was there, relative to the top. */
  readonly files: readonly string[];
  /** Paths that decide and that the head has otherwise. */
  readonly changed: readonly string[];
  /** Deletes the folder. */
  readonly remove: () => void;
}

type ReadFile = (path: string) => Buffer | undefined;

/** Contents at a commit; links inside of the tree are followed. */
function readerOf(clone: Clone, commit: string): ReadFile {
  return (path) => {
    if (path.includes('\n')) return undefined;
    const input = Buffer.from(`${commit}:${path}\n`);
    const { stdout } = runGitSync(['cat-file', '--batch', '--follow-symlinks'], { ...clone.call, input });
    const end = stdout.indexOf(0x0a);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.toString('latin1', 0, Math.max(0, end))) ?? [];
    return size === undefined ? undefined : stdout.subarray(end + 1, end + 1 + Number(size));
  };
}

/** Rule files and the baseline that a configuration names; a broken one names none and is complained about later. */
function listNamed(text: string): { readonly rules: readonly string[]; readonly others: readonly string[] } {
  let config: unknown;
  try {
    config = parse(text);
  } catch {
    return { rules: [], others: [] };
  }
  if (!isJsonObject(config)) return { rules: [], others: [] };
  const texts = (value: unknown): string[] =>
    (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  const rules = isJsonObject(config.rules) ? texts(config.rules.files) : [];
  const names = isJsonObject(config.aws) ? texts(config.aws.names) : [];
  return { rules, others: [...texts(config.baseline), ...names] };
}

/** Path relative to the top with `/`; undefined for what lies outside. */
function insideOf(top: string, file: string): string | undefined {
  const way = relative(top, file);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? undefined : way.split(sep).join('/');
}

function expand(patterns: readonly string[], paths: () => readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => {
    if (!picomatch.scan(pattern).isGlob) return [pattern];
    const isMatch = picomatch(pattern, { dot: true });
    return paths().filter((path) => isMatch(path));
  });
}

/**
 * Reads the settings of a commit.
 *
 * @param commit  undefined: no commit is to be trusted; the folder stays empty
 * @param head  to compare with; undefined: nothing is compared
 */
export function readPolicy(
  clone: Clone,
  commit: string | undefined,
  head: string | undefined,
  named: NamedFiles,
): Policy {
  const top = clone.repository.topLevel ?? clone.repository.gitDir;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-policy-')));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    // The folder must be the top of a repository of its own: were the temporary folder inside of the checkout, settings
    // would be looked for above it.
    mkdirSync(join(folder, '.git', 'objects'), { recursive: true });
    writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/none\n');
    const read: ReadFile = commit === undefined ? () => undefined : readerOf(clone, commit);
    const readHead: ReadFile = head === undefined ? () => undefined : readerOf(clone, head);
    let listed: readonly string[] | undefined;
    const paths = (): readonly string[] => {
      listed ??=
        commit === undefined ? [] : (clone.ask('ls-tree', '-r', '--name-only', '-z', commit)?.split('\0') ?? []);
      return listed;
    };
    const files: string[] = [];
    const changed: string[] = [];
    const layOut = (path: string): Buffer | undefined => {
      const bytes = read(path);
      const other = readHead(path);
      const isSame = bytes === undefined ? other === undefined : other !== undefined && bytes.equals(other);
      if (head !== undefined && commit !== undefined && !isSame && !changed.includes(path)) changed.push(path);
      const target = resolve(folder, path);
      if (bytes === undefined || insideOf(folder, target) === undefined || files.includes(path)) return bytes;
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes, { mode: 0o600 });
      files.push(path);
      return bytes;
    };
    /** A file named by the user: that of the commit when it lies in the repository, else the file itself. */
    const layOutNamed = (file: string | undefined): string | undefined => {
      const path = file === undefined ? undefined : insideOf(realOf(top), realOf(file));
      if (file === undefined || path === undefined) return file;
      return layOut(path) === undefined ? undefined : join(folder, path);
    };
    const config = layOutNamed(named.config);
    const baseline = layOutNamed(named.baseline);
    if (named.config === undefined) layOut(CONFIG_FILE);
    layOut(IGNORE_FILE);
    if (named.baseline === undefined) layOut(DEFAULT_BASELINE_FILE);
    const configPath = named.config === undefined ? CONFIG_FILE : config && insideOf(folder, config);
    const text = configPath === undefined ? undefined : read(configPath)?.toString('utf8');
    if (text !== undefined && configPath !== undefined) {
      const { rules, others } = listNamed(text);
      const from = dirname(configPath);
      const relativeTo = (path: string): string => join(from, path).split(sep).join('/');
      for (const path of [
        ...expand(rules.filter((one) => !isAbsolute(one)).map(relativeTo), paths),
        ...others.filter((one) => !isAbsolute(one)).map(relativeTo),
      ]) {
        if (!path.startsWith('../')) layOut(path);
      }
    }
    return { folder, files, changed: changed.sort(), config, baseline, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The file with links in its folder resolved, as git's own top is. */
function realOf(file: string): string {
  const folder = dirname(file);
  return existsSync(folder) ? join(realpathSync(folder), file.slice(folder.length).replace(/^[\\/]/, '')) : file;
}
