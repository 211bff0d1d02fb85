// What the user said, checked in form but not acted on: the types between the command line and the commands. The cli
// layer fills them; nothing here touches the system.
import type { LowSettings } from '../config/settings.ts';
import type { ForeignFormat } from '../model/foreign-format.ts';

/** Options that every scanning command has. */
export interface CommonArguments {
  /** Settings that were given as flags; undefined members were not given. */
  readonly settings: LowSettings;
  /** --config FILE. */
  readonly config: string | undefined;
  /** --format, each time it was given. */
  readonly formats: readonly string[];
  /** --output FILE, each time it was given; the format comes from the ending when no --format stands beside it. */
  readonly outputs: readonly string[];
  readonly reveal: boolean;
  /** --known FILE, each, and --known-aws: values of the user's own that are looked for. */
  readonly known?: { readonly files: readonly string[]; readonly aws: boolean };
  /** --timings: where the time went, by step and by rule, on stderr. */
  readonly timings: boolean;
  /** --unused-ignores: lists suppressions that suppress nothing, on stderr. */
  readonly unusedIgnores: boolean;
  /** --quiet: nothing on stderr but errors. --verbose: what was read and which settings apply. */
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  /** --color / --no-color; undefined: decide by terminal and NO_COLOR. */
  readonly color: boolean | undefined;
}

export interface ScanArguments extends CommonArguments {
  /** PATH…; empty means the current folder. */
  readonly paths: readonly string[];
  /** --include-ignored: files that git ignores, too. */
  readonly includeIgnored: boolean;
  /** --archives: what is inside archives and documents, too. */
  readonly archives: boolean;
  /** --shard I/N or auto, as given; undefined: everything. */
  readonly shard?: string | undefined;
}

export interface DiffArguments extends CommonArguments {
  /** `BASE`, `BASE..HEAD` or `BASE...HEAD`; `-` for a unified diff on standard input; undefined for the default base. */
  readonly range: string | undefined;
}

export interface HistoryArguments extends CommonArguments {
  /** REV…: revisions and ranges as git knows them; empty means everything. */
  readonly revisions: readonly string[];
  /** --branch NAME, each time. */
  readonly branches: readonly string[];
  /** --since DATE, as git reads dates. */
  readonly since: string | undefined;
  /** --path PATH, each time: pathspecs. */
  readonly historyPaths: readonly string[];
  readonly firstParent: boolean;
  /** --no-unreachable leaves out what only stash, reflog, an index or loose objects keep. */
  readonly unreachable: boolean;
  /** --author-privacy: no names and mail addresses. */
  readonly authorPrivacy: boolean;
  /** --recurse-submodules: submodules that are checked out, too. */
  readonly recurseSubmodules?: boolean;
  /** --rewrite-plan DIR: writes what is needed to take the values out. */
  readonly rewritePlan: string | undefined;
  /** --verify FINGERPRINT, each: proves that these are gone. */
  readonly verify: readonly string[];
  /** --no-cache: looks at everything again, and notes nothing. */
  readonly cache: boolean;
  /** --reader git|own; undefined: the default. */
  readonly reader: 'git' | 'own' | undefined;
  /** --shard I/N or auto, as given; undefined: everything. */
  readonly shard?: string | undefined;
}

export interface ReportArguments extends CommonArguments {
  /** FORMAT of the first output. */
  readonly format: string;
  /** JSON…: files, folders or `-`; empty means standard input. */
  readonly files: readonly string[];
}

export interface ImportArguments extends CommonArguments {
  /** FILE…: files of other tools. */
  readonly files: readonly string[];
  /** --from FORMAT, for all of them. */
  readonly from: ForeignFormat | undefined;
  /** --yes writes. */
  readonly yes: boolean;
}

export interface ShellArguments extends CommonArguments {
  /** FILE…: history files; empty means those that are found. With --advise the shells' names. */
  readonly operands: readonly string[];
  /** --home DIR: an offline copy, or another user's; the environment is then not asked. */
  readonly home: string | undefined;
  /** --scrub takes the values out; a dry run without --yes. */
  readonly scrub: boolean;
  readonly yes: boolean;
  /** --backup keeps a private copy; --shred-backup overwrites and deletes such copies. */
  readonly backup: boolean;
  readonly shredBackup: boolean;
  /** --advise: settings that keep secrets out. */
  readonly advise: boolean;
  /** --credential-files: stores of credentials in plain text in the home folder. */
  readonly credentialFiles: boolean;
}

export interface StdinArguments extends CommonArguments {
  /** --name PATH for path rules. */
  readonly name: string | undefined;
}

export interface BaselineArguments extends CommonArguments {
  readonly action: 'create' | 'update' | 'prune' | 'show';
  readonly paths: readonly string[];
  /** create: --external-key keeps the key out of the file, for public repositories. */
  readonly externalKey: boolean;
  /** create, update: --reason and --owner for the entries that are added. */
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  /** create, update: --until YYYY-MM-DD for the entries that are added. */
  readonly until: string | undefined;
}

export interface ExplainArguments extends CommonArguments {
  readonly file: string;
  /** From 1; undefined: every place of the file. */
  readonly line: number | undefined;
}

export interface RulesArguments {
  readonly action: 'list' | 'show' | 'check';
  /** Rule ids or selectors (`github.*`) for show and check; empty means all. */
  readonly ids: readonly string[];
  /** --rules FILE, each time: further rule files beside those of the config. */
  readonly files: readonly string[];
  readonly config: string | undefined;
  /** --format json for list. */
  readonly json: boolean;
  readonly color: boolean | undefined;
}
