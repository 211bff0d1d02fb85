// Reads `name operator value` around a place the kernel has marked, in the forms of code, configuration, mark-up and
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
  /** The quote around the value, '' without. */
  readonly quote: string;
  /** Text between the name and the value. */
  readonly operator: string;
  /** Text of the line before the name, at most 120 characters. */
  readonly before: string;
  /** Up to 40 characters after the value and its quote. */
  readonly after: string;
}

const NAME_END = /[\w.$\x80-\xff-]*/y;
const NAME_START = /[\w.$\x80-\xff-]*$/;
/** What ends a value without quotes. */
const BARE_END = /[\s"'`<>]|[,;](?=\s|$)|[)\]}](?=[\s,;)\]}]|$)|$/g;
const LONGEST_VALUE = 512;

/** End of a quoted value that starts at `start`; -1 when the quote does not close in time or a line ends before. */
function closeQuote(text: string, start: number, quote: string, isEscaped: boolean): number {
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

/**
 * @param text window around the name, latin1
 * @param wordAt where the woken word starts in it
 * @param valueStart where the kernel saw the value start
 * @returns undefined when the value does not end within 512 characters or is empty
 */
export function readAssignment(text: string, wordAt: number, valueStart: number): Assignment | undefined {
  const head = text.slice(Math.max(0, wordAt - 64), wordAt);
  const nameStart = wordAt - (NAME_START.exec(head)?.[0].length ?? 0);
  NAME_END.lastIndex = wordAt;
  NAME_END.exec(text);
  const nameEnd = Math.min(NAME_END.lastIndex, valueStart);

  const last = text[valueStart - 1] ?? '';
  const quote = last === '"' || last === "'" || last === '`' ? last : '';
  let valueEnd: number;
  if (quote) {
    valueEnd = closeQuote(text, valueStart, quote, text[valueStart - 2] === '\\');
    if (valueEnd < 0) return undefined;
  } else {
    BARE_END.lastIndex = valueStart;
    valueEnd = BARE_END.exec(text)?.index ?? text.length;
    if (valueEnd - valueStart > LONGEST_VALUE) return undefined;
  }
  if (valueEnd <= valueStart) return undefined;
  const lineStart = text.lastIndexOf('\n', nameStart - 1) + 1;
  return {
    name: text.slice(nameStart, nameEnd),
    wordAt: wordAt - nameStart,
    value: text.slice(valueStart, valueEnd),
    valueStart,
    valueEnd,
    quote,
    operator: text.slice(nameEnd, valueStart),
    before: text.slice(Math.max(lineStart, nameStart - 120), nameStart),
    after: text.slice(valueEnd + quote.length, valueEnd + quote.length + 40),
  };
}
