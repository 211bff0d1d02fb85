// The invented body of the worked examples: the word EXAMPLE repeated and cut.

/** `length` characters of EXAMPLEEXAMPLE… */
export function exampleText(length: number): string {
  return 'EXAMPLE'.repeat(Math.ceil(length / 7)).slice(0, length);
}

/** Replaces the character at `index` by `letter`. */
export function replaceAt(text: string, index: number, letter: string): string {
  return text.slice(0, index) + letter + text.slice(index + 1);
}
