// Which brackets are open at an offset of a C-like text, and what opened them. Strings, comments and template texts are
// skipped; anything that cannot be read with certainty (unbalanced brackets) gives undefined, and then nothing is changed.

export interface OpenBlock {
  readonly bracket: '{' | '(' | '[';
  readonly offset: number;
  /** Up to 200 characters before the bracket, on one line. */
  readonly opener: string;
}

const CLOSES: Readonly<Record<string, string>> = { '}': '{', ')': '(', ']': '[' };

/** @param hash `#` opens a comment, too (PHP) */
export function findOpenBlocks(text: string, offset: number, hash = false): readonly OpenBlock[] | undefined {
  const stack: { readonly bracket: '{' | '(' | '['; readonly offset: number }[] = [];
  let at = 0;
  while (at < offset) {
    const sign = text.charAt(at);
    const two = text.slice(at, at + 2);
    if (two === '//' || (hash && sign === '#' && two !== '#[')) {
      const end = text.indexOf('\n', at);
      if (end === -1 || end > offset) return undefined;
      at = end;
    } else if (two === '/*') {
      const end = text.indexOf('*/', at + 2);
      if (end === -1 || end > offset) return undefined;
      at = end + 2;
    } else if (sign === '"' || sign === "'" || sign === '`') {
      at = skipString(text, at, sign);
    } else if (sign === '{' || sign === '(' || sign === '[') {
      stack.push({ bracket: sign, offset: at });
      at++;
    } else if (CLOSES[sign] !== undefined) {
      if (stack.pop()?.bracket !== CLOSES[sign]) return undefined;
      at++;
    } else at++;
  }
  // Inside of a string that began before: the offset is no place for an expression.
  if (at > offset) return undefined;
  return stack.map(({ bracket, offset: open }) => ({
    bracket,
    offset: open,
    opener: text
      .slice(Math.max(0, open - 200), open)
      .replace(/\s+/g, ' ')
      .trimEnd(),
  }));
}

function skipString(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\\') at++;
    else if (sign === quote) return at + 1;
    else if (sign === '\n' && quote !== '`') return at;
  }
  return text.length;
}
