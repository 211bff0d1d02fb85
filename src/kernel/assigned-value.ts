// Where a value starts that is assigned to a name, and which URLs may hold a password: the part of the kernel's plain twin
// that reads how people write, with the reasons. Twin of assembly/assigned-value.ts.

import { isBlank, isLetter, isNameByte, isQuote } from './byte-classes.ts';
import { foldByte } from './fold.ts';

/** = : > ~ as in `==`, `:=`, `=>`, `=~`. */
const isOperatorTail = (c: number): boolean => c === 61 || c === 58 || c === 62 || c === 126;
/** , ; ( ) [ { } < : what an unquoted value does not start with. */
const isPunctuation = (c: number): boolean => [44, 59, 40, 41, 91, 123, 125, 60].includes(c);

/** The text that is read: its bytes, zero behind its end, and its size at the time. */
export interface ReadableText {
  readonly byteAt: (position: number) => number;
  readonly sizeBytes: () => number;
}

export interface AssignedValueReader {
  readonly findAssignedValue: (anchor: number, after: number) => number;
  readonly isCredentialUrl: (from: number) => boolean;
}

export function createAssignedValueReader({ byteAt, sizeBytes }: ReadableText): AssignedValueReader {
  /**
   * Where the value starts that is assigned to the name whose word stands at [anchor, after): 0 when there is none. Takes
   * the forms of code, configuration, mark-up and command lines; every step is bounded, so a window of 512 bytes decides.
   */
  function findAssignedValue(anchor: number, after: number): number {
    let i = after;
    let limit = Math.min(after + 64, sizeBytes());
    while (i < limit && isNameByte(byteAt(i))) i++;
    const nameEnd = i;
    let isQuoted = false;
    limit = Math.min(i + 4, sizeBytes());
    while (i < limit) {
      const c = byteAt(i);
      // `<password>value`: the end of the tag is the operator.
      if (c === 62) return valueStart(i + 1, false);
      // Quotes of JSON in HTML: `&#34;password&#34;: &#34;value&#34;`.
      const entity = entityEnd(i);
      if (entity !== 0) {
        isQuoted = true;
        i = entity;
        continue;
      }
      if (isQuote(c)) isQuoted = true;
      else if (c !== 93 && c !== 41 && c !== 92) break;
      i++;
    }
    const blank = i;
    limit = Math.min(i + 24, sizeBytes());
    while (i < limit && isBlank(byteAt(i))) i++;
    const c = byteAt(i);
    if (c === 61 || c === 58) {
      i++;
      limit = i + 2;
      while (i < limit && isOperatorTail(byteAt(i))) i++;
      return valueStart(i, false);
    }
    // `!=`, `!==`, `+=`
    if ((c === 33 || c === 43) && byteAt(i + 1) === 61) return valueStart(byteAt(i + 2) === 61 ? i + 3 : i + 2, true);
    if (c === 124 || c === 63) {
      // `||=`, `?=`, `?:` and `|| "default"`
      limit = i + 2;
      while (i < limit && (byteAt(i) === 124 || byteAt(i) === 63)) i++;
      if (byteAt(i) === 61 || byteAt(i) === 58) return valueStart(i + 1, false);
      return valueStart(i, true);
    }
    // `"password" -> "value"`
    if (c === 45 && byteAt(i + 1) === 62) return valueStart(i + 2, false);
    // `&oauth_token%3Dvalue` in an encoded URL
    if (c === 37 && byteAt(i + 1) === 51 && foldByte(byteAt(i + 2)) === 100) return valueStart(i + 3, false);
    // `name="password" value="value"`
    if (isQuoted && i > blank && isValueWord(i)) return valueStart(i + 6, true);
    // `the password is value`
    if (i > blank && c === 105 && byteAt(i + 1) === 115 && isBlankOrColon(byteAt(i + 2)))
      return valueStart(i + 3, false);
    // `define('PASSWORD', 'value')` and `setPassword("value")`
    if (c === 44) return isQuoted ? valueStart(i + 1, true) : 0;
    if (c === 40) return valueStart(i + 1, true);
    // `--password value` and `password "value"`
    if (blank !== nameEnd || i === blank) return 0;
    // `IDENTIFIED BY value`: the word itself holds a blank.
    return valueStart(i, byteAt(after - 3) !== 32 && !isOption(anchor));
  }

  /** `--db-password value`, and `ENV DB_PASSWORD value` of a Dockerfile. */
  function isOption(anchor: number): boolean {
    let i = anchor;
    const limit = Math.max(anchor - 64, 0);
    while (i > limit && isNameByte(byteAt(i - 1))) i--;
    if (byteAt(i) === 45) return true;
    return i >= 4 && byteAt(i - 4) === 69 && byteAt(i - 3) === 78 && byteAt(i - 2) === 86 && byteAt(i - 1) === 32;
  }

  /** Where the entity of a quote ends that stands at `i` (`&quot;` `&#34;` `&#39;` `&apos;`); 0 when there is none. */
  function entityEnd(i: number): number {
    if (byteAt(i) !== 38) return 0;
    const c = byteAt(i + 1);
    if (c === 35) return byteAt(i + 2) === 51 && [52, 57].includes(byteAt(i + 3)) && byteAt(i + 4) === 59 ? i + 5 : 0;
    return (c === 113 || c === 97) && byteAt(i + 5) === 59 && byteAt(i + 3) === 111 ? i + 6 : 0;
  }

  /** `value=` at `i`. */
  function isValueWord(i: number): boolean {
    return [118, 97, 108, 117, 101, 61].every((c, k) => byteAt(i + k) === c);
  }

  function isBlankOrColon(c: number): boolean {
    return isBlank(c) || c === 58;
  }

  /**
   * Skips blanks, one line break and opening quotes; 0 when what follows cannot be a value of four characters. Behind a line
   * break, or a bracket that opens a list, it must be quoted.
   */
  function valueStart(from: number, needsQuote: boolean): number {
    let i = from;
    let limit = i + 16;
    while (i < limit && isBlank(byteAt(i))) i++;
    let mustQuote = needsQuote;
    if (byteAt(i) === 91 || byteAt(i) === 40 || byteAt(i) === 10 || (byteAt(i) === 13 && byteAt(i + 1) === 10)) {
      mustQuote = true;
      limit = i + 48;
      while (
        i < limit &&
        (isBlank(byteAt(i)) || byteAt(i) === 10 || byteAt(i) === 13 || byteAt(i) === 91 || byteAt(i) === 40)
      )
        i++;
    }
    limit = i + 6;
    let quote = 0;
    while (i < limit) {
      const c = byteAt(i);
      const entity = entityEnd(i);
      if (entity !== 0) {
        quote = 38;
        i = entity;
        break;
      }
      if (isQuote(c)) quote = c;
      // Escaped quotes, and the openers of C# (@") and Python, C++ (r", b", L").
      else if (c !== 92 && (quote !== 0 || !(c === 64 || (isLetter(c) && isQuote(byteAt(i + 1)))))) break;
      i++;
    }
    if (mustQuote && quote === 0) return 0;
    if (i + 4 > sizeBytes()) return 0;
    for (let k = 0; k < 4; k++) {
      const c = byteAt(i + k);
      if (
        c <= 32 ||
        c === 127 ||
        (quote === 0 ? isQuote(c) || isPunctuation(c) : c === quote && byteAt(i + k - 1) !== 92)
      )
        return 0;
    }
    return i;
  }

  /**
   * True when the URL that goes on at `from` has a user part with a colon, or a query with `password=`, `pwd=` or the like:
   * most URLs have neither, and a rule need not look at them.
   */
  function isCredentialUrl(from: number): boolean {
    const limit = Math.min(from + 320, sizeBytes());
    let hasColon = false;
    for (let i = from; i < limit; i++) {
      const c = byteAt(i);
      if (c <= 32 || c === 34 || c === 60 || c === 62 || c === 96) return false;
      if (c === 58) hasColon = true;
      else if (c === 64 && hasColon) return true;
      else if (
        c === 61 &&
        i >= from + 2 &&
        foldByte(byteAt(i - 1)) === 100 &&
        [114, 119].includes(foldByte(byteAt(i - 2)))
      )
        return true;
    }
    return false;
  }

  return { findAssignedValue, isCredentialUrl };
}
