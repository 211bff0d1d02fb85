// Regular expressions over paths → globs that match the same paths, or fewer. What no glob can say is refused. An expression
// without anchors is searched in the path, as the other tools do it.
import { type AST, RegExpParser } from '@eslint-community/regexpp';
import type { ForeignEntry, ForeignPlace } from './foreign-entry.ts';
import { translateRegex } from './translate-regex.ts';

const MOST_PATTERNS = 60;

/** One step of a path: a piece of glob without a slash that stands for one sign, any text (`any`), or an end of the path. */
type Step = { readonly glob: string } | 'any' | 'in-name' | 'start' | 'end';
type Way = readonly Step[];

class NoGlob extends Error {}

function fail(why: string): never {
  throw new NoGlob(why);
}

function literal(code: number): Step {
  const sign = String.fromCodePoint(code);
  if (code < 32 || '\\{}'.includes(sign)) fail('has a sign that a path pattern cannot hold');
  return { glob: /[*?[\]]/.test(sign) ? `[${sign}]` : sign };
}

function setGlob(node: AST.CharacterClass): Step {
  const parts = node.elements.map((element) => {
    if (element.type === 'Character') return String.fromCodePoint(element.value);
    if (element.type === 'CharacterClassRange') {
      return `${String.fromCodePoint(element.min.value)}-${String.fromCodePoint(element.max.value)}`;
    }
    return element.type === 'CharacterSet' && element.kind === 'digit' && !element.negate
      ? '0-9'
      : fail('has a class that a path pattern cannot say');
  });
  const text = parts.join('');
  if (node.negate) return text === '/' ? { glob: '?' } : fail('has a class that a path pattern cannot say');
  // One sign, or both cases of a letter.
  if (/[\\\]\x5b^!/{},\x00-\x1f]/.test(text)) {
    return text.length === 1 ? literal(text.charCodeAt(0)) : fail('has a class that a path pattern cannot say');
  }
  return { glob: `[${text}]` };
}

function join(left: readonly Way[], right: readonly Way[]): readonly Way[] {
  if (left.length * right.length > MOST_PATTERNS) fail('has too many choices');
  return left.flatMap((a) => right.map((b) => [...a, ...b]));
}

function isNotSlash(node: AST.Node): boolean {
  return node.type === 'CharacterClass' && node.negate && node.raw.replace('\\/', '/') === '[^/]';
}

function isAnySign(node: AST.Node): boolean {
  return (
    (node.type === 'CharacterSet' && node.kind === 'any') || (node.type === 'CharacterClass' && node.raw === '[\\s\\S]')
  );
}

function waysOfRepeat({ min, max, element }: AST.Quantifier): readonly Way[] {
  if (max === Number.POSITIVE_INFINITY && min <= 1) {
    if (isAnySign(element)) return [min === 0 ? ['any'] : [{ glob: '?' }, 'any']];
    if (isNotSlash(element)) return [min === 0 ? ['in-name'] : [{ glob: '?' }, 'in-name']];
    fail('repeats what a path pattern cannot repeat');
  }
  if (max > 8) fail('repeats what a path pattern cannot repeat');
  const one = waysOf(element);
  let power: readonly Way[] = [[]];
  const all: Way[] = [];
  for (let count = 0; count <= max; count++) {
    if (count >= min) all.push(...power);
    if (count < max) power = join(power, one);
  }
  return all;
}

function waysOf(node: AST.Node): readonly Way[] {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.flatMap((alternative) => waysOf(alternative));
    case 'Alternative':
      return node.elements.reduce<readonly Way[]>((ways, element) => join(ways, waysOf(element)), [[]]);
    case 'Character':
      return [[literal(node.value)]];
    case 'CharacterClass':
      return [[isAnySign(node) ? fail('has a sign that stands for any') : setGlob(node)]];
    case 'CharacterSet':
      // A single `.` may be a slash; as a path pattern it is any other sign.
      if (node.kind === 'any') return [[{ glob: '?' }]];
      return node.kind === 'digit' && !node.negate
        ? [[{ glob: '[0-9]' }]]
        : fail('has a class that a path pattern cannot say');
    case 'Quantifier':
      return waysOfRepeat(node);
    case 'Assertion':
      if (node.kind === 'start') return [['start']];
      return node.kind === 'end' ? [['end']] : fail('looks around');
    default:
      return fail('has a part that a path pattern cannot say');
  }
}

/** `any` between two pieces: in one name, or over folders. */
function expandAny(left: string, right: string): readonly string[] {
  if (left === '') return right.startsWith('/') ? [`*/**${right}`] : right === '' ? ['**'] : [`**/*${right}`];
  if (right === '') return left.endsWith('/') ? [`${left}**`] : [`${left}*`, `${left}*/**`];
  if (left.endsWith('/')) return right.startsWith('/') ? [`${left}*/**${right}`] : [`${left}**/*${right}`];
  return right.startsWith('/')
    ? [`${left}*/**${right}`, `${left}*${right}`]
    : [`${left}*${right}`, `${left}*/**/*${right}`];
}

function globsOf(way: Way): readonly string[] {
  const steps = [...way];
  if (steps[0] === 'start') steps.shift();
  else steps.unshift('any');
  if (steps.at(-1) === 'end') steps.pop();
  else steps.push('any');
  if (steps.includes('start') || steps.includes('end')) return [];
  const pieces: string[] = [''];
  for (const step of steps) {
    if (step !== 'any') pieces[pieces.length - 1] += step === 'in-name' ? '*' : (step as { glob: string }).glob;
    else if (pieces.length === 1 || pieces.at(-1) !== '') pieces.push('');
  }
  let globs: readonly string[] = [pieces[0]!];
  for (const piece of pieces.slice(1)) {
    globs = globs.flatMap((left) => expandAny(left, piece));
    if (globs.length > MOST_PATTERNS) fail('has too many free parts');
  }
  return globs.map((glob) =>
    glob
      .replace(/\*{3,}/g, '**')
      .replace(/\/+/g, '/')
      .replace(/^\//, ''),
  );
}

/** What stands at the top and what stands in a folder is one pattern. */
function mergeDepths(globs: readonly string[]): readonly string[] {
  const all = new Set(globs);
  return [...all].flatMap((glob) => {
    if (glob.startsWith('*/**/') && all.has(glob.slice(5))) return [glob.slice(2)];
    return all.has(`*/**/${glob}`) ? [] : [glob];
  });
}

/** @returns globs for .unleak.yml, or why there are none */
export function pathGlobs(regex: string): readonly string[] | string {
  const translation = translateRegex(regex);
  if (translation.fault !== undefined) return translation.fault;
  const { source } = translation;
  try {
    const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: false, unicodeSets: false });
    const globs = mergeDepths(waysOf(pattern).flatMap(globsOf));
    if (globs.length === 0) return 'can match nothing';
    return globs.length > MOST_PATTERNS ? 'has too many choices' : globs;
  } catch (error) {
    if (error instanceof NoGlob) return error.message;
    throw error;
  }
}

/** An expression over paths as an ignore, or as something that is left. */
export function ignorePaths(at: ForeignPlace, regex: string, reason: string): ForeignEntry {
  const paths = pathGlobs(regex);
  if (typeof paths !== 'string') return { kind: 'ignore', at, paths, reason };
  return {
    kind: 'left',
    at,
    what: `path expression ${regex}`,
    why: `the expression ${paths}; write paths in .unleakignore`,
  };
}
