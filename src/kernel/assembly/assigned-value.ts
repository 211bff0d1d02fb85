// Where a value starts that is assigned to a name, in the forms of code, configuration, mark-up and command lines; and
// which URLs may hold a password. The plain twin (fallback) tells the reasons.
import { byteAt, digitsOf, input, isBlank, isLetter, isNameByte, isQuote, length, lettersOf } from './bytes';

/** = : > ~ */
// @ts-ignore: decorator
@inline
function isOperatorTail(c: u32): bool {
  return c == 61 || c == 58 || c == 62 || c == 126;
}

/** , ; ( ) [ { } < : what an unquoted value does not start with. */
// @ts-ignore: decorator
@inline
function isPunctuation(c: u32): bool {
  return c == 44 || c == 59 || c == 40 || c == 41 || c == 91 || c == 123 || c == 125 || c == 60;
}

/** End of the name's bytes from `position` on, 64 at most; 16 at a time, because names have any length. */
function endOfName(position: i32): i32 {
  const limit = min(position + 64, length);
  for (let i = position; i < limit; i += 16) {
    const v = v128.load(input + <usize>i);
    const signs = v128.or(
      v128.or(i8x16.eq(v, i8x16.splat(95)), i8x16.eq(v, i8x16.splat(36))),
      i8x16.le_u(i8x16.sub(v, i8x16.splat(45)), i8x16.splat(1)),
    );
    // The sign of a byte is that of one beyond ASCII.
    const others = 0xffff & ~i8x16.bitmask(v128.or(v128.or(v, signs), v128.or(digitsOf(v), lettersOf(v))));
    if (others != 0) return min(i + <i32>ctz(others), limit);
  }
  return max(position, limit);
}

/**
 * Where the value starts that is assigned to the name whose word stands at [anchor, position): 0 when there is none.
 * The same steps stand in fallback.ts, with the reasons.
 */
export function findAssignedValue(anchor: i32, position: i32): i32 {
  const nameEnd = endOfName(position);
  let i = nameEnd;
  let limit: i32;
  let isQuoted = false;
  limit = min(i + 4, length);
  while (i < limit) {
    const c = byteAt(i);
    if (c == 62) return valueStart(i + 1, false);
    const entity = entityEnd(i);
    if (entity != 0) {
      isQuoted = true;
      i = entity;
      continue;
    }
    if (isQuote(c)) isQuoted = true;
    else if (c != 93 && c != 41 && c != 92) break;
    i++;
  }
  const blank = i;
  limit = min(i + 24, length);
  while (i < limit && isBlank(byteAt(i))) i++;
  const c = byteAt(i);
  if (c == 61 || c == 58) {
    i++;
    limit = i + 2;
    while (i < limit && isOperatorTail(byteAt(i))) i++;
    return valueStart(i, false);
  }
  if ((c == 33 || c == 43) && byteAt(i + 1) == 61) return valueStart(byteAt(i + 2) == 61 ? i + 3 : i + 2, true);
  if (c == 124 || c == 63) {
    limit = i + 2;
    while (i < limit && (byteAt(i) == 124 || byteAt(i) == 63)) i++;
    if (byteAt(i) == 61 || byteAt(i) == 58) return valueStart(i + 1, false);
    return valueStart(i, true);
  }
  if (c == 45 && byteAt(i + 1) == 62) return valueStart(i + 2, false);
  if (c == 37 && byteAt(i + 1) == 51 && (byteAt(i + 2) | 0x20) == 100) return valueStart(i + 3, false);
  if (isQuoted && i > blank && c == 118 && isValueWord(i)) return valueStart(i + 6, true);
  if (i > blank && c == 105 && byteAt(i + 1) == 115 && (isBlank(byteAt(i + 2)) || byteAt(i + 2) == 58)) return valueStart(i + 3, false);
  if (c == 44) return isQuoted ? valueStart(i + 1, true) : 0;
  if (c == 40) return valueStart(i + 1, true);
  if (blank != nameEnd || i == blank) return 0;
  return valueStart(i, byteAt(position - 3) != 32 && !isOption(anchor));
}

