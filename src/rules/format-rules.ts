// Rules and the results of their proofs as text for people, and as JSON. Pure; values of examples are masked.
import type { Rule, WakeUp } from '../model/rule.ts';
import { Secret } from '../model/secret.ts';
import type { RuleCheckResult } from './check-rules.ts';
import { type ChecksByName, fillExample } from './placeholders.ts';

/** Columns as wide as their widest cell; the last one is not padded. */
function alignColumns(rows: readonly (readonly string[])[], gap = '  '): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join(gap);
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

const WAKE_NAMES = { prefix: 'prefix', near: 'near', assignment: 'assigned', anchor: 'anchor' } as const;

/** `prefix ghp_, gho_ …`: the kind and at most `limit` words. */
function describeWakeUp(wakeUp: WakeUp, limit: number): string {
  const more = wakeUp.words.length > limit ? ' …' : '';
  return `${WAKE_NAMES[wakeUp.kind]} ${wakeUp.words.slice(0, limit).join(', ')}${more}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Text of `rules list`: one aligned line a rule, in the order given, and the number of rules. */
export function formatRuleList(rules: readonly Rule[]): string {
  const rows = rules.map(({ matcher, info }) => [
    matcher.id,
    matcher.severity,
    describeWakeUp(matcher.wakeUp, 2),
    info.name,
  ]);
  return `${alignColumns([['ID', 'SEVERITY', 'WAKES UP AT', 'NAME'], ...rows])}\n${count(rules.length, 'rule')}\n`;
}

/** JSON of `rules list`: an array with one object a rule. */
export function formatRuleListJson(rules: readonly Rule[]): string {
  const items = rules.map(({ matcher, info, place }) => ({
    id: matcher.id,
    name: info.name,
    description: info.description,
    provider: info.provider,
    severity: matcher.severity,
    confidence: matcher.confidence,
    kind: matcher.kind,
    wakeUp: matcher.wakeUp,
    check: matcher.check ?? null,
    references: info.references,
    file: place.file,
    line: place.line,
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}

/** The first example with a made-up value, masked between « and ». */
function showExample(rule: Rule, checks: ChecksByName): string {
  const { bytes, secret } = fillExample(rule, 0, checks);
  const text = (start: number, end?: number) => new TextDecoder().decode(bytes.subarray(start, end));
  const value = new Secret(text(secret.start, secret.end), rule.matcher.kind);
  return `${text(0, secret.start)}«${value.masked()}»${text(secret.end)}`;
}

function detailRows(rule: Rule, checks: ChecksByName): [label: string, text: string | undefined][] {
  const { matcher, info, place } = rule;
  const { wakeUp } = matcher;
  const distance = wakeUp.kind === 'near' ? `, at most ${wakeUp.withinBytes} bytes before the value` : '';
  return [
    ['severity', matcher.severity],
    ['confidence', matcher.confidence],
    ['kind', matcher.kind],
    ['provider', info.provider],
    ['wakes up at', `${describeWakeUp(wakeUp, Number.POSITIVE_INFINITY)}${distance}`],
    ['pattern', `${matcher.pattern}${matcher.ignoreCase ? '  (any case)' : ''}`],
    ['longest match', `${matcher.maxBytes} bytes`],
    ['offline check', matcher.check],
    ['entropy', matcher.minEntropyBits > 0 ? `at least ${matcher.minEntropyBits} bits a character` : undefined],
    ...matcher.parts.map((part): [string, string] => [
      'part',
      `${part.name}${part.isRequired ? ' (required)' : ''} within ${part.withinBytes} bytes: ${part.pattern}`,
    ]),
    ['example', rule.examples.length > 0 ? showExample(rule, checks).replaceAll('\n', '\n  ') : undefined],
    ['rotate at', info.rotate.where],
    ['', info.rotate.url],
    ['', info.rotate.notes],
    ['instead use', info.temporary],
    ['in AWS', info.vault && [info.vault.kind, ...info.vault.jsonKeys].join(' ')],
    ...info.references.map((url): [string, string] => ['reference', url]),
    ['defined in', `${place.file}:${place.line}`],
  ];
}

/**
 * Text of `rules show ID`: everything about one rule.
 *
 * @throws ConfigError when the first example cannot be filled
 */
export function formatRule(rule: Rule, checks: ChecksByName): string {
  const rows = detailRows(rule, checks).filter((row): row is [string, string] => row[1] !== undefined);
  const table = alignColumns(rows).replace(/^(?=.)/gm, '  ');
  return `${rule.matcher.id}: ${rule.info.name}\n${rule.info.description}\n\n${table}`;
}

/** Text of `rules check`: a line a failure with file and line, then one line that sums up. */
export function formatCheckResults(results: readonly RuleCheckResult[]): string {
  const wrong = results.filter((result) => !result.isOk);
  const lines = wrong.flatMap((r) =>
    r.failures.map((failure) => `${r.file}:${r.line}: rule ${r.ruleId}: ${failure}\n`),
  );
  const summary = wrong.length === 0 ? 'all proved' : `${wrong.length} wrong (${count(lines.length, 'failure')})`;
  return `${lines.join('')}${count(results.length, 'rule')} checked, ${summary}\n`;
}
