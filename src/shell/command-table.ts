// The command rules that the build has compiled and laid beside the bundle.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandMatcher, CompiledCommandRules } from './command-rule.ts';

export function loadCommandRules(): readonly CommandMatcher[] {
  const text = readFileSync(join(import.meta.dirname, 'command-rules.json'), 'utf8');
  return (JSON.parse(text) as CompiledCommandRules).rules;
}
