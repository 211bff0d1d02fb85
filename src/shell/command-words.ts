// Small questions about the words of a command: which tool, which flag, what stands behind what. Used by command-engine.ts.
import type { Span } from '../model/span.ts';
import { PRINTERS } from './command-prefixes.ts';
import type { SimpleCommand, Word } from './word.ts';

/** `/usr/bin/mysql`, `mysql.exe`, `[Environment]::Set(…` → the name that rules have. */
export function toolName(word: string): string {
  const name = word.slice(word.search(/[^/\\]*$/)).replace(/\(.*$/s, '');
  return name.toLowerCase().replace(/\.(?:exe|cmd|bat|sh|py|phar)$/, '');
}

export function spansOf(word: Word, from: number, to: number): readonly Span[] {
  const spans: { start: number; end: number }[] = [];
  for (let i = from; i < to; i++) {
    const start = word.starts[i]!;
    const end = word.ends[i]!;
    const last = spans.at(-1);
    if (last && last.end === start) last.end = end;
    else spans.push({ start, end });
  }
  return spans;
}

/** The part of a word behind its first `from` characters. */
export function tailOf(word: Word, from: number): Word {
  return {
    ...word,
    text: word.text.slice(from),
    starts: word.starts.slice(from),
    ends: word.ends.slice(from),
    filled: word.filled.slice(from),
  };
}

export function hasFlag(text: string, flag: string): boolean {
  return text === flag || text.startsWith(`${flag}=`) || (/^-\w$/.test(flag) && isBundle(text, flag));
}

/** `-sSu` for `-u`: a bundle of letters that ends with the flag. */
export function isBundle(text: string, flag: string): boolean {
  return /^-[A-Za-z]{2,8}$/.test(text) && text.endsWith(flag.slice(1)) && flag.length === 2;
}

/** Index behind the words that the rule wants after the tool; undefined when one is missing. */
export function behindWords(
  words: readonly Word[],
  at: number,
  after: readonly (readonly string[])[],
): number | undefined {
  let i = at + 1;
  for (const choices of after) {
    while (i < words.length && !choices.includes(words[i]!.text)) i++;
    if (i >= words.length) return undefined;
    i++;
  }
  return i;
}

export function positionals(words: readonly Word[], behind: number): readonly Word[] {
  return words
    .slice(behind)
    .filter((word) => !/^-./.test(word.text) || (word.isQuoted && !/^--?[a-z]/i.test(word.text)));
}

export function behindPrefix(
  words: readonly Word[],
  at: number,
  { withValue, positions }: { readonly withValue: readonly string[]; readonly positions: number },
): number {
  let i = at + 1;
  for (let left = positions; i < words.length; i++) {
    const { text } = words[i]!;
    if (text === '--') return i + 1;
    if (/^-./.test(text)) i += withValue.includes(text) ? 1 : 0;
    else if (left > 0) left--;
    else break;
  }
  return i;
}

/** The one word that a command prints: `echo V`, `printf '%s' V`, in PowerShell also `'V'`. */
export function printedWord(
  command: SimpleCommand,
): { readonly word: Word; readonly command: SimpleCommand } | undefined {
  const [first, ...rest] = command.words;
  if (!first) return undefined;
  if (rest.length === 0 && first.isQuoted) return { word: first, command };
  if (!PRINTERS.has(toolName(first.text))) return undefined;
  const said = rest.filter((word) => word.isQuoted || !/^-[neErN]+$/.test(word.text));
  const printed = /^printf$/.test(first.text) && said.length > 1 && said[0]!.text.includes('%') ? said.slice(1) : said;
  return printed.length === 1 ? { word: printed[0]!, command } : undefined;
}
