// The rules of command lines as `unleak rules` shows and proves them, beside those of the detector.
import { join } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import type { Rule } from '../model/rule.ts';
import type { RuleCheckResult } from '../rules/check-rules.ts';
import { type CommandRule, readCommandRuleFolder } from '../shell/parse-command-rules.ts';
import { proveCommandRules } from '../shell/prove-command-rules.ts';

/** For lists: what wakes a rule up are its tools, and its pattern are its forms. */
function asRule({ matcher, info, examples, counterExamples, place }: CommandRule): Rule {
  const { id, severity, confidence, kind, tools, forms } = matcher;
  return {
    matcher: {
      id,
      severity,
      confidence,
      kind,
      wakeUp: { kind: 'anchor', words: tools, beforeBytes: 0 },
      pattern: forms.join(' | '),
      ignoreCase: false,
      maxBytes: 0,
      minBytes: 0,
      check: undefined,
      minEntropyBits: 0,
      parts: [],
    },
    info,
    examples,
    counterExamples,
    place,
  };
}

/** @param folder of the built-in rules */
export function listCommandRules(folder: string): readonly Rule[] {
  return readCommandRuleFolder(join(folder, 'commands')).map(asRule);
}

/** @param isWanted whether a rule's proof is asked for; all are needed to prove one */
export function checkCommandRules(folder: string, isWanted: (id: string) => boolean): readonly RuleCheckResult[] {
  const rules = readCommandRuleFolder(join(folder, 'commands'));
  return proveCommandRules(rules, CHECKS).filter(({ ruleId }) => isWanted(ruleId));
}
