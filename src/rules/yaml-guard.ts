// Refuses, before the YAML parser proper runs, what no rule file needs: aliases, anchors, tags, directives, second
// documents and deep nesting. The parser takes minutes or runs out of stack or memory on a few megabytes of such text
// (measured with yaml 2.9: 4 MB of `[` fills 4 GB; deep `- - -` aborts Node), the lexer alone stays linear.
import { CST, Lexer } from 'yaml';

/** Something in the text that a rule file may not have. Line from 1. */
export interface YamlFault {
  readonly line: number;
  readonly message: string;
}

const MAX_FLOW_DEPTH = 8;
const MAX_INDENT = 64;
/** Indicators such as `-` and `:` in one line outside of brackets. Rule files use two. */
const MAX_INDICATORS = 8;
/** The parser takes some 6 µs a lexeme; a rule has about a hundred. */
const MAX_LEXEMES = 500_000;

const REFUSED: Partial<Record<CST.TokenType, string>> = {
  alias: 'an alias (*name) is not allowed in a rule file; write the value out, or put it in quotes',
  anchor: 'an anchor (&name) is not allowed in a rule file; delete it, or put the value in quotes',
  tag: 'a tag (!name) is not allowed in a rule file; delete it, or put the value in quotes',
  'directive-line': 'a directive (%name) is not allowed in a rule file; delete the line',
  'explicit-key-ind': 'a "? key" is not allowed in a rule file; write "key: value"',
  'flow-error-end': 'a bracket is not closed; close it, or put the value in quotes',
};

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/**
 * Looks for the first thing that makes the text unfit for the parser.
 *
 * @returns undefined when the text may be parsed
 * @cost one pass of the lexer; stops at the first fault
 */
export function findYamlFault(text: string): YamlFault | undefined {
  let line = 1;
  let depth = 0;
  let openedAt = 1;
  let indicators = 0;
  let documents = 0;
  let isAtLineStart = true;
  let isScalarNext = false;
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MAX_LEXEMES) return { line, message: `more than ${MAX_LEXEMES} words and signs; split the file` };
    // After the mark of a scalar comes its text, whatever that text looks like.
    const type = isScalarNext ? 'scalar' : CST.tokenType(lexeme);
    isScalarNext = !isScalarNext && lexeme === CST.SCALAR;
    if (isScalarNext) continue;
    const message = type === null ? undefined : REFUSED[type];
    if (message !== undefined) return { line: type === 'flow-error-end' ? openedAt : line, message };
    if (type === 'doc-start' && ++documents > 1) {
      return { line, message: 'a second document (---) is not allowed in a rule file; make it one list' };
    }
    if (type === 'flow-seq-start' || type === 'flow-map-start') {
      if (depth === 0) openedAt = line;
      depth++;
    }
    if (type === 'flow-seq-end' || type === 'flow-map-end') {
      if (depth === 0) return { line, message: `"${lexeme}" closes nothing; delete it, or put the value in quotes` };
      depth--;
    }
    if (depth === 0 && (type === 'seq-item-ind' || type === 'map-value-ind')) indicators++;
    if (depth > MAX_FLOW_DEPTH || indicators > MAX_INDICATORS || (isAtLineStart && isDeep(type, lexeme))) {
      return { line, message: 'nested too deep for a rule file; a rule needs three levels' };
    }
    const newlines = countNewlines(lexeme);
    if (newlines > 0) indicators = 0;
    line += newlines;
    isAtLineStart = lexeme.endsWith('\n');
  }
  return undefined;
}

function isDeep(type: CST.TokenType | null, lexeme: string): boolean {
  return type === 'space' && lexeme.length > MAX_INDENT;
}
