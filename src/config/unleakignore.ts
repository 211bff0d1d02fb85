// `.unleakignore`: gitignore syntax (see gitignore(5)), so that people need not learn another one. Differences: patterns
// that can match nothing are errors, and the file is read only at the scan root and above it, up to the repository's top.
// Parsing is pure; the caller reads the file.
import { type ConfigFault, throwFaults } from './config-faults.ts';
import { compileGlob, findGlobFault } from './glob.ts';
import type { IgnoreFile, IgnorePattern } from './ignore-file.ts';

/** Trailing blanks go, unless a back-slash keeps the first of them. */
function trimEnd(line: string): string {
  const trimmed = line.replace(/[ \t]+$/, '');
  const slashes = /\\*$/.exec(trimmed)![0].length;
  return slashes % 2 === 1 && trimmed.length < line.length ? `${trimmed} ` : trimmed;
}

/** @returns the pattern, a message for the user, or undefined for a line without a pattern */
function parseLine(raw: string, name: string): IgnorePattern | string | undefined {
  const line = trimEnd(raw);
  if (line === '' || line.startsWith('#')) return undefined;
  const isNegated = line.startsWith('!');
  const body = isNegated ? line.slice(1) : line;
  const isFolderOnly = body.endsWith('/') && !body.endsWith('\\/');
  const inner = isFolderOnly ? body.slice(0, -1) : body;
  const takesName = !inner.includes('/');
  const glob = inner.startsWith('/') ? inner.slice(1) : inner;
  if (glob === '') return 'the pattern names no file or folder; remove the line';
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(glob))
    return 'the pattern ends in a single back-slash and can match nothing; remove it';
  const fault = findGlobFault(glob);
  if (fault) return fault;
  // gitignore's `dir/**` means what is inside; picomatch agrees, because strictSlashes is on.
  return { name, isNegated, isFolderOnly, takesName, test: compileGlob(glob, 'gitignore') };
}

/**
 * Reads the text of one ignore file.
 *
 * @param file name for messages and for the report
 * @param prefix see IgnoreFile
 * @throws ConfigError with every bad line
 */
export function parseUnleakIgnore(text: string, file: string, prefix = ''): IgnoreFile {
  const patterns: IgnorePattern[] = [];
  const faults: ConfigFault[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const parsed = parseLine(line, `${file}:${index + 1}`);
    if (typeof parsed === 'string') faults.push({ line: index + 1, message: parsed });
    else if (parsed) patterns.push(parsed);
  }
  throwFaults(file, faults);
  return { file, prefix, patterns };
}
