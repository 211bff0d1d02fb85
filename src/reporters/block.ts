// Lines of the form `  label     words words`, continued under the first word: the building block of text reports.
import type { Style } from './style.ts';
import { wrapWords } from './wrap.ts';

/** How a text report is drawn. */
export interface Drawing {
  readonly style: Style;
  /** Columns, already clamped. */
  readonly width: number;
}

const INDENT = '  ';
const LABEL_WIDTH = 10;

/** Words under each other, with a small indentation. */
export function drawParagraph(words: readonly string[], drawing: Drawing, indent = ''): string[] {
  return wrapWords(words, drawing.width - indent.length).map((line) => indent + line);
}

/**
 * @param label  at most nine characters
 * @param paragraphs  each starts on a line of its own; made of visible words
 */
export function drawLabelled(label: string, paragraphs: readonly (readonly string[])[], drawing: Drawing): string[] {
  const lines = paragraphs.flatMap((words) => wrapWords(words, drawing.width - INDENT.length - LABEL_WIDTH));
  return lines.map((line, i) => {
    const head = i === 0 ? drawing.style.dim(label) + ' '.repeat(LABEL_WIDTH - label.length) : ' '.repeat(LABEL_WIDTH);
    return INDENT + head + line;
  });
}
