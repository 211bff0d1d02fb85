// Path patterns of the user's, compiled once with picomatch: dots are ordinary characters, `*` stays inside a folder, `**`
// crosses folders. Both dialects (config file, .unleakignore) come through here; anything that is no wildcard in the dialect
// is escaped first, so that `app/(group)/[id]` style names and extended globs cannot surprise.
import picomatch from 'picomatch';
import type { PathTest } from './ignore-entry.ts';

/** More wildcards than this make matching slow on hostile names, and no real pattern needs them. */
const MOST_WILDCARDS = 12;
const LONGEST_PATTERN = 500;

/** Escapes what picomatch would read as more than `* ? [ ]` (and `{ , }` when allowed). Back-slashes stay escapes. */
function escapeRest(glob: string, hasBraces: boolean): string {
  return glob.replace(/\\[\s\S]|[()|+@!^"'$]|[{}]/g, (sign) => {
    if (sign.length === 2 || (hasBraces && (sign === '{' || sign === '}'))) return sign;
    return `\\${sign}`;
  });
}

/** Bracket expressions keep their negation, `[!a]`, which escapeRest must not touch. */
function escapeOutsideBrackets(glob: string, hasBraces: boolean): string {
  let out = '';
  let last = 0;
  for (const match of glob.matchAll(/\\[\s\S]|\[[!^]?\]?[^\]/]*\]/g)) {
    if (match[0].startsWith('\\')) continue;
    out += escapeRest(glob.slice(last, match.index), hasBraces) + match[0].replace(/^\[!/, '[^');
    last = match.index + match[0].length;
  }
  return out + escapeRest(glob.slice(last), hasBraces);
}

/** Stars that are not a whole folder are one star; as a whole folder, two or more are `**`. As in git's wildmatch. */
function normaliseStars(glob: string): string {
  return glob.replace(/(?<!\\)\*{2,}/g, (stars, start: number) => {
    const isFolder = /^[/{,]?$/.test(glob.charAt(start - 1)) && /^[/},]?$/.test(glob.charAt(start + stars.length));
    return isFolder ? '**' : '*';
  });
}

/** Literal text that every match starts and ends with: two comparisons spare nearly every regular expression. */
function literalEnds(glob: string): { head: string; tail: string } {
  const special = /[\\*?[\]{}]/;
  const first = glob.search(special);
  if (first < 0) return { head: glob, tail: glob };
  const tail = glob.slice(glob.length - [...glob].reverse().join('').search(special));
  // A slash beside a `**` may stand for nothing.
  return { head: glob.slice(0, first).replace(/\/$/, ''), tail: tail.replace(/^\//, '') };
}

/**
 * Compiles one glob.
 *
 * @param glob relative, with `/`, without a leading or trailing slash; checked before with findGlobFault
 * @param dialect `config` knows braces; `gitignore` takes them literally
 */
export function compileGlob(glob: string, dialect: 'config' | 'gitignore'): PathTest {
  const regex = picomatch.makeRe(escapeOutsideBrackets(normaliseStars(glob), dialect === 'config'), {
    dot: true,
    noextglob: true,
    nonegate: true,
    nobrace: dialect === 'gitignore',
    // The config dialect also takes `[id]` literally, as folders are called in some web frameworks; git does not.
    literalBrackets: dialect === 'gitignore' ? false : undefined,
    strictSlashes: true,
    posix: true,
  });
  const { head, tail } = literalEnds(glob);
  return (path) => path.startsWith(head) && path.endsWith(tail) && regex.test(path);
}

/** What makes a glob useless or unsafe in both dialects, with what to do; undefined when it can be compiled. */
export function findGlobFault(glob: string): string | undefined {
  if (glob.length > LONGEST_PATTERN) return `the pattern is longer than ${LONGEST_PATTERN} characters; split it`;
  if (/[\x00-\x1f]/.test(glob)) return 'the pattern holds a control character; remove it';
  if ((glob.match(/\*+|\?/g) ?? []).length > MOST_WILDCARDS)
    return `the pattern has more than ${MOST_WILDCARDS} wildcards; split it`;
  if (glob.split('/').some((part) => part === '..' || part === '.')) {
    return 'the pattern holds "." or ".." as a folder and can match nothing; write the path from the top folder on';
  }
  if (glob.includes('//')) return 'the pattern holds "//" and can match nothing; write one slash';
  return undefined;
}
