// What a command line is made of: words that remember where each of their characters stands in the entry, and the simple
// commands they form. Made by split-words.ts.

/** Text with the place of each character in the entry; without `starts` the text is the entry itself. */
export interface Script {
  readonly text: string;
  readonly starts?: readonly number[];
  readonly ends?: readonly number[];
}

export interface Word {
  readonly text: string;
  /** Place in the entry of each character of `text`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** 1 for characters of a variable, a substitution or a pattern that the shell fills in. */
  readonly filled: readonly number[];
  /** The whole word in the entry, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
}

export interface SimpleCommand {
  readonly words: readonly Word[];
  /** From a here-string or a here-document. */
  readonly stdin: Word | undefined;
  /** The output goes to the next command of the list. */
  readonly isPiped: boolean;
}

export interface SplitLine {
  readonly commands: readonly SimpleCommand[];
  /** Stretches of the script that are scripts of their own: `$(…)`, backticks, `<(…)`. */
  readonly nested: readonly { readonly start: number; readonly end: number }[];
  /** Where the logical line ended in the script. */
  readonly end: number;
}

/** Puts a word together, character by character. */
export class WordBuilder {
  text = '';
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly filled: number[] = [];
  readonly from: number;
  isQuoted = false;

  constructor(from: number) {
    this.from = from;
  }

  add(character: string, start: number, end: number, filled: 0 | 1 = 0): void {
    this.text += character;
    this.starts.push(start);
    this.ends.push(end);
    this.filled.push(filled);
  }
}

/** True when a character in [from, to) of the word is filled in by the shell. */
export function isFilled(word: Word, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (word.filled[i] === 1) return true;
  return false;
}
