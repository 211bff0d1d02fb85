// From flags as a parser read them to the arguments of a command. Both parsers end here, so that values are checked and
// complained about in one way. A value is never repeated in a message: it may be a secret pasted to the wrong place.

import type { CommonArguments } from '../commands/arguments.ts';
import { UsageError } from '../model/errors.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import type { CommandName, Flag, FlagValues, ValueFlag } from './flag.ts';
import { FLAGS, flagsOf } from './flags.ts';
import { createPlanValues } from './plan-flags.ts';
import { createVaultValues } from './vault-flags.ts';

/** One flag as a parser read it; `true` or `false` for `--name` and `--no-name` without a value. */
export interface GivenFlag {
  readonly name: string;
  readonly value: string | boolean;
}

/** A command line that is read, not yet checked. */
export interface CommandLine {
  readonly command: CommandName;
  /** What is neither the command nor a flag. */
  readonly operands: readonly string[];
  readonly flags: readonly GivenFlag[];
}

function createValues(): FlagValues {
  return {
    settings: {},
    vault: createVaultValues(),
    plan: createPlanValues(),
    config: undefined,
    formats: [],
    known: { files: [], aws: false },
    outputs: [],
    reveal: false,
    timings: false,
    unusedIgnores: false,
    color: undefined,
    isQuiet: false,
    isVerbose: false,
    includeIgnored: false,
    archives: false,
    shard: undefined,
    name: undefined,
    externalKey: false,
    reason: undefined,
    owner: undefined,
    until: undefined,
    ruleFiles: [],
    branches: [],
    since: undefined,
    historyPaths: [],
    firstParent: false,
    unreachable: true,
    authorPrivacy: false,
    recurseSubmodules: false,
    cache: true,
    rewritePlan: undefined,
    verify: [],
    reader: undefined,
    hooks: undefined,
    manager: undefined,
    isGlobal: false,
    isDryRun: false,
    agent: undefined,
    ci: false,
    fetch: true,
    failOn: 'low',
    from: undefined,
    home: undefined,
    scrub: false,
    yes: false,
    backup: false,
    shredBackup: false,
    advise: false,
    credentialFiles: false,
  };
}

/** A word of the user's that is safe and useful to repeat, or undefined. */
export function repeatable(word: string): string | undefined {
  return /^-{0,2}[A-Za-z][A-Za-z-]{0,23}$/.test(word) ? word : undefined;
}

function failUnknown(command: CommandName, name: string): never {
  const see = `unleak ${command} --help`;
  if (!repeatable(name)) throw new UsageError(`"unleak ${command}" has no such option; see: ${see}`);
  const written = `${name.length === 1 ? '-' : '--'}${name}`;
  if (FLAGS.some((flag) => flag.name === name)) {
    throw new UsageError(`${written} is not an option of "unleak ${command}"; see: ${see}`);
  }
  const names = [...flagsOf(command).map((flag) => flag.name), 'help', 'version'];
  const hint = name.length > 1 ? didYouMean(name, names).replace('"', '"--') : '';
  throw new UsageError(`unknown option ${written} of "unleak ${command}".${hint || ` See: ${see}`}`);
}

function applyValue(flag: ValueFlag, values: FlagValues, value: string): void {
  if (value.trim() === '') throw new UsageError(`--${flag.name} needs a value: --${flag.name} ${flag.placeholder}`);
  if (flag.choices && !flag.choices.includes(value)) {
    throw new UsageError(
      `--${flag.name} must be one of ${flag.choices.join(', ')}.${didYouMean(value, flag.choices)}`.replace(/\.$/, ''),
    );
  }
  flag.apply(values, value);
}

function applyFlag(flag: Flag, values: FlagValues, { name, value }: GivenFlag, command: CommandName): void {
  if (flag.type === 'switch') {
    if (typeof value === 'string') throw new UsageError(`--${name} takes no value`);
    flag.apply(values, value);
    return;
  }
  if (value === false) failUnknown(command, `no-${name}`);
  applyValue(flag, values, value === true ? '' : value);
}

/** What the flags say, as members of every arguments type that has no operands in it. */
export type FilledFlags = CommonArguments & FlagValues;

/**
 * Checks the flags of a command line and puts what they say together.
 *
 * @throws UsageError for the first flag that the command does not have or whose value cannot be used
 */
export function fillArguments({ command, flags }: CommandLine): FilledFlags {
  const values = createValues();
  const known = flagsOf(command);
  for (const given of flags) {
    const flag = known.find((one) => one.name === given.name || one.short === given.name);
    if (flag) applyFlag(flag, values, { ...given, name: flag.name }, command);
    else failUnknown(command, given.name);
  }
  if (values.reveal && (values.known.aws || values.known.files.length > 0)) {
    throw new UsageError('--reveal would print the values of --known; give one of them');
  }
  if (values.isQuiet && values.isVerbose) throw new UsageError('--quiet and --verbose contradict each other; give one');
  return { ...values, verbosity: values.isQuiet ? 'quiet' : values.isVerbose ? 'verbose' : 'normal' };
}
