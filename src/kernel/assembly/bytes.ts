// The text that is scanned, and the classes its bytes fall into. Everybody else here reads the text through this file.

/** Address of the text's first byte. */
export let input: usize = 0;
/** Bytes of the text. */
export let length: i32 = 0;

export function setInput(at: usize): void {
  input = at;
}

export function setLength(size: i32): void {
  length = size;
}

// @ts-ignore: decorator
@inline
export function byteAt(position: i32): u32 {
  return <u32>load<u8>(input + <usize>position);
}

// @ts-ignore: decorator
@inline
export function isAlnum(c: u32): bool {
  return (c | 0x20) - 97 < 26 || c - 48 < 10;
}

// @ts-ignore: decorator
@inline
export function isLetter(c: u32): bool {
  return (c | 0x20) - 97 < 26;
}

// @ts-ignore: decorator
@inline
export function isNameByte(c: u32): bool {
  return isAlnum(c) || c == 95 || c == 45 || c == 46 || c == 36 || c >= 128;
}

// @ts-ignore: decorator
@inline
export function isBlank(c: u32): bool {
  return c == 32 || c == 9;
}

// @ts-ignore: decorator
@inline
export function isQuote(c: u32): bool {
  return c == 34 || c == 39 || c == 96;
}

/** All bits of the bytes that are digits. */
// @ts-ignore: decorator
@inline
export function digitsOf(v: v128): v128 {
  return i8x16.le_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(9));
}

/** All bits of the bytes that are letters. */
// @ts-ignore: decorator
@inline
export function lettersOf(v: v128): v128 {
  return i8x16.le_u(i8x16.sub(v128.or(v, i8x16.splat(0x20)), i8x16.splat(97)), i8x16.splat(25));
}
