// Proves command rules: each finds exactly what its examples mark, is silent on its counter-examples, shows a safe form
// without the value, and the form of the first example is the one the file says.
import type { Check } from '../checks/check.ts';
import { ConfigError } from '../model/errors.ts';
import { fillPlaceholders } from '../rules/placeholders.ts';
import { RandomText } from '../util/random-text.ts';
import { type CommandFinding, createCommandEngine } from './command-engine.ts';
import type { CommandRule } from './parse-command-rules.ts';
import { createPrefilter } from './prefilter.ts';
import { safeForm } from './safe-form.ts';

/** What became of one rule. */
export interface CommandProof {
  readonly ruleId: string;
  readonly file: string;
  readonly line: number;
  readonly isOk: boolean;
  /** One sentence each. */
  readonly failures: readonly string[];
}

function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** An example with its placeholders filled: the whole line, one character a byte, and where the value is. */
export function fillCommandExample(rule: CommandRule, index: number, checks: ReadonlyMap<string, Check>) {
  const marks = /^([^«»]*)«([^«»]+)»([^«»]*)$/.exec(rule.examples[index]!);
  if (!marks) throw new ConfigError('the secret must stand between one « and one »; mark it exactly once');
  const random = new RandomText(seedOf(`${rule.matcher.id} example ${index}`));
  const [before = '', secret = '', after = ''] = marks
    .slice(1)
    .map((part) => Buffer.from(fillPlaceholders(part, random, checks)).toString('latin1'));
  return { text: before + secret + after, start: before.length, end: before.length + secret.length };
}

/** @param rules all rules of the folder */
export function proveCommandRules(
  rules: readonly CommandRule[],
  checks: ReadonlyMap<string, Check>,
): readonly CommandProof[] {
  const engine = createCommandEngine(rules.map((rule) => rule.matcher));
  const prefilter = createPrefilter(rules.map((rule) => rule.matcher));
  const seen = new Set<string>();
  return rules.map((rule) => {
    const { matcher, dialect } = rule;
    const failures: string[] = [];
    if (seen.has(matcher.id)) failures.push('id: another rule has it too; rename one');
    seen.add(matcher.id);
    const program = matcher.in[0] ?? 'bash';
    const find = (text: string): readonly CommandFinding[] => {
      const found: CommandFinding[] = [];
      for (let at = 0; at < text.length; ) {
        const { findings, end } = engine.findInLine(text, at, text.length, dialect, program);
        found.push(...findings);
        at = end > at ? end : text.length;
      }
      return found;
    };
    for (const index of rule.examples.keys()) {
      const where = `example ${index + 1}`;
      const { text, start, end } = fillCommandExample(rule, index, checks);
      const value = text.slice(start, end);
      const found = find(text);
      const own = found.find((one) => one.spans[0]!.start <= end && start <= one.spans.at(-1)!.end);
      if (prefilter(Buffer.from(text, 'latin1')).places.length === 0)
        failures.push(`${where}: the first look passes over the line`);
      if (!own) {
        failures.push(`${where}: nothing is found; mend the forms or the example`);
        continue;
      }
      if (own.rule.id !== matcher.id) failures.push(`${where}: rule ${own.rule.id} finds it first; make one narrower`);
      if (own.spans[0]!.start !== start || own.spans.at(-1)!.end !== end)
        failures.push(
          `${where}: bytes ${own.spans[0]!.start}-${own.spans.at(-1)!.end} are found, expected ${start}-${end}`,
        );
      if (found.length > 1) failures.push(`${where}: ${found.length} values are found, expected one`);
      const { lines, note } = safeForm(
        own,
        text,
        found.flatMap((one) => one.spans),
        dialect,
      );
      if (lines.join('\n').includes(value)) failures.push(`${where}: the value is in the safe form`);
      if (lines.length === 0 && note === undefined) failures.push(`${where}: there is no safe form and no note`);
      if (index === 0 && rule.becomes.length > 0 && lines.join('\n') !== rule.becomes.join('\n'))
        failures.push(`becomes: the safe form is ${JSON.stringify(lines)}`);
    }
    for (const [index, counterExample] of rule.counterExamples.entries()) {
      const random = new RandomText(seedOf(`${matcher.id} counter-example ${index}`));
      const text = Buffer.from(fillPlaceholders(counterExample, random, checks)).toString('latin1');
      for (const one of find(text))
        failures.push(
          `counter-example ${index + 1}: ${one.rule.id} finds bytes ${one.spans[0]!.start}-${one.spans.at(-1)!.end}`,
        );
    }
    const { file, line } = rule.place;
    return { ruleId: matcher.id, file, line, isOk: failures.length === 0, failures };
  });
}
