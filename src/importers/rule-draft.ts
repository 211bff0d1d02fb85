// A rule of another tool → an entry for one of our rule files: its expression in our subset, fixed text that wakes it up, and
// an example made from the expression. Whether it works is proved afterwards by `rules check`'s own proofs.
import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { type FixedText, fixedTexts, SHORTEST_WORD } from './fixed-text.ts';
import type { ForeignRule } from './foreign-entry.ts';
import { sampleOf } from './rule-sample.ts';
import { translateRegex } from './translate-regex.ts';

/** An entry of a rule file as data, in the order of its keys. */
export type RuleDraft = Readonly<Record<string, unknown>> & { readonly id: string };

const PROVIDER = 'imported';
const LONGEST_ID = 40;
/** Repeats without an end get one. White space gets a smaller one. */
const MOST_SIGNS = 200;
const MOST_BLANKS = 20;
/** A prefix wakes a rule only in a run of that many token characters. */
const RUN_BYTES = 20;
const MOST_BEFORE = 2000;
const EXAMPLE_WORDS = 'xxxxxxxxxxxxxxxxxxxxxxxx';

class NoRule extends Error {}

function fail(why: string): never {
  throw new NoRule(why);
}

/** `My Token (v2)` → `imported.my-token-v2`. */
export function importedId(foreignId: string): string {
  const words = foreignId
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${PROVIDER}.${words.slice(0, LONGEST_ID - PROVIDER.length - 1).replace(/-+$/, '') || 'rule'}`;
}

function parse(source: string): AST.Pattern {
  return new RegExpParser().parsePattern(source, 0, source.length, { unicode: false, unicodeSets: false });
}

function* nodes(node: AST.Node): Generator<AST.Node> {
  yield node;
  if ('alternatives' in node && node.type !== 'ClassStringDisjunction')
    for (const one of node.alternatives) yield* nodes(one);
  else if (node.type === 'Alternative') for (const one of node.elements) yield* nodes(one);
  else if (node.type === 'Quantifier') yield* nodes(node.element);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function applyEdits(source: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source);
}

/** Only the secret's group stays a group; repeats get an end. */
function normalise(source: string, secretGroup: number): string {
  const tree = parse(source);
  const groups = [...nodes(tree)].filter((node) => node.type === 'CapturingGroup');
  if (secretGroup > groups.length) fail(`has no group ${secretGroup}`);
  const kept = groups[Math.max(secretGroup, 1) - 1];
  if (kept?.parent.type === 'Quantifier') fail('repeats the group of the secret');
  const edits: Edit[] = groups
    .filter((group) => group !== kept)
    .map(({ start }) => ({ start, end: start + 1, text: '(?:' }));
  for (const node of nodes(tree)) {
    if (node.type !== 'Quantifier' || node.max !== Number.POSITIVE_INFINITY) continue;
    const most = /^\\s$|^\[[\\tnfr ]+\]$/.test(node.element.raw) ? MOST_BLANKS : MOST_SIGNS;
    const sign = `{${node.min},${Math.max(node.min, most)}}${node.greedy ? '' : '?'}`;
    edits.push({ start: node.element.end, end: node.end, text: sign });
  }
  return applyEdits(source, edits);
}

/** `[\w.-]{0,50}?(?:word|word)…operator…(secret)end`: what gitleaks makes for keys without a form of their own. */
const SEMI_GENERIC = /^\[\\w\.-\]\{0,50\}\?\(\?:([\w\-|. ]+)\)\(\?:\[[^\]]*\]\{0,20\}\)/;

/** The boundary that gitleaks puts behind a secret; ours is added by the detector. */
function dropEnd(source: string): string {
  const [only, ...more] = parse(source).alternatives;
  const last = only?.elements.at(-1);
  if (more.length > 0 || last?.type !== 'Group') return source;
  const isEnd = last.alternatives.some(
    (one) => one.elements.length === 1 && one.elements[0]!.type === 'Assertion' && one.elements[0]!.kind === 'end',
  );
  return isEnd ? source.slice(0, last.start) : source;
}

function wakeUp(
  source: string,
  ignoreCase: boolean,
  keywords: readonly string[],
): { readonly keys: Record<string, unknown>; readonly pattern: string; readonly before: string } {
  const semi = SEMI_GENERIC.exec(source);
  const group = [...nodes(parse(source))].find((node) => node.type === 'CapturingGroup');
  if (semi && group) {
    const words = semi[1]!
      .split('|')
      .map((word) => word.trim())
      .filter((word) => word.length >= SHORTEST_WORD);
    if (words.length === 0) fail('has no fixed word of three letters or more');
    return { keys: { near: { words, within: 60 } }, pattern: group.raw.slice(1, -1), before: `${words[0]}_key = "` };
  }
  const pattern = dropEnd(source).replace(/^\\b/, '');
  const literals = fixedTexts(parse(pattern), 0);
  const [first] = literals;
  // The run that wakes a prefix rule must be the secret's own.
  const isAtStart = group === undefined || pattern.startsWith(group.raw);
  const isPrefix =
    isAtStart &&
    first?.before === 0 &&
    !first.isFolded &&
    !ignoreCase &&
    shortestOf(parse(pattern)) >= RUN_BYTES &&
    first.texts.every((text) => /^[A-Za-z0-9+/=_-]+$/.test(text));
  if (isPrefix) return { keys: { prefixes: first.texts }, pattern, before: 'key = "' };
  const wanted = literals.filter((one) => one.before <= MOST_BEFORE);
  const isKeyword = (text: string) => keywords.some((word) => text.toLowerCase().includes(word.toLowerCase()));
  const shortest = (one: FixedText) => Math.min(...one.texts.map((text) => text.length));
  const best =
    wanted.find((one) => one.texts.every(isKeyword)) ?? [...wanted].sort((a, b) => shortest(b) - shortest(a))[0];
  if (!best) fail('has no fixed text of three characters or more that each match holds');
  const anchors = [...new Set(best.texts.map((text) => text.slice(0, 64)))];
  return { keys: { anchors, before: Math.max(best.before, 1) }, pattern, before: '' };
}

