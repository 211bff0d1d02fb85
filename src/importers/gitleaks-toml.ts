// Configurations of gitleaks and betterleaks: rules, allowlists, paths, stop words. What has no counterpart is listed.

import { parse } from 'smol-toml';
import { UsageError } from '../model/errors.ts';
import { countOf } from '../util/amounts.ts';
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { isObject, type JsonObject, objectsOf, textOf, textsOf } from './foreign-json.ts';
import { pathGlobs } from './path-expression.ts';
import { readTomlLines, type TomlLines } from './toml-lines.ts';
import { translateRegex } from './translate-regex.ts';
import { acceptLines, anyCase } from './value-expression.ts';

const TOP_KEYS = [
  'title',
  'description',
  'extend',
  'allowlist',
  'allowlists',
  'rules',
  'minversion',
  'betterleaksminversion',
];
const RULE_KEYS = [
  'id',
  'description',
  'regex',
  'secretgroup',
  'entropy',
  'keywords',
  'tags',
  'allowlist',
  'allowlists',
  'path',
  'skipreport',
];
const ALLOW_KEYS = [
  'description',
  'paths',
  'regexes',
  'regextarget',
  'stopwords',
  'commits',
  'condition',
  'targetrules',
];

/** Keys in any case of letters, as the Go readers take them. */
function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), lowerKeys(item)]));
}

function leftKeys(object: JsonObject, known: readonly string[], at: number, where: string): readonly ForeignEntry[] {
  return Object.keys(object)
    .filter((key) => !known.includes(key))
    .map((key) => ({ kind: 'left', at, what: `${key} of ${where}`, why: 'unleak has no counterpart' }));
}

/** The id that a rule gets here; see rule-draft.ts. */
export type ImportedId = (foreignId: string) => string | undefined;

interface AllowContext {
  readonly lines: TomlLines;
  readonly at: number;
  /** Rules of ours that it is limited to; undefined: all. */
  readonly rules: readonly string[] | undefined;
  readonly where: string;
  readonly file: string;
}

function readValues(
  list: JsonObject,
  context: AllowContext,
): { readonly sources: readonly string[]; readonly left: readonly ForeignEntry[] } {
  const left: ForeignEntry[] = [];
  const sources: string[] = [];
  for (const regex of textsOf(list, 'regexes')) {
    const translation = translateRegex(regex);
    const at = context.lines.near(context.at, regex);
    if (translation.fault !== undefined)
      left.push({ kind: 'left', at, what: `an expression of ${context.where}`, why: `it ${translation.fault}` });
    else sources.push(translation.source);
  }
  return { sources, left };
}

/** One allowlist → ignores: any of its criteria (condition OR), or all of them (AND). */
function readAllowlist(list: JsonObject, context: AllowContext): readonly ForeignEntry[] {
  const { lines, at, where, file, rules } = context;
  const reason = textOf(list, 'description') || `${where} of ${file}`;
  const isAnd = /^(?:and|&&)$/i.test(textOf(list, 'condition'));
  const target = textOf(list, 'regextarget').toLowerCase() || 'secret';
  const out: ForeignEntry[] = [...leftKeys(list, ALLOW_KEYS, at, where)];
  const left = (place: number, what: string, why: string): void =>
    void out.push({ kind: 'left', at: place, what, why });
  const limited = (part: { paths?: readonly string[]; value?: string; place: number }): void => {
    const { place, ...rest } = part;
    for (const rule of rules ?? [undefined])
      out.push({ kind: 'ignore', at: place, reason, ...rest, ...(rule !== undefined && { rule }) });
  };
  const globs = textsOf(list, 'paths').map((regex) => ({
    place: lines.near(at, regex),
    regex,
    globs: pathGlobs(regex),
  }));
  const badPaths = globs.filter((one) => typeof one.globs === 'string');
  for (const { place, regex, globs: fault } of badPaths)
    left(place, `path expression ${regex}`, `the expression ${String(fault)}; write paths in .unleakignore`);
  const paths = globs.flatMap((one) => (typeof one.globs === 'string' ? [] : one.globs));
  const { sources, left: badValues } = target === 'secret' ? readValues(list, context) : { sources: [], left: [] };
  out.push(...badValues);
  const words = textsOf(list, 'stopwords').map((word) => ({ place: lines.near(at, word), source: anyCase(word) }));
  const commits = textsOf(list, 'commits');
  const hasOther = target !== 'secret' && textsOf(list, 'regexes').length > 0;

  if (rules?.length === 0) {
    left(at, where, 'it belongs to rules that are not carried over');
    return out;
  }
  if (isAnd) {
    const valueKinds = Number(sources.length > 0) + Number(words.length > 0) + Number(hasOther);
    // Of conditions that must all hold none may be left away: that would hide more.
    if (commits.length > 0 || hasOther || valueKinds > 1 || badPaths.length > 0 || badValues.length > 0) {
      left(at, where, 'all of its conditions must hold, and some have no counterpart');
      return out;
    }
    const all = sources.length > 0 ? sources : words.map((word) => word.source);
    limited({
      place: at,
      ...(paths.length > 0 && { paths }),
      ...(all.length > 0 && { value: all.map((one) => (all.length > 1 ? `(?:${one})` : one)).join('|') }),
    });
    return out;
  }
  if (paths.length > 0) limited({ place: lines.near(at, 'paths'), paths });
  for (const source of sources) limited({ place: at, value: source });
  for (const { place, source } of words) limited({ place, value: source });
  if (hasOther) {
    for (const regex of textsOf(list, 'regexes')) {
      // What a rule matched is less than the line: an expression could fit beside it.
      if (rules !== undefined || target !== 'line')
        left(lines.near(at, regex), `an expression of ${where}`, `it looks at the ${target}, not at the secret`);
      else out.push(acceptLines(lines.near(at, regex), regex, reason, false));
    }
  }
  if (commits.length > 0)
    left(
      lines.near(at, 'commits'),
      `${countOf(commits.length, 'commit')} of ${where}`,
      'unleak ignores no commits; accept what they hold with "unleak baseline create"',
    );
  return out;
}

