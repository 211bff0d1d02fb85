// Reads `name operator value` around a place the kernel has marked, in the forms of code, configuration, mark-up, URLs and
// command lines. Text in, text out; no judgement of the value.

export interface Assignment {
  /** The whole name, such as `spring.datasource.password`. */
  readonly name: string;
  /** Where the woken word starts in the name. */
  readonly wordAt: number;
  readonly value: string;
  /** Offsets of the value in the searched text. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** The quote around the value, '' without; `&` for quotes written as HTML entities. */
  readonly quote: string;
  /** Text between the name and the value. */
  readonly operator: string;
  /** Text of the line before the name, at most 120 characters. */
  readonly before: string;
  /** Up to 40 characters after the value and its quote. */
  readonly after: string;
  /** Up to 160 characters before that line, and up to 200 after the value: what stands around it. */
  readonly around: string;
}

const NAME_END = /[\w.$\x80-\xff-]*/y;
/** The one woken word that holds a blank. */
const IDENTIFIED_BY = /identified by/iy;
/** How a header says what kind of credential follows. */
const SCHEME = /(?:bearer|basic|token) {1,3}(?=[\w+/=.~-]{4})/iy;
/** What ends a value without quotes. */
const BARE_END = /[\s"`<>]|'(?![A-Za-z]+(?:\s|$))|\\["'nrt]|[,;](?=[\s"'\\]|$)|[)\]}](?=[\s,;)\]}]|$)|$/g;
/** In the query of a URL and in a cookie the next parameter ends it too. */
const QUERY_END = /[\s"'`<>&;#,|\\)\]}]|%26|$/g;
const QUERY_BEFORE = /[?&;]$|%26$|amp;$/i;
const NEXT_IN_LIST = /^\s{0,24},\s{0,24}\\?["'`]/;
const LONGEST_VALUE = 512;
const LONGEST_NAME_BEFORE = 64;
const LONGEST_LINE_BEFORE = 120;
const AROUND_BEFORE = 160;
const AROUND_AFTER = 200;

/** End of a quoted value that starts at `start`; -1 when the quote does not close in time or a line ends before. */
export function closeQuote(text: string, start: number, quote: string, isEscaped: boolean): number {
  const limit = Math.min(text.length, start + LONGEST_VALUE);
  for (let i = start; i < limit; i++) {
    const c = text[i];
    if (c === '\\') {
      if (isEscaped && text[i + 1] === quote) return i;
      i++;
    } else if (c === quote) return i;
    else if (c === '\n' || c === '\r') return -1;
  }
  return -1;
}

/** A loop, because a pattern that ends in `$` is tried at every character. */
function startOfName(text: string, wordAt: number): number {
  let start = wordAt;
  const limit = Math.max(0, wordAt - LONGEST_NAME_BEFORE);
  while (start > limit && isNameCode(text.charCodeAt(start - 1))) start--;
  return start;
}

/** Letters, digits, _ $ . - and everything beyond ASCII. */
function isNameCode(c: number): boolean {
  const letter = c | 0x20;
  return (
    (letter >= 97 && letter <= 122) || (c >= 48 && c <= 57) || c === 95 || c === 36 || c === 46 || c === 45 || c >= 128
  );
}

/** Letters of an escape at `start` that are no part of the name: `%26token`, `\\ntoken`. */
function escapeLength(text: string, start: number): number {
  const last = text[start - 1];
  if (last === '%' && /^[0-9a-f]{2}/i.test(text.slice(start, start + 2))) return 2;
  return last === '\\' && /[nrt]/.test(text[start] ?? '') ? 1 : 0;
}

function endOfName(text: string, wordAt: number): number {
  IDENTIFIED_BY.lastIndex = wordAt;
  if (IDENTIFIED_BY.test(text)) return IDENTIFIED_BY.lastIndex;
  NAME_END.lastIndex = wordAt;
  NAME_END.exec(text);
  return NAME_END.lastIndex;
}

/** The quote that opens the value: `"`, `'`, a backtick, `&` for an entity, or ''. */
function openingQuote(text: string, valueStart: number): string {
  const last = text[valueStart - 1] ?? '';
  if (last === '"' || last === "'" || last === '`') return last;
  return last === ';' && /&(?:#34|#39|#x27|#x22|quot|apos);$/i.test(text.slice(valueStart - 6, valueStart)) ? '&' : '';
}

/**
 * @param text window around the name, latin1
 * @param wordAt where the woken word starts in it
 * @param kernelStart where the kernel saw the value start; a scheme such as `Bearer` there is left out of the value
 * @returns undefined when the value does not end within 512 characters or is empty
 */
export function readAssignment(text: string, wordAt: number, kernelStart: number): Assignment | undefined {
  const headStart = startOfName(text, wordAt);
  const nameStart = Math.min(wordAt, headStart + escapeLength(text, headStart));
  const nameEnd = Math.min(endOfName(text, wordAt), kernelStart);
  SCHEME.lastIndex = kernelStart;
  const valueStart = kernelStart + (SCHEME.exec(text)?.[0].length ?? 0);

  const quote = openingQuote(text, kernelStart);
  let valueEnd: number;
  if (quote) {
    valueEnd = closeQuote(text, valueStart, quote, text[kernelStart - 2] === '\\');
    if (valueEnd < 0) return undefined;
  } else {
    const isInQuery = QUERY_BEFORE.test(text.slice(Math.max(0, nameStart - 4), nameStart));
    const end = isInQuery || text[kernelStart - 1] === 'D' ? QUERY_END : BARE_END;
    end.lastIndex = valueStart;
    valueEnd = end.exec(text)?.index ?? text.length;
    if (valueEnd - valueStart > LONGEST_VALUE) return undefined;
  }
  if (valueEnd <= valueStart) return undefined;
  const name = text.slice(nameStart, nameEnd);
  const operator = text.slice(nameEnd, valueStart);
  return placeValue(text, nameStart, { name, wordAt: wordAt - nameStart, quote, operator, valueStart, valueEnd });
}

/** An assignment with what stands around it. @param nameStart where the line's text before it ends */
export function placeValue(
  text: string,
  nameStart: number,
  read: Pick<Assignment, 'name' | 'wordAt' | 'quote' | 'operator' | 'valueStart' | 'valueEnd'>,
): Assignment {
  const { valueStart, valueEnd, quote } = read;
  const lineStart = text.lastIndexOf('\n', nameStart - 1) + 1;
  const afterStart = valueEnd + (quote === '&' ? 0 : quote.length);
  return {
    ...read,
    value: text.slice(valueStart, valueEnd),
    before: text.slice(Math.max(lineStart, nameStart - LONGEST_LINE_BEFORE), nameStart),
    after: text.slice(afterStart, afterStart + 40),
    around: `${text.slice(Math.max(0, lineStart - AROUND_BEFORE), lineStart)}\0${text.slice(afterStart, afterStart + AROUND_AFTER)}`,
  };
}

/** The next value of a list (`"tokens": ["a", "b"]`), as if it were assigned alone; undefined when there is none. */
export function readNextInList(
  text: string,
  { quote, operator, valueEnd, ...rest }: Assignment,
): Assignment | undefined {
  if (quote === '' || quote === '&' || !operator.includes('[')) return undefined;
  const isEscaped = operator.endsWith(`\\${quote}`);
  const gap = NEXT_IN_LIST.exec(text.slice(valueEnd + quote.length + (isEscaped ? 1 : 0), valueEnd + 40));
  if (!gap?.[0].endsWith(quote)) return undefined;
  const valueStart = valueEnd + quote.length + (isEscaped ? 1 : 0) + gap[0].length;
  const end = closeQuote(text, valueStart, quote, isEscaped);
  if (end <= valueStart) return undefined;
  const after = text.slice(end + quote.length, end + quote.length + 40);
  return { ...rest, quote, operator, value: text.slice(valueStart, end), valueStart, valueEnd: end, after };
}
