// Rules of the user's own: read, proved as far as the form goes, and joined to the built-in ones. Loaded only when a
// configuration or a flag names rule files, because it brings the YAML parser and the pattern analysis along.
import { ConfigError } from '../model/errors.ts';
import type { RuleInfo } from '../model/rule.ts';
import { compileMatchers } from '../rules/compile-matchers.ts';
import { type CompiledRules, listMatchers } from '../rules/compiled.ts';
import { readUserRules } from '../rules/rule-files.ts';

/** @throws ConfigError with every fault of a file, before anything is scanned; also for an id that is there already */
export function joinUserRules(
  files: readonly string[],
  builtIn: CompiledRules,
): { readonly compiled: CompiledRules; readonly info: readonly RuleInfo[] } {
  const rules = files.flatMap((file) => readUserRules(file));
  const known = new Map<string, string>(listMatchers(builtIn).map((m) => [m.id, 'built in']));
  for (const { matcher, place } of rules) {
    const other = known.get(matcher.id);
    if (other)
      throw new ConfigError(`there is a rule ${matcher.id} already (${other}); give this one another id`, place);
    known.set(matcher.id, `${place.file}:${place.line}`);
  }
  const compiled = compileMatchers([...listMatchers(builtIn), ...rules.map((rule) => rule.matcher)]);
  return { compiled, info: rules.map((rule) => rule.info) };
}
