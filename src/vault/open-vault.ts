// The public face of this folder: what the user said → an index of names, with the state of every listing. A listing that
// fails is told and never thrown: it may not change what a scan says. A file of the user's that cannot be used is an error.
import { resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import type { VaultIndex, VaultStore } from '../model/vault.ts';
import type { VaultArguments } from '../model/vault-arguments.ts';
import { describeUnread, readWhole } from '../util/read-whole.ts';
import { writeAtomic } from '../util/write-atomic.ts';
import { askTerminal } from './ask-terminal.ts';
import type { AwsAccess, AwsOptions } from './aws-access.ts';
import { formatIndex, parseIndexFile } from './index-file.ts';
import { type ListArguments, listProfile } from './list-profile.ts';
import { type Listing, mergeIndex } from './merge-index.ts';

/** What the vault needs of the outside world. */
export interface VaultOutside {
  /** Of the process itself: the SDK reads it, and so a few variables are set in it. */
  readonly environment: Record<string, string | undefined>;
  readonly cwd: string;
  readonly now: () => Date;
}

/** An index, and the ways to AWS that were opened for it. */
export interface OpenedVault {
  readonly index: VaultIndex;
  /** One for each profile that has credentials; for value comparison. */
  readonly accesses: readonly AwsAccess[];
  readonly close: () => void;
}

/** A person has this long to find the MFA device. */
const MFA_WAIT_MS = 120_000;

function readNamesFile(file: string, cwd: string): { listing: Listing; namePrefixes: readonly string[] } {
  let text: string;
  try {
    text = readWhole(file === '-' ? 0 : resolve(cwd, file)).toString('utf8');
  } catch (cause) {
    const what = describeUnread(cause);
    throw new ConfigError(`${what}; --names wants the JSON of: aws secretsmanager list-secrets`, { file }, { cause });
  }
  return parseIndexFile(text, file);
}

async function askMfaCode(device: string, profile: string | undefined): Promise<string | undefined> {
  const who = profile === undefined ? '' : ` of profile ${profile}`;
  return askTerminal(`MFA code${who} (device ${device}): `, MFA_WAIT_MS);
}

/** True when names are to be looked at at all: from AWS or from files. */
export function wantsVault(args: VaultArguments, settings: Settings['aws']): boolean {
  return args.aws || args.namesFiles.length > 0 || settings.names !== undefined;
}

/** @throws UsageError when a flag has no effect without another */
export function checkVaultArguments(args: VaultArguments, settings: Settings['aws']): void {
  const needAws: readonly (readonly [boolean, string])[] = [
    [args.awsProfiles.length > 0, '--aws-profile'],
    [args.awsRegions.length > 0, '--aws-region'],
    [args.parameterStore, '--parameter-store'],
    [args.awsEndpoint !== undefined, '--aws-endpoint'],
    [args.awsMetadata, '--aws-metadata'],
    [args.awsRequired, '--aws-required'],
    [args.compareValues, '--compare-values'],
  ];
  const lonely = needAws.find(([isGiven]) => isGiven && !args.aws);
  if (lonely) throw new UsageError(`${lonely[1]} needs --aws: without it AWS is not asked`);
  if (args.saveIndex !== undefined && !wantsVault(args, settings))
    throw new UsageError('--save-index needs names to save: give --aws or --names FILE');
  if (args.awsPrefixes.length > 0 && !wantsVault(args, settings))
    throw new UsageError('--aws-prefix needs names to choose from: give --aws or --names FILE');
  if (args.yes && !args.compareValues) throw new UsageError('--yes is for --compare-values');
}

/**
 * Reads the files, asks AWS when --aws is given, and joins it all. Sends nothing but ListSecrets (and DescribeParameters
 * with --parameter-store), beside what the credentials of a profile need (STS, SSO).
 *
 * @throws UsageError, ConfigError for what the user can mend; never for AWS
 */
export async function openVault(
  args: VaultArguments,
  settings: Settings['aws'],
  outside: VaultOutside,
): Promise<OpenedVault> {
  checkVaultArguments(args, settings);
  const prefixes = args.awsPrefixes.length > 0 ? args.awsPrefixes : settings.namePrefix ? [settings.namePrefix] : [];
  // The file of the settings is the offline way; who says --aws or --names wants another.
  const isSettingsFile = !args.aws && args.namesFiles.length === 0 && settings.names !== undefined;
  const files = isSettingsFile && settings.names !== undefined ? [settings.names] : args.namesFiles;
  const read = files.map((file) => readNamesFile(file, outside.cwd));
  const listings: Listing[] = read.map(({ listing }) => listing);
  const accesses: AwsAccess[] = [];
  if (args.aws) {
    const stores: readonly VaultStore[] = args.parameterStore
      ? ['secrets-manager', 'parameter-store']
      : ['secrets-manager'];
    const options: AwsOptions = {
      environment: outside.environment,
      endpoint: args.awsEndpoint,
      useMetadata: args.awsMetadata,
      timeoutMs: args.awsTimeoutMs,
      askMfaCode,
    };
    const regions = [...new Set(args.awsRegions.length > 0 ? args.awsRegions : settings.regions)];
    const list: ListArguments = { prefixes, regions, stores, options, now: outside.now };
    const profiles = args.awsProfiles.length > 0 ? [...new Set(args.awsProfiles)] : [settings.profile];
    // One after the other: each may ask for an MFA code.
    for (const profile of profiles) {
      const { listings: more, access } = await listProfile(profile, list);
      listings.push(...more);
      if (access) accesses.push(access);
    }
  }
  const merged = mergeIndex(listings, prefixes, outside.now().toISOString());
  const narrowed = [...new Set([...prefixes, ...read.flatMap(({ namePrefixes }) => namePrefixes)])];
  return {
    index: { ...merged, namePrefixes: narrowed },
    accesses,
    close: () => {
      for (const access of accesses) access.close();
    },
  };
}

/** One line for each listing that failed. */
export function vaultProblems(index: VaultIndex): readonly string[] {
  return index.sources.flatMap((source) => (source.problem === undefined ? [] : [`not checked: ${source.problem}`]));
}

/** True when a listing failed: with --aws-required the run then ends with 3. */
export function isVaultIncomplete(index: VaultIndex): boolean {
  return index.sources.some((source) => source.state === 'not-checked');
}

/** Writes an index for --names. @throws UsageError when the file cannot be written */
export function saveIndex(index: VaultIndex, file: string, cwd: string): void {
  try {
    // Names and descriptions tell much of an organisation: for the owner alone.
    writeAtomic(resolve(cwd, file), formatIndex(index), 0o600);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${file}: the index cannot be written (${code ?? 'unknown error'}); choose another place`, {
      cause,
    });
  }
}
