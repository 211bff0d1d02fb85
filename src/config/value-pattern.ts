// The regular expression under `value:` of an ignore entry: it must compile, must not be able to run away, and must not
// fit every secret. The expression is never repeated in a message. The parser of expressions is loaded only here.
import type { AST } from '@eslint-community/regexpp';
import { LONGEST_SEARCHED_VALUE } from './ignore-entry.ts';
import type { YamlReader, YamlValue } from './yaml-reader.ts';

const LONGEST = 500;
/** Steps that the worst value may cost: well below a second. One free repeat without `^` costs 4096². */
const MOST_STEPS = 4e7;
/** Made-up values of every kind; an expression that fits all of them hides everything. */
const PROBES = ['a', '7', 'Zq9', 'p@ss w0rd', '0f'.repeat(16), 'AbCdEf012+/=', 'x-y_z.0', '\u00e9'];

function isAnchored(pattern: AST.Pattern): boolean {
  return pattern.alternatives.every((one) => one.elements[0]?.type === 'Assertion' && one.elements[0].kind === 'start');
}

function ways(node: AST.Quantifier): number {
  return Math.min(node.max, LONGEST_SEARCHED_VALUE) - node.min + 1;
}

/** The safe subset: no repeat inside a repeat, no repeated choice, no back-reference, and few ways to share out the text. */
async function findRunaway(source: string): Promise<string | undefined> {
  const { RegExpParser, visitRegExpAST } = await import('@eslint-community/regexpp');
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: false, unicodeSets: false });
  let steps = isAnchored(pattern) ? 1 : LONGEST_SEARCHED_VALUE;
  let depth = 0;
  let fault: string | undefined;
  visitRegExpAST(pattern, {
    onQuantifierEnter(node) {
      steps *= Math.max(1, ways(node));
      if (depth > 0) fault ??= 'has a repeat inside a repeat, which can take for ever; write it without the outer one';
      if (node.max <= 1) return;
      depth++;
      const part = node.element;
      if ((part.type === 'Group' || part.type === 'CapturingGroup') && part.alternatives.length > 1) {
        fault ??= 'repeats a choice, which can take for ever; write it without the repeat';
      }
    },
    onQuantifierLeave(node) {
      if (node.max > 1) depth--;
    },
    onBackreferenceEnter() {
      fault ??= 'has a back-reference; write it without';
    },
  });
  if (fault) return fault;
  return steps > MOST_STEPS
    ? 'has too many free repeats; start it with ^, leave out .* at its ends, or bound them, such as {1,20}'
    : undefined;
}

async function findFault(source: string): Promise<string | undefined> {
  if (source === '') return 'is empty and would fit every secret; narrow it or leave it out';
  if (source.length > LONGEST) return `is longer than ${LONGEST} characters; shorten it`;
  let regex: RegExp;
  try {
    regex = new RegExp(source);
  } catch {
    return 'is no valid JavaScript regular expression; mend it, and quote it with single quotes';
  }
  const runaway = await findRunaway(source);
  if (runaway) return runaway;
  return PROBES.every((probe) => regex.test(probe)) ? 'fits every secret; narrow it or leave it out' : undefined;
}

/** Reads and checks one expression; undefined after a fault was noted. */
export async function compileValuePattern(reader: YamlReader, node: YamlValue): Promise<RegExp | undefined> {
  const source = reader.string(node);
  if (source === undefined) return undefined;
  const fault = await findFault(source);
  if (fault) reader.fault(node.line, `value: the regular expression ${fault}`);
  return fault ? undefined : new RegExp(source);
}