function shortestOf(node: AST.Node): number {
  if (node.type === 'Alternative') return node.elements.reduce((sum, one) => sum + shortestOf(one), 0);
  if (node.type === 'Quantifier') return node.min * shortestOf(node.element);
  if ('alternatives' in node && node.type !== 'ClassStringDisjunction')
    return node.type === 'Assertion' ? 0 : Math.min(...node.alternatives.map(shortestOf));
  return node.type === 'Assertion' || node.type === 'Backreference' ? 0 : 1;
}

/** @returns the entry, or why there is none (a clause that follows "the expression") */
export function draftRule(rule: ForeignRule, file: string): RuleDraft | string {
  const translation = translateRegex(rule.regex, true);
  if (translation.fault !== undefined) return translation.fault;
  const { ignoreCase } = translation;
  try {
    const source = normalise(translation.source, rule.secretGroup);
    const { keys, pattern, before } = wakeUp(source, ignoreCase, rule.keywords);
    const sample = sampleOf(pattern);
    return {
      id: importedId(rule.id),
      name: rule.id.slice(0, 80),
      description: rule.description || `Rule ${rule.id} of ${file}.`,
      severity: 'high',
      confidence: 'medium',
      ...keys,
      pattern,
      ...(ignoreCase && { ignoreCase }),
      ...(rule.entropy > 0 && { minEntropyBits: Math.min(8, rule.entropy) }),
      examples: [`${before}${sample}${before.endsWith('"') ? '"' : ''}`],
      counterExamples: [`${before}${EXAMPLE_WORDS}`],
      rotate: { where: 'The service that issued the value' },
      references: ['https://github.com/gitleaks/gitleaks'],
    };
  } catch (error) {
    if (error instanceof NoRule) return error.message;
    throw error;
  }
}
