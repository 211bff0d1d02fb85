// Rules of the user's own: read, proved as far as the form goes, and joined to the built-in ones. Loaded only when a
// configuration or a flag names rule files, because it brings the YAML parser and the pattern analysis along.
import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import fastGlob from 'fast-glob';
import { ConfigError } from '../model/errors.ts';
import type { RuleInfo } from '../model/rule.ts';
import { compileMatchers } from '../rules/compile-matchers.ts';
import { type CompiledRules, listMatchers } from '../rules/compiled.ts';
import { readUserRules } from '../rules/rule-files.ts';

/**
 * Rule files by name and by pattern (`security/*.yml`), each once, those of a pattern sorted.
 *
 * @throws ConfigError for a pattern that matches nothing
 */
export async function expandRuleFiles(files: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const file of files) {
    if (existsSync(file) || !fastGlob.isDynamicPattern(file)) {
      found.add(file);
      continue;
    }
    const matches = await fastGlob(sep === '/' ? file : file.replaceAll(sep, '/'), { dot: true, absolute: true });
    if (matches.length === 0) throw new ConfigError('the pattern matches no rule file; check it', { file });
    for (const match of matches.sort()) found.add(match);
  }
  return [...found];
}

/** @throws ConfigError with every fault of a file, before anything is scanned; also for an id that is there already */
export async function joinUserRules(
  files: readonly string[],
  builtIn: CompiledRules,
): Promise<{ readonly compiled: CompiledRules; readonly info: readonly RuleInfo[] }> {
  const rules = (await expandRuleFiles(files)).flatMap((file) => readUserRules(file));
  const known = new Map<string, string>(listMatchers(builtIn).map((m) => [m.id, 'built in']));
  for (const { matcher, place } of rules) {
    const other = known.get(matcher.id);
    if (other)
      throw new ConfigError(`there is a rule ${matcher.id} already (${other}); give this one another id`, place);
    known.set(matcher.id, `${place.file}:${place.line}`);
  }
  const compiled = compileMatchers([...listMatchers(builtIn), ...rules.map((rule) => rule.matcher)], {
    known: builtIn.wake.anchorPlaces,
  });
  return { compiled, info: rules.map((rule) => rule.info) };
}
