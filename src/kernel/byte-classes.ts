// The classes that bytes fall into, for the kernel's plain twin; the same stand in assembly/bytes.ts.

export const isLetter = (c: number): boolean => (c | 0x20) >= 97 && (c | 0x20) <= 122;
export const isDigit = (c: number): boolean => c >= 48 && c <= 57;
export const isAlnum = (c: number): boolean => isLetter(c) || isDigit(c);
/** A-Za-z0-9+/=_- : base64 in both alphabets, and what joins words in names. */
export const isToken = (c: number): boolean => isAlnum(c) || c === 43 || c === 47 || c === 61 || c === 95 || c === 45;
/** What names are made of: letters, digits, _ - . $ and everything beyond ASCII. */
export const isNameByte = (c: number): boolean =>
  isAlnum(c) || c === 95 || c === 45 || c === 46 || c === 36 || c >= 128;
export const isQuote = (c: number): boolean => c === 34 || c === 39 || c === 96;
export const isBlank = (c: number): boolean => c === 32 || c === 9;