/** True for `--db-password value` and `ENV DB_PASSWORD value`: what follows the name needs no quotes. */
function isOption(anchor: i32): bool {
  let i = anchor;
  const limit = max(anchor - 64, 0);
  while (i > limit && isNameByte(byteAt(i - 1))) i--;
  if (byteAt(i) == 45) return true;
  return i >= 4 && byteAt(i - 4) == 69 && byteAt(i - 3) == 78 && byteAt(i - 2) == 86 && byteAt(i - 1) == 32;
}

/** Where the entity of a quote ends that stands at `i` (`&quot;` `&#34;` `&#39;` `&apos;`); 0 when there is none. */
function entityEnd(i: i32): i32 {
  if (byteAt(i) != 38) return 0;
  const c = byteAt(i + 1);
  if (c == 35) return byteAt(i + 2) == 51 && (byteAt(i + 3) == 52 || byteAt(i + 3) == 57) && byteAt(i + 4) == 59 ? i + 5 : 0;
  return (c == 113 || c == 97) && byteAt(i + 5) == 59 && byteAt(i + 3) == 111 ? i + 6 : 0;
}

/** `value=` at `i`. */
function isValueWord(i: i32): bool {
  return byteAt(i + 1) == 97 && byteAt(i + 2) == 108 && byteAt(i + 3) == 117 && byteAt(i + 4) == 101 && byteAt(i + 5) == 61;
}

/** Skips blanks, one line break and opening quotes; 0 when what follows cannot be a value. */
function valueStart(position: i32, needsQuote: bool): i32 {
  let i = position;
  let limit = i + 16;
  while (i < limit && isBlank(byteAt(i))) i++;
  let mustQuote = needsQuote;
  if (byteAt(i) == 91 || byteAt(i) == 40 || byteAt(i) == 10 || (byteAt(i) == 13 && byteAt(i + 1) == 10)) {
    mustQuote = true;
    limit = i + 48;
    while (i < limit && (isBlank(byteAt(i)) || byteAt(i) == 10 || byteAt(i) == 13 || byteAt(i) == 91 || byteAt(i) == 40)) i++;
  }
  limit = i + 6;
  let quote: u32 = 0;
  while (i < limit) {
    const c = byteAt(i);
    const entity = entityEnd(i);
    if (entity != 0) {
      quote = 38;
      i = entity;
      break;
    }
    if (isQuote(c)) quote = c;
    else if (c != 92 && (quote != 0 || !(c == 64 || (isLetter(c) && isQuote(byteAt(i + 1)))))) break;
    i++;
  }
  if (mustQuote && quote == 0) return 0;
  if (i + 4 > length) return 0;
  for (let k = 0; k < 4; k++) {
    const c = byteAt(i + k);
    if (c <= 32 || c == 127) return 0;
    if (quote != 0 ? c == quote && byteAt(i + k - 1) != 92 : isQuote(c) || isPunctuation(c)) return 0;
  }
  return i;
}

/** True when the URL that goes on at `position` has a user part with a colon, or a query with `…rd=` or `…wd=`. */
export function isCredentialUrl(position: i32): bool {
  const limit = min(position + 320, length);
  let hasColon = false;
  let last: u32 = 0;
  let beforeLast: u32 = 0;
  for (let i = position; i < limit; i++) {
    const c = byteAt(i);
    if (c <= 32 || c == 34 || c == 60 || c == 62 || c == 96) return false;
    if (c == 58) hasColon = true;
    else if (c == 64 && hasColon) return true;
    else if (c == 61 && (last | 0x20) == 100 && ((beforeLast | 0x20) == 114 || (beforeLast | 0x20) == 119)) return true;
    beforeLast = last;
    last = c;
  }
  return false;
}
