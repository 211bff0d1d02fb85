// Finds the string literal that holds exactly a value, and what stands around it on its line. A value that is only a part
// of a literal, such as the password of a URL, has none: replacing it is not mechanical.
import type { Refusal, SourceFile, Stretch, TextEdit } from './code-change.ts';

export interface Literal extends Stretch {
  /** Letters before the quote, such as `r` or `f`. */
  readonly prefix: string;
  readonly quote: string;
  /** The line before and after the literal. */
  readonly before: string;
  readonly after: string;
  /** Offset of the start of the line. */
  readonly lineStart: number;
}

export function isRefusal<T extends object>(answer: T | Refusal): answer is Refusal {
  return 'refused' in answer;
}

function lineAround(
  text: string,
  start: number,
  end: number,
): { readonly lineStart: number; readonly lineEnd: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  return { lineStart, lineEnd: next === -1 ? text.length : next };
}

/**
 * @param quotes  what may open and close the literal, longest first, such as `"""`
 * @param prefixes  letters that may stand before the opening quote
 */
export function findLiteral(
  { text }: SourceFile,
  value: Stretch,
  quotes: readonly string[],
  prefixes = '',
): Literal | Refusal {
  const quote = quotes.find((one) => text.startsWith(one, value.start - one.length) && text.startsWith(one, value.end));
  if (quote === undefined) return { refused: 'the value is a part of a longer text' };
  if (text.slice(value.start, value.end).includes('\n')) return { refused: 'the value has several lines' };
  let start = value.start - quote.length;
  const end = value.end + quote.length;
  let prefix = '';
  while (start > 0 && prefixes.includes(text.charAt(start - 1)) && prefix.length < 3) {
    start--;
    prefix = text.charAt(start) + prefix;
  }
  if (prefix !== '' && /[\w$]/.test(text.charAt(start - 1))) {
    start += prefix.length;
    prefix = '';
  }
  const { lineStart, lineEnd } = lineAround(text, start, end);
  return {
    start,
    end,
    prefix,
    quote,
    before: text.slice(lineStart, start),
    after: text.slice(end, lineEnd).replace(/\r$/, ''),
    lineStart,
  };
}

/** The whole line of the value without its line end. */
export function lineOf(
  { text }: SourceFile,
  value: Stretch,
): { readonly start: number; readonly end: number; readonly text: string } {
  const { lineStart, lineEnd } = lineAround(text, value.start, value.end);
  const end = text.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd;
  return { start: lineStart, end, text: text.slice(lineStart, end) };
}

/** Offset from 1-based line and column. */
export function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf('\n', start);
    if (next === -1) return text.length;
    start = next + 1;
  }
  return Math.min(text.length, start + column - 1);
}

/** Line end that the text uses. */
export function lineEndOf(text: string): string {
  return /\r\n/.test(text) ? '\r\n' : '\n';
}

/** A new line or lines at an offset that is the start of a line. */
export function insertLines(text: string, offset: number, lines: readonly string[]): TextEdit {
  const end = lineEndOf(text);
  // A byte order mark stays in front.
  const at = offset === 0 && text.startsWith('\ufeff') ? 1 : offset;
  const isAfterOpenLine = offset > 0 && text.charAt(at - 1) !== '\n';
  return {
    start: at,
    end: at,
    replacement: `${isAfterOpenLine ? end : ''}${lines.map((line) => `${line}${end}`).join('')}`,
  };
}

/** Start of the line behind the one that holds this offset. */
export function nextLineStart(text: string, offset: number): number {
  const next = text.indexOf('\n', offset);
  return next === -1 ? text.length : next + 1;
}

/** Folder of a path with `/` at the end, or ''. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
