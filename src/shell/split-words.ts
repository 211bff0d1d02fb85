// Cuts a command line into simple commands and words the way a shell would, remembering for every character of a word
// where it stands: quotes, escapes and continuations are taken away, variables and substitutions are marked as not literal.
// Reads one logical line; never fails: what no shell would accept is taken as it is.
import type { Dialect } from './history-format.ts';
import { type Script, type SplitLine, type Word, WordBuilder } from './word.ts';

/** Longest logical line that is looked at; longer ones are data, which the detector looks at. */
export const LONGEST_LINE = 65_536;

const NAME_START = /[A-Za-z_]/;
const NAME_PART = /[A-Za-z0-9_]/;
const PLACEHOLDER = /<[A-Za-z][\w .:|-]{0,40}>/y;

const ANSI: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', e: '\x1b' };

/** The reader of one logical line. A class because its place in the text is shared by many small steps. */
class LineReader {
  readonly #script: Script;
  readonly #text: string;
  readonly #end: number;
  readonly #dialect: Dialect;
  #at: number;
  #word: WordBuilder | undefined;
  #words: Word[] = [];
  #stdin: Word | undefined;
  #expects: 'word' | 'file' | 'here-string' | 'here-document' = 'word';
  readonly #hereDocuments: { readonly delimiter: Word; readonly command: number }[] = [];
  readonly #commands: { words: readonly Word[]; stdin: Word | undefined; isPiped: boolean }[] = [];
  readonly #nested: { start: number; end: number }[] = [];

  constructor(script: Script, start: number, end: number, dialect: Dialect) {
    this.#script = script;
    this.#text = script.text;
    this.#at = start;
    this.#end = Math.min(end, start + LONGEST_LINE);
    this.#dialect = dialect;
  }

  read(): SplitLine {
    while (this.#at < this.#end && this.#step());
    this.#endCommand(false);
    return { commands: this.#commands, nested: this.#nested, end: this.#at };
  }

  #start(i: number): number {
    return this.#script.starts?.[i] ?? i;
  }

  #stop(i: number): number {
    return this.#script.ends?.[i] ?? i + 1;
  }

