// The rules of command lines that the build has compiled and laid beside the bundle.
import type { CommandMatcher, CompiledCommandRules } from '../shell/command-rule.ts';
import { readBuiltText } from './built-files.ts';

export function loadCommandRules(): readonly CommandMatcher[] {
  return (JSON.parse(readBuiltText('command-rules.json')) as CompiledCommandRules).rules;
}
