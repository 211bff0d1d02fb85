// A text that a pattern matches, as an example of a rule: literals as they are, runs of signs as placeholders that are filled
// at the proof, the secret between « and ».
import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** Length of a run that may be of any length. */
const USUAL_RUN = 24;

/** From the widest set of signs to the narrowest. */
const SETS: readonly (readonly [name: string, signs: string])[] = [
  ['base62', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'],
  ['base36', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['BASE36', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'],
  ['hex', '0123456789abcdef'],
  ['HEX', '0123456789ABCDEF'],
  ['base32', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'],
  ['lower', 'abcdefghijklmnopqrstuvwxyz'],
  ['upper', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['digits', '0123456789'],
];

/** A run of `count` signs that one node allows. */
function run(node: AST.Node, count: number): string {
  if (count === 0) return '';
  const one = new RegExp(`^(?:${node.raw})$`);
  const set = SETS.find(([, signs]) => [...signs].every((sign) => one.test(sign)));
  if (set) return `{{${set[0]}:${count}}}`;
  // Blanks and quotes last: what stands between them is easier to read.
  const sign = [...'a0A_-+/=.:;,@#%&*!?~^$<>|(){}[]"\'` \t\n'].find((try_) => one.test(try_));
  // Cut, so that the file of rules does not find itself.
  const text = (sign ?? '').repeat(count);
  return count < 8 ? text : `${text.slice(0, 4)}{{}}${text.slice(4)}`;
}

function sample(node: AST.Node, secret: AST.Node): string {
  const text = plainSample(node, secret);
  return node === secret ? `«${text}»` : text;
}

function plainSample(node: AST.Node, secret: AST.Node): string {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return sample(node.alternatives[0]!, secret);
    case 'Alternative':
      return node.elements.map((element) => sample(element, secret)).join('');
    case 'Quantifier': {
      const { element, min, max } = node;
      const isRun = element.type === 'CharacterClass' || element.type === 'CharacterSet';
      if (!isRun) return sample(element, secret).repeat(min);
      const isFree = max > min;
      return run(
        element,
        isFree && (min > 0 || max > USUAL_RUN) && max > 8
          ? Math.min(max, Math.max(min, min === 0 ? 0 : USUAL_RUN))
          : min,
      );
    }
    case 'Character':
      return String.fromCharCode(node.value);
    case 'CharacterClass':
    case 'CharacterSet':
      return run(node, 1);
    default:
      return '';
  }
}

/** Splits words that a scanner would trip over: `AKIA` → `AK{{}}IA`. */
function splitWords(text: string): string {
  return text.replace(/[A-Za-z0-9_-]{4,}(?=\{\{)/g, (word) => `${word.slice(0, 2)}{{}}${word.slice(2)}`);
}

/** @param pattern with one group at most; without one the whole match is the secret */
export function sampleOf(pattern: string): string {
  const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: false, unicodeSets: false });
  let secret: AST.Node = tree;
  const find = (node: AST.Node): void => {
    if (node.type === 'CapturingGroup') secret = node;
    else if ('alternatives' in node && node.type !== 'ClassStringDisjunction') node.alternatives.forEach(find);
    else if (node.type === 'Alternative') node.elements.forEach(find);
    else if (node.type === 'Quantifier') find(node.element);
  };
  find(tree);
  return splitWords(sample(tree, secret));
}
