// What a flag is: the type of one entry of the table in flags.ts, and the bag that flags fill. Every reader of the
// command line (light or yargs), the help texts and the completion work from these entries; nothing here knows a parser.
import type { CommonArguments } from '../commands/arguments.ts';
import type { CiArguments } from '../commands/ci-arguments.ts';
import type { LowSettings } from '../config/settings.ts';
import type { ForeignFormat } from '../model/foreign-format.ts';
import type { AgentName, HookName, ManagerName } from '../model/hook-name.ts';
import type { PlanValues } from './plan-flags.ts';
import type { VaultValues } from './vault-flags.ts';

export const COMMAND_NAMES = [
  'scan',
  'staged',
  'diff',
  'history',
  'shell',
  'stdin',
  'baseline',
  'explain',
  'plan',
  'rules',
  'hook',
  'report',
  'import',
] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** Groups of commands that share flags. */
export const REPORTING: readonly CommandName[] = [
  'scan',
  'staged',
  'diff',
  'history',
  'shell',
  'stdin',
  'hook',
  'report',
];
export const SCANNING: readonly CommandName[] = [...REPORTING, 'baseline', 'explain', 'plan'];
export const EVERY: readonly CommandName[] = [...SCANNING, 'rules'];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Everything that the flags of one command line say, of all commands together. A flag's `apply` fills it. */
export interface FlagValues extends Mutable<Omit<CommonArguments, 'settings' | 'formats' | 'outputs' | 'verbosity'>> {
  readonly settings: Mutable<LowSettings>;
  readonly vault: VaultValues;
  readonly plan: PlanValues;
  readonly formats: string[];
  readonly known: { files: string[]; aws: boolean };
  readonly outputs: string[];
  isQuiet: boolean;
  isVerbose: boolean;
  includeIgnored: boolean;
  archives: boolean;
  shard: string | undefined;
  name: string | undefined;
  externalKey: boolean;
  reason: string | undefined;
  owner: string | undefined;
  until: string | undefined;
  readonly ruleFiles: string[];
  readonly branches: string[];
  since: string | undefined;
  readonly historyPaths: string[];
  firstParent: boolean;
  unreachable: boolean;
  authorPrivacy: boolean;
  recurseSubmodules: boolean;
  cache: boolean;
  rewritePlan: string | undefined;
  readonly verify: string[];
  reader: 'git' | 'own' | undefined;
  hooks: readonly HookName[] | undefined;
  manager: ManagerName | undefined;
  isGlobal: boolean;
  isDryRun: boolean;
  agent: AgentName | undefined;
  ci: boolean;
  fetch: boolean;
  failOn: CiArguments['failOn'];
  from: ForeignFormat | undefined;
  home: string | undefined;
  scrub: boolean;
  yes: boolean;
  backup: boolean;
  shredBackup: boolean;
  advise: boolean;
  credentialFiles: boolean;
}

interface FlagBase {
  /** Without the dashes. One name may have several entries for different commands, all of the same type. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  readonly help: string;
  readonly commands: readonly CommandName[];
}

/** `--name`, and `--no-name` to take it back. */
export interface SwitchFlag extends FlagBase {
  readonly type: 'switch';
  readonly apply: (values: FlagValues, isOn: boolean) => void;
}

/** `--name VALUE` or `--name=VALUE`. The last one wins unless `apply` collects. */
export interface ValueFlag extends FlagBase {
  readonly type: 'value';
  /** What the help text calls the value, such as `FILE`. */
  readonly placeholder: string;
  /** The only values allowed, in the order of the help text. */
  readonly choices?: readonly string[];
  /** What completion offers: the choices, rule ids, or files. */
  readonly completes?: 'rules' | 'files';
  /** @throws UsageError when the value cannot be used; `choices` and emptiness were checked before */
  readonly apply: (values: FlagValues, value: string) => void;
}

export type Flag = SwitchFlag | ValueFlag;
