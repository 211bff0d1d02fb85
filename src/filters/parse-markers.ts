// Finds the comments that suppress findings: ours, and those that other tools' users have in their code already. Pure; one
// line at a time. Tools and their spellings are one table, so that adding one is one row.
import { isRuleSelector } from '../config/rule-selector.ts';
import type { Marker } from '../model/marker.ts';

/** Which lines a marker is about. `start` and `end` open and close a block. */
export type MarkerKind = 'same-line' | 'next-line' | 'start' | 'end';

/** Blocks of one family do not close those of another. */
export type MarkerFamily = 'unleak' | 'secretlint' | 'other';

export interface ParsedMarker {
  readonly kind: MarkerKind;
  readonly family: MarkerFamily;
  readonly marker: Marker;
}

interface Spelling {
  readonly pattern: string;
  readonly kind: MarkerKind;
  readonly family: MarkerFamily;
}

/** Longer spellings first: the first that fits at a place wins. detect-secrets' pragma serves ripsecrets too. */
const SPELLINGS: readonly Spelling[] = [
  { pattern: 'unleak:ignore-next-line', kind: 'next-line', family: 'unleak' },
  { pattern: 'unleak:ignore-start', kind: 'start', family: 'unleak' },
  { pattern: 'unleak:ignore-end', kind: 'end', family: 'unleak' },
  { pattern: 'unleak:ignore', kind: 'same-line', family: 'unleak' },
  { pattern: 'secretlint-disable-next-line', kind: 'next-line', family: 'secretlint' },
  { pattern: 'secretlint-disable-line', kind: 'same-line', family: 'secretlint' },
  { pattern: 'secretlint-disable', kind: 'start', family: 'secretlint' },
  { pattern: 'secretlint-enable', kind: 'end', family: 'secretlint' },
  { pattern: 'pragma: ?(?:allow|white)list[ -]nextline[ -]secret', kind: 'next-line', family: 'other' },
  { pattern: 'pragma: ?(?:allow|white)list[ -]secret', kind: 'same-line', family: 'other' },
  { pattern: '(?:gitleaks|betterleaks):allow', kind: 'same-line', family: 'other' },
  { pattern: '(?:trufflehog|kingfisher):ignore', kind: 'same-line', family: 'other' },
  { pattern: 'ggignore', kind: 'same-line', family: 'other' },
];

/** One group a spelling. A marker is a word of its own: `unleak:ignore-file` and `loggignore` are none, `--ggignore` is. */
const ANY = new RegExp(
  `(?<![\\w:]|(?<!-)-)(?:${SPELLINGS.map(({ pattern }) => `(${pattern})`).join('|')})(?![\\w:]|-(?!-))`,
  'g',
);
const LONGEST_REASON = 200;

/** What follows the marker: rule ids with commas or blanks, up to the first word that is none; `reason="…"` anywhere. */
function readOwnTail(tail: string): { ruleIds: string[]; reason: string | undefined } {
  const ruleIds: string[] = [];
  for (const word of tail.split(/[\s,]+/).filter(Boolean)) {
    if (!isRuleSelector(word)) break;
    ruleIds.push(word);
  }
  const reason = /(?:^|\s)reason=(?:"([^"]*)"|'([^']*)')/.exec(tail);
  return { ruleIds, reason: cleanReason(reason?.[1] ?? reason?.[2]) };
}

function cleanReason(text: string | undefined): string | undefined {
  const clean = text
    ?.replace(/[\x00-\x1f\x7f]+/g, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
  return clean || undefined;
}

/** secretlint names its own rules, such as `@secretlint/secretlint-rule-slack`: ours of that provider are meant. */
function readSecretlintTail(tail: string): { ruleIds: string[]; reason: string | undefined } {
  const [rules = '', reason] = tail.split(/\s--\s/, 2);
  const names = rules.match(/@?[\w-]+\/[\w/-]+|secretlint-rule-[\w-]+/g) ?? [];
  const ruleIds = names.map((name) => `${name.toLowerCase().replace(/^.*(?:secretlint-rule-|\/)/, '')}.*`);
  return { ruleIds, reason: cleanReason(reason?.replace(/(?:\*\/|-->)\s*$/, '')) };
}

/**
 * Every marker on one line, in order.
 *
 * @param lineText one line without its end; latin1 or any other text, markers are ASCII
 * @param lineNumber from 1
 * @cost one regular expression over the line; callers ask only for lines that matter
 */
export function findMarkers(lineText: string, lineNumber: number): readonly ParsedMarker[] {
  const matches = [...lineText.matchAll(ANY)];
  return matches.map((match, index) => {
    const { kind, family } = SPELLINGS[match.slice(1).findIndex((group) => group !== undefined)]!;
    const tail = lineText.slice(match.index + match[0].length, matches[index + 1]?.index);
    const none = { ruleIds: [], reason: undefined };
    const read = family === 'unleak' ? readOwnTail(tail) : family === 'secretlint' ? readSecretlintTail(tail) : none;
    return { kind, family, marker: { text: match[0], ...read, line: lineNumber } };
  });
}

/**
 * Markers that apply to a line because they stand on it or on the line before; blocks are in marker-blocks.ts.
 *
 * @param before text of the line before, undefined on the first line
 */
export function markersOfLine(lineText: string, before: string | undefined, lineNumber: number): readonly Marker[] {
  const own = findMarkers(lineText, lineNumber).filter((found) => found.kind === 'same-line');
  const above =
    before === undefined ? [] : findMarkers(before, lineNumber - 1).filter((found) => found.kind === 'next-line');
  return [...own, ...above].map((found) => found.marker);
}
