// A decoded text that is one value, such as a password of a Kubernetes Secret: it gets the name that it is assigned to, so
// that it is judged as `name = "value"`.
import type { Span } from '../model/span.ts';
import type { DecodedText } from './decoded-text.ts';

const LONGEST_VALUE = 256;
const MOST_BEFORE = 160;
/** `name: `, `"name": "`, `name => '`, `<name>`, and a YAML block below its key. */
const NAME_BEFORE =
  /([\w.$-]{2,64})(?:["'\])]{0,3}[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}(?:!!binary[ \t]{1,4})?(?:[|>][-+]?[ \t]{0,4}\r?\n[ \t]{1,40})?\\?["'`]?|>)(?:(?:basic|bearer) {1,2})?$/i;

/** The name that a value at `start` is assigned to on its line. */
function nameBefore(bytes: Buffer, start: number): string | undefined {
  return NAME_BEFORE.exec(bytes.toString('latin1', Math.max(0, start - MOST_BEFORE), start))?.[1];
}

/** True when the text is one value and no document: a line without blanks. */
export function isOneValue(text: DecodedText): boolean {
  return text.bytes.length <= LONGEST_VALUE && !/^[{[]|\s/.test(text.bytes.toString('latin1').trim());
}

/**
 * The text as it is to be looked at: a single value is put behind its name.
 *
 * @param bytes the window that the text was read from
 */
export function withName(text: DecodedText, bytes: Buffer): DecodedText {
  if (!isOneValue(text)) return text;
  const name = nameBefore(bytes, text.written.start);
  if (name === undefined) return text;
  const value = text.bytes.toString('latin1');
  const quote = value.includes('"') ? "'" : '"';
  const head = `${name} = ${quote}`;
  const size = text.bytes.length;
  const inner = ({ start, end }: Span): Span => ({
    start: Math.min(Math.max(0, start - head.length), size - 1),
    end: Math.min(Math.max(1, end - head.length), size),
  });
  return {
    ...text,
    bytes: Buffer.from(`${head}${value.trimEnd()}${quote}\n`, 'latin1'),
    writtenSpan: (span) => text.writtenSpan(inner(span)),
    isHidden: (span) => span.end > head.length && text.isHidden(inner(span)),
  };
}
