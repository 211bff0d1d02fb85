// Says which files are not opened at all, and by whose wish: entries of the config file that are about paths only, and
// .unleakignore. Asked once a file, so folders are decided once and remembered.
import { isExpired } from '../util/calendar-date.ts';
import { type IgnoreEntry, isPathsOnly } from './ignore-entry.ts';
import { findDecidingPattern, type IgnoreFile } from './ignore-file.ts';

export interface PathFilterSources {
  readonly ignores: readonly IgnoreEntry[];
  /** From the top folder down: a deeper file overrides the ones above. */
  readonly ignoreFiles: readonly IgnoreFile[];
  /** Path of the scan root relative to the top folder, with `/` at the end; '' when the same. See loadConfig. */
  readonly prefix: string;
  /** The same, relative to the folder of the config file. */
  readonly configPrefix: string;
  /** YYYY-MM-DD; entries with an earlier `until` do not apply. */
  readonly today: string;
}

/** @returns the name of the suppression that hides the file, as in the report, or undefined: read it */
export type PathFilter = (path: string) => string | undefined;

type Decide = (path: string, name: string, isFolder: boolean) => string | false | undefined;

/** The last word of all ignore files about one path itself: a name hides it, false takes it back in. */
function decideByFiles(files: readonly IgnoreFile[]): Decide {
  const deepestFirst = files.toReversed();
  return (path, name, isFolder) => {
    for (const file of deepestFirst) {
      if (!path.startsWith(file.prefix) || path.length === file.prefix.length) continue;
      const own = file.prefix === '' ? path : path.slice(file.prefix.length);
      const pattern = findDecidingPattern(file.patterns, own, name, isFolder);
      if (pattern) return pattern.isNegated ? false : pattern.name;
    }
    return undefined;
  };
}

/**
 * What hides the folder of a path: itself or one above it; nothing inside a hidden folder can be taken back in
 * (gitignore(5)). Lists come folder by folder, so the last answer is kept beside the map of all.
 */
function rememberFolders(decide: Decide): (path: string, slash: number) => string | undefined {
  const known = new Map<string, string | undefined>();
  let lastFolder = '';
  let lastReason: string | undefined;
  const findFolder = (folder: string): string | undefined => {
    const reason = known.get(folder);
    if (reason !== undefined || known.has(folder)) return reason;
    const slash = folder.lastIndexOf('/');
    const above = slash < 0 ? undefined : findFolder(folder.slice(0, slash));
    const found = above ?? (decide(folder, folder.slice(slash + 1), true) || undefined);
    known.set(folder, found);
    return found;
  };
  return (path, slash) => {
    if (slash < 0) return undefined;
    if (slash !== lastFolder.length || !path.startsWith(lastFolder)) {
      lastFolder = path.slice(0, slash);
      lastReason = findFolder(lastFolder);
    }
    return lastReason;
  };
}

function activePathEntries(sources: PathFilterSources): readonly IgnoreEntry[] {
  return sources.ignores.filter((entry) => isPathsOnly(entry) && !isExpired(entry.until, sources.today));
}

/**
 * Builds the filter.
 *
 * @cost 60,000 paths with 20 patterns in less than 50 ms; memory for one entry a folder
 */
export function createPathFilter(sources: PathFilterSources): PathFilter {
  const entries = activePathEntries(sources);
  const files = sources.ignoreFiles.filter((file) => file.patterns.length > 0);
  if (entries.length === 0 && files.length === 0) return () => undefined;
  const decide = decideByFiles(files);
  const reasonOfFolder = rememberFolders(decide);
  return (path) => {
    const configPath = sources.configPrefix + path;
    const entry = entries.find((candidate) => candidate.matchesPath(configPath));
    if (entry) return entry.name;
    if (files.length === 0) return undefined;
    const full = sources.prefix + path;
    // Counted in measurements: finding the last slash is the dearest step, so it is done once a path.
    const slash = full.lastIndexOf('/');
    return reasonOfFolder(full, slash) ?? (decide(full, full.slice(slash + 1), false) || undefined);
  };
}

/** Every name that the filter can answer, for rows with a count of 0. Names of `!` patterns hide nothing and are left out. */
export function listPathSuppressions(sources: PathFilterSources): readonly string[] {
  const patterns = sources.ignoreFiles.flatMap((file) => file.patterns.filter((pattern) => !pattern.isNegated));
  return [...activePathEntries(sources), ...patterns].map((item) => item.name);
}

/** Paths of every shape: what hides all of them hides everything. */
const PROBES = [
  'a',
  '.env',
  'README.md',
  'src/index.ts',
  'x/y/z/w.properties',
  '.github/workflows/k.yml',
  'q q/\u00e9.JSON',
  'Zz/.h/0',
];

/** True for a test that no path escapes, such as that of `**`. */
export function hidesEveryPath(test: (path: string) => boolean): boolean {
  return PROBES.every(test);
}
