// Foreign files of one pattern a line: trufflehog's path lists, .secretlintignore, .secretsignore, .gitallowed.
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { ignorePaths } from './path-expression.ts';
import { digestOf } from './value-digest.ts';
import { acceptLines } from './value-expression.ts';

interface Line {
  readonly at: number;
  readonly text: string;
}

/** Lines that say something; white space at the ends and comments left out. */
function linesOf(text: string): readonly Line[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ at: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
}

/** One Go expression over paths a line. */
export function parseTrufflehogExclude({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  return linesOf(text).map(({ at, text: regex }) => ignorePaths(at, regex, `from ${file}`));
}

export function parseSecretlintIgnore({ text }: ForeignFileText): readonly ForeignEntry[] {
  return linesOf(text).map(({ at, text: pattern }) => ({ kind: 'ignore-line', at, pattern }));
}

/** ripsecrets: gitignore patterns, and under `[secrets]` accepted values. */
export function parseSecretsIgnore({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  let isOfValues = false;
  return linesOf(text).flatMap(({ at, text: line }): readonly ForeignEntry[] => {
    if (line === '[secrets]') {
      isOfValues = true;
      return [];
    }
    if (isOfValues) return [{ kind: 'value', at, digest: digestOf(line), reason: `from ${file}` }];
    return [{ kind: 'ignore-line', at, pattern: line }];
  });
}

/** git-secrets: extended expressions over `path:line:text`. */
export function parseGitAllowed({ file, text }: ForeignFileText): readonly ForeignEntry[] {
  return linesOf(text).map(({ at, text: regex }) => acceptLines(at, regex, `line ${at} of ${file}`, true));
}
