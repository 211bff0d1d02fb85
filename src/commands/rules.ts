// `unleak rules list|show|check`: the built-in rules and the user's own packs, from their YAML files.
import { dirname, join, relative, resolve } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { loadConfig } from '../config/load-config.ts';
import { findSelectorFault, selectsRule } from '../config/rule-selector.ts';
import type { TextTraits } from '../detector/chunk.ts';
import { resolveOverlaps } from '../detector/resolve-overlaps.ts';
import { guessRepository } from '../git/repository.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { Rule } from '../model/rule.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { checkRules, type DetectFunction } from '../rules/check-rules.ts';
import { compileMatchers } from '../rules/compile-matchers.ts';
import { formatCheckResults, formatRule, formatRuleList, formatRuleListJson } from '../rules/format-rules.ts';
import { readRuleFolder, readUserRules } from '../rules/rule-files.ts';
import type { RulesArguments } from './arguments.ts';
import { checkCommandRules, listCommandRules } from './command-rules.ts';
import type { Terminal } from './terminal.ts';
import { expandRuleFiles } from './user-rules.ts';

/** Where examples stand when they are proved: a configuration file. */
const TRAITS: TextTraits = { pathKind: () => 'config', isCode: () => false, isBinary: false };

/** The folder of the built-in rules, beside the bundle's folder. */
function builtInFolder(): string {
  return join(dirname(import.meta.dirname), 'rules');
}

/** Rule files that the configuration of the current folder names. */
async function configuredFiles(args: RulesArguments, terminal: Terminal): Promise<readonly string[]> {
  const root = terminal.cwd;
  const top = guessRepository(root, terminal.environment)?.topLevel ?? root;
  const configFile = args.config ?? terminal.environment.UNLEAK_CONFIG;
  const { settings } = await loadConfig({
    root,
    top,
    configFile: configFile ? resolve(root, configFile) : undefined,
    knownRuleIds: async (files) => new Set((await readAll(files, root)).map((rule) => rule.matcher.id)),
  });
  return settings.ruleFiles ?? [];
}

async function readAll(userFiles: readonly string[], cwd: string): Promise<readonly Rule[]> {
  const files = await expandRuleFiles(userFiles.map((file) => resolve(cwd, file)));
  const own = files.flatMap((file) => readUserRules(file, relative(cwd, file) || file));
  const rules = [...readRuleFolder(builtInFolder()), ...own];
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    const other = seen.get(rule.matcher.id);
    if (other) {
      const where = `${other.place.file}:${other.place.line}`;
      throw new ConfigError(
        `there is a rule ${rule.matcher.id} already (${where}); give this one another id`,
        rule.place,
      );
    }
    seen.set(rule.matcher.id, rule);
  }
  return rules;
}

function select(rules: readonly Rule[], selectors: readonly string[]): readonly Rule[] {
  if (selectors.length === 0) return rules;
  const known = new Set(rules.map((rule) => rule.matcher.id));
  for (const selector of selectors) {
    const fault = findSelectorFault(selector, known);
    if (fault) throw new UsageError(`rules: ${fault}`);
  }
  return rules.filter((rule) => selectors.some((selector) => selectsRule(selector, rule.matcher.id)));
}

/** The real detector over all rules, for the proof of examples. */
function createProof(rules: readonly Rule[]): DetectFunction {
  const detector = createRulesDetector(compileMatchers(rules.map((rule) => rule.matcher)), CHECKS);
  return (bytes) => {
    detector.kernel.input.set(bytes);
    const chunk = { size: bytes.length, baseOffset: 0, ownStart: 0, ownEnd: bytes.length, traits: TRAITS };
    return resolveOverlaps(detector.detect(chunk));
  };
}

export async function runRules(args: RulesArguments, terminal: Terminal): Promise<ExitCode> {
  const files = [...(await configuredFiles(args, terminal)), ...args.files];
  const all = await readAll(files, terminal.cwd);
  const commands = listCommandRules(builtInFolder());
  const chosen = select([...all, ...commands], args.ids);
  const isOfCommands = new Set(commands);
  const rules = chosen.filter((rule) => !isOfCommands.has(rule));
  if (args.action === 'list') {
    await terminal.writeOut(args.json ? formatRuleListJson(chosen) : formatRuleList(chosen));
    return EXIT.clean;
  }
  if (args.action === 'show') {
    if (args.ids.length === 0)
      throw new UsageError('rules show: name a rule, such as "unleak rules show github.personal-access-token"');
    await terminal.writeOut(chosen.map((rule) => formatRule(rule, CHECKS)).join('\n'));
    return EXIT.clean;
  }
  const results = await checkRules(rules, {
    detect: createProof(all),
    checks: CHECKS,
    now: () => performance.now(),
  });
  const wanted = new Set(chosen.map((rule) => rule.matcher.id));
  const proofs = checkCommandRules(builtInFolder(), (id) => wanted.has(id));
  await terminal.writeOut(formatCheckResults([...results, ...proofs]));
  return [...results, ...proofs].every((result) => result.isOk) ? EXIT.clean : EXIT.findings;
}
