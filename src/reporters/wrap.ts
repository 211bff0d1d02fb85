// Breaks lines between words. A word is never broken: paths and URLs are given as one word, spaces included, so that
// they can be copied.
import { makeVisible, measureColumns } from './visible-text.ts';

const NARROWEST = 60;
const WIDEST = 120;

/** The width to use for a wanted width: 60–120 columns; anything that is no number gives 80. */
export function clampWidth(width: number): number {
  return Number.isFinite(width) ? Math.min(WIDEST, Math.max(NARROWEST, Math.floor(width))) : 80;
}

/** Words of a sentence, made visible. */
export function splitWords(sentence: string): string[] {
  return makeVisible(sentence).split(' ').filter(Boolean);
}

/**
 * Fills lines with words.
 *
 * @param words  visible text; may hold spaces, which are kept
 * @param width  columns a line may take; a longer word gets a line of its own and sticks out
 * @returns lines without indentation; at least one
 */
export function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of words) {
    const wordColumns = measureColumns(word);
    if (line !== '' && columns + 1 + wordColumns > width) {
      lines.push(line);
      line = '';
      columns = 0;
    }
    line += line === '' ? word : ` ${word}`;
    columns += wordColumns + (columns === 0 ? 0 : 1);
  }
  lines.push(line);
  return lines;
}
