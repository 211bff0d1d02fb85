// The longest text that every match of a pattern holds, read from the pattern's own source: where it is missing the
// pattern need not run, nor be compiled. Careful rather than clever: whatever is not plain gives no text.

/** Shorter texts stand everywhere and save nothing. */
const SHORTEST = 3;
const QUANTIFIER = /[?*+{]/;
/** Signs that match themselves when nothing escapes them. */
const PLAIN = /[\w\-"'`~!@#%&=:;<>,/ ]/;

/** Where the class that opens at `start` ends. */
function endOfClass(pattern: string, start: number): number {
  let i = start + 1;
  while (i < pattern.length && pattern[i] !== ']') i += pattern[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** Where the group that opens at `start` ends. */
function endOfGroup(pattern: string, start: number): number {
  let depth = 0;
  for (let i = start; i < pattern.length; ) {
    const c = pattern[i];
    if (c === '[') {
      i = endOfClass(pattern, i);
      continue;
    }
    if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i + 1;
    i += c === '\\' ? 2 : 1;
  }
  return pattern.length;
}

/** Where a quantifier ends that may stand at `start`. */
function endOfQuantifier(pattern: string, start: number): number {
  if (!QUANTIFIER.test(pattern[start] ?? '')) return start;
  const close = pattern[start] === '{' ? pattern.indexOf('}', start) : start;
  return pattern[close + 1] === '?' ? close + 2 : close + 1;
}

/**
 * @param pattern without flags; compared with case
 * @returns undefined when no text of three characters and more is sure
 */
export function requiredLiteral(pattern: string): string | undefined {
  let longest = '';
  let run = '';
  const endRun = (): void => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  for (let i = 0; i < pattern.length; ) {
    const c = pattern[i]!;
    // One of several alternatives need not hold what another does.
    if (c === '|') return undefined;
    if (c === '(' || c === '[') {
      endRun();
      i = endOfQuantifier(pattern, c === '(' ? endOfGroup(pattern, i) : endOfClass(pattern, i));
      continue;
    }
    const isEscaped = c === '\\';
    const sign = isEscaped ? (pattern[i + 1] ?? '') : c;
    const next = i + (isEscaped ? 2 : 1);
    const end = endOfQuantifier(pattern, next);
    // An escaped letter is a class, a reference or a control character.
    if (!(isEscaped ? /[^\w]/ : PLAIN).test(sign)) {
      // `\x2d`, `\cA`, `\k<name>` are longer than two characters: nothing behind them is read.
      if (isEscaped && /[cuxpPk\d]/.test(sign)) break;
      endRun();
    } else if (end > next) endRun();
    else run += sign;
    i = end;
  }
  endRun();
  return longest.length >= SHORTEST ? longest : undefined;
}
