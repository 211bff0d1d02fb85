// A parsed .unleakignore and which of its patterns decides about a path. Apart from the parser, so that asking brings no
// package with it when there is no such file.
import type { PathTest } from './ignore-entry.ts';

export interface IgnorePattern {
  /** Name in the report, such as `.unleakignore:3`. */
  readonly name: string;
  /** `!pattern`: takes a path back in. */
  readonly isNegated: boolean;
  /** `pattern/`: folders only. */
  readonly isFolderOnly: boolean;
  /** What the test takes: the last part of the path when the pattern has no slash, else the whole path. */
  readonly takesName: boolean;
  readonly test: PathTest;
}

export interface IgnoreFile {
  readonly file: string;
  /** Folder of the file relative to the top folder, with `/` at the end; '' for the same folder. */
  readonly prefix: string;
  readonly patterns: readonly IgnorePattern[];
}

/**
 * The pattern that decides about one path, itself, not its folders: the last that matches.
 *
 * @param path relative to the folder of the ignore file
 * @param name the last part of the path; asked once by the caller, because it is asked for every file
 */
export function findDecidingPattern(
  patterns: readonly IgnorePattern[],
  path: string,
  name: string,
  isFolder: boolean,
): IgnorePattern | undefined {
  for (let i = patterns.length - 1; i >= 0; i--) {
    const pattern = patterns[i]!;
    if (pattern.isFolderOnly && !isFolder) continue;
    if (pattern.test(pattern.takesName ? name : path)) return pattern;
  }
  return undefined;
}
