// File names in commands that people copy. POSIX shells; a name with control characters gets the $'…' form of bash,
// zsh and ksh, so that nothing invisible is pasted.
import { Buffer } from 'node:buffer';
import { makeVisible } from './visible-text.ts';

/** Marks a git path as literal where `*`, `?`, `[` or a leading colon would be read as a pattern. */
function asGitPath(path: string): string {
  return /[*?[\\]|^:/.test(path) ? `:(literal)${path}` : path;
}

function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (/[\x20-\x7e]/.test(character)) return /['\\]/.test(character) ? `\\${character}` : character;
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** @param path as in a report @returns one word for a shell that `git` reads as exactly this path */
export function quoteForShell(path: string): string {
  const word = asGitPath(path);
  if (makeVisible(word) !== word) return `$'${Array.from(Buffer.from(word, 'utf8'), escapeByte).join('')}'`;
  return /^[\w./@+-][\w./@+:-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