function readRule(
  rule: JsonObject,
  index: number,
  lines: TomlLines,
  file: string,
  idOf: ImportedId,
): readonly ForeignEntry[] {
  const at = lines.header('rules', index);
  const id = textOf(rule, 'id') || `rule-${index + 1}`;
  const where = `rule ${id}`;
  const out: ForeignEntry[] = [...leftKeys(rule, RULE_KEYS, at, where)];
  const regex = textOf(rule, 'regex');
  if (regex === '')
    out.push({ kind: 'left', at, what: where, why: 'it has no regex; unleak has no rules for names of files' });
  else if (textOf(rule, 'path') !== '')
    out.push({ kind: 'left', at, what: where, why: 'it is for some paths only, which rules of unleak cannot be' });
  else if (rule.skipreport === true) out.push({ kind: 'left', at, what: where, why: 'it reports nothing by itself' });
  else {
    out.push({
      kind: 'rule',
      at,
      id,
      description: textOf(rule, 'description'),
      regex,
      secretGroup: typeof rule.secretgroup === 'number' ? rule.secretgroup : 0,
      entropy: typeof rule.entropy === 'number' ? rule.entropy : 0,
      keywords: textsOf(rule, 'keywords'),
    });
  }
  const imported = idOf(id);
  const rules = imported === undefined ? [] : [imported];
  for (const name of ['allowlist', 'allowlists']) {
    const first = lines.indexWithin('rules', index, `rules.${name}`);
    for (const [nth, list] of objectsOf(rule, name).entries()) {
      out.push(
        ...readAllowlist(list, {
          lines,
          at: Math.max(at, lines.header(`rules.${name}`, first + nth)),
          rules,
          where: `${name} of ${where}`,
          file,
        }),
      );
    }
  }
  return out;
}

function readExtend(top: JsonObject, lines: TomlLines): readonly ForeignEntry[] {
  const extend = isObject(top.extend) ? top.extend : {};
  const at = lines.header('extend', 0);
  const left = (what: string, why: string): ForeignEntry => {
    return { kind: 'left', at: lines.near(at, what.replace(/^.*: /, '')), what, why };
  };
  return [
    ...['path', 'url']
      .filter((key) => key in extend)
      .map((key) => left(key, 'what it names is not read; import that file, too')),
    ...textsOf(extend, 'disabledrules').map((id) =>
      left(`disabledRules: ${id}`, 'unleak has rules of its own; see "unleak rules list", then rules.disable'),
    ),
  ];
}

/** @param idOf the id here of a rule that is carried over */
export function parseGitleaksToml({ file, text }: ForeignFileText, idOf: ImportedId): readonly ForeignEntry[] {
  let top: unknown;
  try {
    top = lowerKeys(parse(text));
  } catch (error) {
    const line = (error as { line?: unknown }).line;
    throw new UsageError(`${file}${typeof line === 'number' ? `:${line}` : ''}: is no valid TOML; mend it`);
  }
  if (!isObject(top)) return [];
  const lines = readTomlLines(text);
  const rules = objectsOf(top, 'rules');
  const global = ['allowlist', 'allowlists'].flatMap((name) =>
    objectsOf(top as JsonObject, name).flatMap((list, index) => {
      const targets = textsOf(list, 'targetrules');
      const own = targets.length === 0 ? undefined : targets.flatMap((id) => idOf(id) ?? []);
      return readAllowlist(list, { lines, at: lines.header(name, index), rules: own, where: name, file });
    }),
  );
  return [
    ...leftKeys(top, TOP_KEYS, 1, 'the file'),
    ...readExtend(top, lines),
    ...global,
    ...rules.flatMap((rule, index) => readRule(rule, index, lines, file, idOf)),
  ];
}
