// CODEOWNERS as GitHub and GitLab read it: the last pattern that fits a path names its owners. Pure.
import picomatch from 'picomatch';

interface Rule {
  readonly fits: (path: string) => boolean;
  readonly owners: readonly string[];
}

/** gitignore's rules: a slash at the start or inside ties the pattern to the top; one at the end means everything below. */
function toGlobs(pattern: string): readonly string[] {
  const isTied = pattern.slice(0, -1).includes('/');
  const plain = pattern.replace(/^\//, '').replace(/\/$/, '');
  const top = isTied ? plain : `**/${plain}`;
  if (pattern.endsWith('/')) return [`${top}/**`];
  return plain.endsWith('*') && isTied ? [top] : [top, `${top}/**`];
}

function parseLine(line: string): Rule | undefined {
  const text = line.replace(/(^|\s)#.*$/, '').trim();
  // Sections of GitLab: `[Name] @default-owner`.
  if (text === '' || /^\^?\[/.test(text)) return undefined;
  const words = text.split(/(?<!\\)\s+/).map((word) => word.replace(/\\ /g, ' '));
  const [pattern = '', ...owners] = words;
  const isMatch = picomatch([...toGlobs(pattern)], { dot: true });
  return { fits: (path) => isMatch(path), owners };
}

/** @returns the owners of a path from the top of the repository; none when no pattern fits, or the last that fits has none */
export function parseCodeOwners(text: string): (path: string) => readonly string[] {
  const rules = text.split(/\r?\n/).flatMap((line) => parseLine(line) ?? []);
  return (path) => rules.findLast((rule) => rule.fits(path))?.owners ?? [];
}

/** Where GitHub and GitLab look, in this order. */
export const CODE_OWNERS_FILES: readonly string[] = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
];
