// The rules of command lines that the build has compiled and laid beside the bundle.
import type { CommandMatcher, CompiledCommandRules } from '../shell/command-rule.ts';
import { readBuiltFile } from './built-files.ts';

export function loadCommandRules(): readonly CommandMatcher[] {
  return (JSON.parse(readBuiltFile('command-rules.json', 'utf8')) as CompiledCommandRules).rules;
}