  #open(): WordBuilder {
    this.#word ??= new WordBuilder(this.#at);
    return this.#word;
  }

  /** Takes `count` characters as they stand. */
  #take(count: number, filled: 0 | 1 = 0): void {
    const word = this.#open();
    const to = Math.min(this.#end, this.#at + count);
    for (; this.#at < to; this.#at++) {
      word.add(this.#text[this.#at]!, this.#start(this.#at), this.#stop(this.#at), filled);
    }
  }

  /** Takes one character that is written with `length` characters. */
  #takeEscaped(character: string, length: number): void {
    const last = Math.min(this.#end, this.#at + length) - 1;
    this.#open().add(character, this.#start(this.#at), this.#stop(last));
    this.#at = last + 1;
  }

  #endWord(): void {
    const word = this.#word;
    this.#word = undefined;
    if (!word) return;
    const done: Word = {
      text: word.text,
      starts: word.starts,
      ends: word.ends,
      filled: word.filled,
      start: this.#start(word.from),
      end: this.#stop(Math.max(word.from, this.#at - 1)),
      isQuoted: word.isQuoted,
    };
    const expected = this.#expects;
    this.#expects = 'word';
    if (expected === 'word') this.#words.push(done);
    else if (expected === 'here-string') this.#stdin = done;
    else if (expected === 'here-document')
      this.#hereDocuments.push({ delimiter: done, command: this.#commands.length });
  }

  #endCommand(isPiped: boolean): void {
    this.#endWord();
    this.#expects = 'word';
    if (this.#words.length === 0 && !this.#stdin) return;
    this.#commands.push({ words: this.#words, stdin: this.#stdin, isPiped });
    this.#words = [];
    this.#stdin = undefined;
  }

  /** One step; false at the end of the logical line. */
  #step(): boolean {
    const c = this.#text[this.#at]!;
    switch (c) {
      case '\n':
        return this.#lineBreak();
      case ' ':
      case '\t':
      case '\r':
        this.#endWord();
        this.#at++;
        return true;
      case "'":
        this.#singleQuoted();
        return true;
      case '"':
        this.#doubleQuoted();
        return true;
      case '`':
        if (this.#dialect === 'powershell') this.#escape();
        else this.#substitution(1, this.#closing('`', this.#at + 1));
        return true;
      case '$':
        this.#dollar(false);
        return true;
      case '\\':
        if (this.#dialect === 'powershell') this.#take(1);
        else this.#escape();
        return true;
      case '#':
        if (!this.#word) {
          while (this.#at < this.#end && this.#text[this.#at] !== '\n') this.#at++;
          return true;
        }
        this.#take(1);
        return true;
      case '<':
      case '>':
        this.#redirect(c);
        return true;
      case '|':
        this.#at += this.#text[this.#at + 1] === '|' ? 2 : 1;
        this.#endCommandAt(this.#text[this.#at - 2] !== '|', this.#text[this.#at - 2] === '|' ? 2 : 1);
        return true;
      case ';':
      case '&':
      case '(':
      case ')':
        return this.#separator(c);
      default:
        this.#take(1);
        return true;
    }
  }

  /** Ends a command whose separator of `length` characters has been passed. */
  #endCommandAt(isPiped: boolean, length: number): void {
    this.#at -= length;
    this.#endCommand(isPiped);
    this.#at += length;
  }

  #separator(c: string): boolean {
    // `>&2`, `&>file`: part of a redirection. `&` inside of a word without quotes is an URL that was pasted.
    const next = this.#text[this.#at + 1] ?? ' ';
    if (c === '&' && (next === '>' || (this.#expects === 'file' && !this.#word))) {
      this.#at++;
      return true;
    }
    if ((c === '(' || c === ')') && this.#dialect === 'powershell' && this.#word) {
      this.#take(1);
      return true;
    }
    this.#endCommand(false);
    this.#at++;
    return true;
  }

  #lineBreak(): boolean {
    this.#endCommand(false);
    this.#at++;
    for (const { delimiter, command } of this.#hereDocuments) this.#hereDocument(delimiter, command);
    return false;
  }

  #hereDocument(delimiter: Word, command: number): void {
    const from = this.#at;
    let to = this.#end;
    for (let line = from; line < this.#end; ) {
      const newline = this.#text.indexOf('\n', line);
      const end = newline < 0 ? this.#end : Math.min(newline, this.#end);
      if (this.#text.slice(line, end).replace(/^\t+/, '').trimEnd() === delimiter.text) {
        to = line;
        this.#at = Math.min(this.#end, end + 1);
        break;
      }
      line = end + 1;
      this.#at = Math.min(line, this.#end);
    }
    const owner = this.#commands[command];
    if (!owner || to <= from) return;
    const body = new WordBuilder(from);
    const last = this.#text[to - 1] === '\n' ? to - 1 : to;
    for (let i = from; i < last; i++) body.add(this.#text[i]!, this.#start(i), this.#stop(i));
    if (!delimiter.isQuoted) {
      for (const { index, 0: found } of body.text.matchAll(/\$[\w{(][^\s"']*|`[^`]*`/g)) {
        body.filled.fill(1, index, index + found.length);
      }
    }
    const { text, starts, ends, filled } = body;
    const stdin = { text, starts, ends, filled, start: this.#start(from), end: this.#stop(last - 1), isQuoted: true };
    if (last > from) this.#commands[command] = { ...owner, stdin };
  }

  #redirect(c: string): void {
    const next = this.#text[this.#at + 1];
    PLACEHOLDER.lastIndex = this.#at;
    const placeholder = c === '<' ? PLACEHOLDER.exec(this.#text)?.[0] : undefined;
    if (placeholder !== undefined) return this.#take(placeholder.length, 1);
    if (next === '(') return this.#substitution(2, this.#closingParenthesis(this.#at + 2));
    // A number right before is a file descriptor.
    if (this.#word && /^\d$/.test(this.#word.text)) this.#word = undefined;
    this.#endWord();
    if (this.#dialect === 'powershell' || c === '>') {
      while (this.#text[this.#at] === '>' || this.#text[this.#at] === '<') this.#at++;
      if (this.#text[this.#at] === '|') this.#at++;
      this.#expects = 'file';
    } else if (this.#text.startsWith('<<<', this.#at)) {
      this.#at += 3;
      this.#expects = 'here-string';
    } else if (next === '<') {
      this.#at += this.#text[this.#at + 2] === '-' ? 3 : 2;
      this.#expects = 'here-document';
    } else {
      this.#at++;
      this.#expects = 'file';
    }
  }

  #escape(): void {
    const next = this.#text[this.#at + 1];
    if (next === undefined || this.#at + 1 >= this.#end) return this.#take(1);
    if (next === '\n') {
      this.#at += 2;
      return;
    }
    this.#takeEscaped(next, 2);
  }

  #singleQuoted(): void {
    const word = this.#open();
    const isFish = this.#dialect === 'fish';
    let close = this.#text.indexOf("'", this.#at + 1);
    while (isFish && close > 0 && this.#text[close - 1] === '\\') close = this.#text.indexOf("'", close + 1);
    if (close < 0 || close >= this.#end) return this.#take(1);
    word.isQuoted = true;
    this.#at++;
    while (this.#at < this.#end) {
      const c = this.#text[this.#at]!;
      const next = this.#text[this.#at + 1];
      if (isFish && c === '\\' && (next === "'" || next === '\\')) this.#takeEscaped(next, 2);
      else if (c !== "'") this.#take(1);
      else if (this.#dialect === 'powershell' && next === "'") this.#takeEscaped("'", 2);
      else break;
    }
    this.#at++;
  }

  #doubleQuoted(): void {
    const word = this.#open();
    if (this.#closing('"', this.#at + 1) >= this.#end) return this.#take(1);
    word.isQuoted = true;
    const mark = this.#dialect === 'powershell' ? '`' : '\\';
    this.#at++;
    while (this.#at < this.#end && this.#text[this.#at] !== '"') {
      const c = this.#text[this.#at]!;
      const next = this.#text[this.#at + 1] ?? '';
      if (c === mark && next === '\n') this.#at += 2;
      else if (c === mark && (mark === '`' || /["\\$`]/.test(next))) this.#takeEscaped(next, 2);
      else if (c === '$') this.#dollar(true);
      else if (c === '`' && mark !== '`') this.#substitution(1, this.#closing('`', this.#at + 1));
      else this.#take(1);
    }
    this.#at++;
    if (this.#dialect === 'powershell' && this.#text[this.#at] === '"' && this.#at < this.#end) this.#doubleQuoted();
  }

  #dollar(isInQuotes: boolean): void {
    const next = this.#text[this.#at + 1] ?? '';
    if (next === "'" && !isInQuotes && this.#dialect === 'sh') return this.#ansiQuoted();
    if (next === '"' && !isInQuotes && this.#dialect !== 'text') {
      this.#at++;
      return this.#doubleQuoted();
    }
    if (next === '(') return this.#substitution(2, this.#closingParenthesis(this.#at + 2));
    if (next === '{') {
      const close = this.#text.indexOf('}', this.#at);
      return this.#take((close < 0 || close >= this.#end ? this.#at + 1 : close + 1) - this.#at, 1);
    }
    if (NAME_START.test(next)) {
      let to = this.#at + 2;
      // PowerShell's `$env:NAME` and `$script:name`.
      const part = this.#dialect === 'powershell' ? /[A-Za-z0-9_:]/ : NAME_PART;
      while (to < this.#end && part.test(this.#text[to]!)) to++;
      return this.#take(to - this.#at, 1);
    }
    return this.#take(/[0-9?@*#!$-]/.test(next) && next !== '' ? 2 : 1, next === '' || next === ' ' ? 0 : 1);
  }

  #ansiQuoted(): void {
    const word = this.#open();
    word.isQuoted = true;
    this.#at += 2;
    while (this.#at < this.#end && this.#text[this.#at] !== "'") {
      if (this.#text[this.#at] !== '\\') {
        this.#take(1);
        continue;
      }
      const code = /^\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(this.#text.slice(this.#at, this.#at + 4));
      const next = this.#text[this.#at + 1] ?? '';
      if (code) {
        const value = code[1] === undefined ? Number.parseInt(code[2]!, 8) : Number.parseInt(code[1], 16);
        this.#takeEscaped(String.fromCharCode(value & 0xff), code[0].length);
      } else this.#takeEscaped(ANSI[next] ?? next, 2);
    }
    this.#at++;
  }

  /** `$(…)` and its like: what is inside is a script of its own. @param skip length of the opening */
  #substitution(skip: number, close: number): void {
    this.#nested.push({ start: this.#at + skip, end: Math.min(close, this.#end) });
    this.#take(Math.min(close + 1, this.#end) - this.#at, 1);
  }

  /** Place of the mark that closes a quote, or the end. */
  #closing(mark: string, from: number): number {
    const escapeMark = this.#dialect === 'powershell' ? '`' : '\\';
    for (let i = from; i < this.#end; i++) {
      if (this.#text[i] === escapeMark && mark !== escapeMark) i++;
      else if (this.#text[i] === mark) return i;
    }
    return this.#end;
  }

  #closingParenthesis(from: number): number {
    let depth = 1;
    for (let i = from; i < this.#end; i++) {
      const c = this.#text[i];
      if (c === '\\') i++;
      else if (c === "'" || c === '"') {
        const close = this.#text.indexOf(c, i + 1);
        if (close > 0 && close < this.#end) i = close;
      } else if (c === '(') depth++;
      else if (c === ')' && --depth === 0) return i;
    }
    return this.#end;
  }
}

/** @param start first character of the logical line in the script. @param end first that is not looked at any more */
export function splitLine(script: Script, start: number, end: number, dialect: Dialect): SplitLine {
  return new LineReader(script, start, end, dialect).read();
}
