// Rules and a stand-in check and detector for the tests of src/rules.
import type { Check } from '../../src/checks/check.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { DetectFunction } from '../../src/rules/check-rules.ts';
import { parseRuleFile } from '../../src/rules/parse-rules.ts';

/** A check that mints, and one that cannot. */
export const SAMPLE_CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  [
    'acme-sum',
    {
      name: 'acme-sum',
      test: () => ({ result: 'unknown', note: undefined }),
      mint: (r, a) => `${a}${r.text('digits', 4)}`,
    },
  ],
  ['no-mint', { name: 'no-mint', test: () => ({ result: 'unknown', note: undefined }), mint: undefined }],
]);

export const OPTIONS = { knownChecks: new Set(SAMPLE_CHECKS.keys()) };

/** A rule's text; keys of `changes` replace lines, undefined deletes them. */
export function ruleText(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const lines = {
    id: 'acme.token',
    name: 'Acme token',
    description: 'Acts as the user.',
    severity: 'high',
    prefixes: '[acme_]',
    pattern: "'acme_[a-z0-9]{24}'",
    examples: "['TOKEN=«acme_{{base36:24}}»']",
    counterExamples: "['TOKEN=acme_short']",
    rotate: '{ where: Acme > Tokens }',
    references: '[https://acme.example/docs]',
    ...changes,
  };
  const given = Object.entries(lines).filter(([, value]) => value !== undefined);
  return given.map(([key, value], i) => `${i === 0 ? '- ' : '  '}${key}: ${value}\n`).join('');
}

export function sampleRule(changes: Readonly<Record<string, string | undefined>> = {}): Rule {
  return parseRuleFile(ruleText(changes), 'rules/acme.yml', OPTIONS)[0]!;
}

/** Finds what each rule's own pattern finds; the byte positions hold for text that is ASCII before the match. */
export function detectorOf(rules: readonly Rule[]): DetectFunction {
  return (bytes) =>
    rules.flatMap(({ matcher }) =>
      [...Buffer.from(bytes).toString('latin1').matchAll(new RegExp(matcher.pattern, 'dg'))].map((match) => {
        const [start, end] = match.indices?.[1] ?? match.indices?.[0] ?? [0, 0];
        return { ruleId: matcher.id, span: { start, end } };
      }),
    );
}
