// Regular expressions over secrets and over lines → entries. The expression of a value is not repeated to people: it may be a
// value itself.
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import type { ForeignEntry, ForeignPlace } from './foreign-entry.ts';
import { translateRegex } from './translate-regex.ts';

/** What an ignore by value is limited to. */
export interface ValueLimits {
  readonly reason: string;
  readonly rule?: string;
  readonly paths?: readonly string[];
  /** The whole value must fit, not a part of it. */
  readonly isWhole?: boolean;
}

/** Signs of an expression made harmless. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A text that values may hold in any case of letters, as gitleaks' stop words. */
export function anyCase(text: string): string {
  return [...text]
    .map((sign) => (/[a-z]/i.test(sign) ? `[${sign.toLowerCase()}${sign.toUpperCase()}]` : escapeRegex(sign)))
    .join('');
}

export function ignoreValues(at: ForeignPlace, regex: string, limits: ValueLimits): ForeignEntry {
  const { isWhole, ...rest } = limits;
  const translation = translateRegex(regex);
  if (translation.fault !== undefined)
    return { kind: 'left', at, what: 'an expression for values', why: `it ${translation.fault}` };
  const { source } = translation;
  return { kind: 'ignore', at, value: isWhole ? `^(?:${source})$` : source, ...rest };
}

/** Made-up lines; an expression that fits all of them hides everything. */
// unleak:ignore-next-line reason="a made-up line"
const PROBES = ['a', 'src/x.ts:1:const k = "Zq9"', 'README.md:77:text', '  password: hunter2', 'é = "AbCdEf012+/="'];

/** Free repeats that a line may be shared out among; lines are cut to a length that keeps three of them bearable. */
const MOST_REPEATS = 3;

/** Why an expression could run for ever on a line; undefined when it cannot. */
function findRunaway(source: string): string | undefined {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: false, unicodeSets: false });
  let repeats = 0;
  let depth = 0;
  let fault: string | undefined;
  visitRegExpAST(pattern, {
    onQuantifierEnter({ max, element }) {
      if (max <= 1) return;
      if (depth++ > 0) fault ??= 'has a repeat inside a repeat, which can take for ever';
      if (max > 100 && ++repeats > MOST_REPEATS) fault ??= 'has too many free repeats, which can take for ever';
      const isChoice = 'alternatives' in element && element.alternatives.length > 1;
      if (isChoice && element.type !== 'Assertion') fault ??= 'repeats a choice, which can take for ever';
    },
    onQuantifierLeave({ max }) {
      if (max > 1) depth--;
    },
  });
  return fault;
}

export function acceptLines(at: ForeignPlace, regex: string, reason: string, hasPlace: boolean): ForeignEntry {
  const translation = translateRegex(regex);
  const what = 'an expression for lines';
  if (translation.fault !== undefined) return { kind: 'left', at, what, why: `it ${translation.fault}` };
  const runaway = findRunaway(translation.source);
  if (runaway !== undefined) return { kind: 'left', at, what, why: `it ${runaway}` };
  const test = new RegExp(translation.source);
  if (PROBES.every((probe) => test.test(probe))) return { kind: 'left', at, what, why: 'it fits every line; refused' };
  return { kind: 'lines', at, test, hasPlace, reason };
}
