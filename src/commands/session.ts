// Everything a scanning command needs before it reads its first text: settings merged from file, environment and flags,
// the rules that are on, the user's ignores and the baseline. What is not there costs nothing: parsers load on demand.
import { join, resolve } from 'node:path';
import type { Baseline } from '../baseline/baseline.ts';
import { loadConfig } from '../config/load-config.ts';
import { createPathFilter, listPathSuppressions } from '../config/path-filter.ts';
import { readEnvironment } from '../config/read-environment.ts';
import { findSelectorFault, isRuleOn } from '../config/rule-selector.ts';
import { DEFAULT_BASELINE_FILE, mergeSettings, type Settings } from '../config/settings.ts';
import type { Detector } from '../detector/detector.ts';
import { guessRepository } from '../git/repository.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import type { RuleInfo } from '../model/rule.ts';
import { readBuiltText } from '../pipeline/built-files.ts';
import { loadBuiltInRules } from '../pipeline/create-detector.ts';
import { loadCommandRules } from '../pipeline/load-command-rules.ts';
import { type CompiledRules, listMatchers, serialiseRules } from '../rules/compiled.ts';
import { describeUnread, LARGEST_SETTINGS, readRegular, readWhole } from '../util/read-whole.ts';
import type { CommonArguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';

/** Rules of the user's own, loaded because the settings name files. */
interface UserRules {
  readonly compiled: CompiledRules;
  readonly info: readonly RuleInfo[];
}

export interface Session {
  readonly settings: Settings;
  /** Absolute folder that paths of findings are relative to. */
  readonly root: string;
  /** Absolute top of the repository, or the root. */
  readonly top: string;
  /** Path of the root relative to the top, and to the folder of the config file; with `/` at the end, or ''. */
  readonly prefix: string;
  readonly configPrefix: string;
  /** The rules that are on. */
  readonly rules: CompiledRules;
  /** The same as text for workers; undefined when they are the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
  /** What people are told about rules, by id. Reads a file at the first call. */
  readonly loadRuleInfo: () => ReadonlyMap<string, RuleInfo>;
  readonly baseline: Baseline | undefined;
  /** Absolute name of the baseline file, whether it is there or not. */
  readonly baselineFile: string;
  /** Name of the user's ignore that hides a path, or undefined. */
  readonly findPathIgnore: (path: string) => string | undefined;
  /** Names of all path ignores, for those that are never used. */
  readonly pathIgnoreNames: readonly string[];
  readonly today: string;
  /** Puts the search for the user's own values beside a detector; undefined: none are named. Such scans use one thread. */
  readonly withKnown: ((detector: Detector) => Detector) | undefined;
}

async function loadUserRules(files: readonly string[], builtIn: CompiledRules): Promise<UserRules> {
  const { joinUserRules } = await import('./user-rules.ts');
  return joinUserRules(files, builtIn);
}

function readBuiltInInfo(): readonly RuleInfo[] {
  return JSON.parse(readBuiltText('rule-info.json')) as readonly RuleInfo[];
}

/** Ids that settings may name: of the detector's rules, and of those for command lines. */
function idsOf(rules: CompiledRules): ReadonlySet<string> {
  return new Set([...listMatchers(rules), ...loadCommandRules()].map((matcher) => matcher.id));
}

/** The rules that the settings leave on. Without any choice the table stays as it is, unread. */
async function selectRules(all: CompiledRules, settings: Settings): Promise<CompiledRules> {
  const { only, skip, disabledRules } = settings;
  if (only.length + skip.length + disabledRules.length === 0) return all;
  checkSelectors(settings, idsOf(all));
  const active = listMatchers(all).filter((matcher) => isRuleOn(matcher.id, settings));
  if (active.length === 0 && !only.some((selector) => selector.startsWith('command.')))
    throw new UsageError('every rule is turned off; look at --only, --skip and rules.disable');
  if (active.length === all.count) return all;
  const { compileMatchers } = await import('../rules/compile-matchers.ts');
  return compileMatchers(active, { known: all.wake.anchorPlaces });
}

function checkSelectors(settings: Settings, knownIds: ReadonlySet<string>): void {
  for (const [flag, selectors] of [
    ['--only', settings.only],
    ['--skip', settings.skip],
  ] as const) {
    for (const selector of selectors) {
      const fault = findSelectorFault(selector, knownIds);
      if (fault) throw new UsageError(`${flag}: ${fault}`);
    }
  }
}

async function readBaseline(file: string, isNamed: boolean, terminal: Terminal): Promise<Baseline | undefined> {
  let text: string;
  try {
    text = (isNamed ? readWhole : readRegular)(file, LARGEST_SETTINGS).toString('utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isNamed) return undefined;
    const what =
      code === 'ENOENT'
        ? 'there is no such baseline; make one with "unleak baseline create"'
        : `${describeUnread(cause)}; make it a readable file`;
    throw new ConfigError(what, { file }, { cause });
  }
  const { parseBaseline } = await import('../baseline/baseline-file.ts');
  const { externalKeyFrom } = await import('../baseline/external-key.ts');
  return parseBaseline(text, file, externalKeyFrom(terminal.environment));
}

/** Beside the detector, and what is told of the findings. @throws UsageError when a file of values cannot be read */
async function openKnown(args: CommonArguments, terminal: Terminal) {
  if (!args.known || (args.known.files.length === 0 && !args.known.aws)) return undefined;
  const { loadKnown } = await import('../known/load-known.ts');
  const { KNOWN_INFO, withKnownValues } = await import('../known/with-known-values.ts');
  const { cwd, environment } = terminal;
  const warn = (line: string): void => terminal.writeError(`unleak: ${line}\n`);
  const search = loadKnown({ ...args.known, cwd, environment, warn });
  return { info: KNOWN_INFO, withKnown: (detector: Detector) => withKnownValues(detector, search) };
}

export interface SessionOptions {
  /** Absolute folder that is scanned. */
  readonly root: string;
  /** Top of the work tree that `root` is in, when it is known. */
  readonly top?: string;
  /** False for `baseline create`: an old file is not read. */
  readonly needsBaseline?: boolean;
}

/** @throws UsageError, ConfigError before anything is scanned */
export async function openSession(
  args: CommonArguments,
  terminal: Terminal,
  options: SessionOptions,
): Promise<Session> {
  const { root } = options;
  const known = await openKnown(args, terminal);
  const top = options.top ?? guessRepository(root, terminal.environment)?.topLevel ?? root;
  const builtIn = loadBuiltInRules();
  const environment = readEnvironment(terminal.environment);
  if (args.verbosity !== 'quiet')
    for (const warning of environment.warnings) terminal.writeError(`unleak: ${warning}\n`);
  let userRules: UserRules | undefined;
  const configFile = args.config ?? environment.configFile;
  const config = await loadConfig({
    root,
    top,
    configFile: configFile === undefined ? undefined : resolve(terminal.cwd, configFile),
    knownRuleIds: async (files) => {
      if (files.length > 0) userRules = await loadUserRules(files, builtIn);
      return idsOf(userRules?.compiled ?? builtIn);
    },
  });
  const settings = mergeSettings([config.settings, environment.settings, args.settings]);
  if (settings.ruleFiles.length > 0) userRules ??= await loadUserRules(settings.ruleFiles, builtIn);

  const all = userRules?.compiled ?? builtIn;
  const rules = await selectRules(all, settings);

  const baselineFile = settings.baseline ? resolve(terminal.cwd, settings.baseline) : join(top, DEFAULT_BASELINE_FILE);
  const needsBaseline = options.needsBaseline ?? true;
  const filterSources = { ...config, ignores: settings.ignores, today: terminal.today };
  let info: ReadonlyMap<string, RuleInfo> | undefined;
  return {
    settings,
    root,
    top,
    prefix: config.prefix,
    configPrefix: config.configPrefix,
    rules,
    rulesBytes: rules === builtIn ? undefined : serialiseRules(rules),
    loadRuleInfo: () => {
      info ??= new Map(
        [...readBuiltInInfo(), ...(userRules?.info ?? []), ...(known ? [known.info] : [])].map((i) => [i.id, i]),
      );
      return info;
    },
    baseline: needsBaseline ? await readBaseline(baselineFile, settings.baseline !== undefined, terminal) : undefined,
    baselineFile,
    findPathIgnore: createPathFilter(filterSources),
    pathIgnoreNames: listPathSuppressions(filterSources),
    today: terminal.today,
    withKnown: known?.withKnown,
  };
}
