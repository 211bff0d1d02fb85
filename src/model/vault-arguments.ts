// What the user said of the vault: the flags of src/cli/vault-flags.ts, checked in form and not acted on.

export interface VaultArguments {
  /** --aws: asks AWS for names. Without it nothing is asked, whatever else is given. */
  readonly aws: boolean;
  /** --aws-profile, each; empty: the profile of the settings, or the default credentials. */
  readonly awsProfiles: readonly string[];
  /** --aws-region, each; empty: the regions of the settings, the environment or the profile. */
  readonly awsRegions: readonly string[];
  /** --aws-prefix, each: only names that start with one of these. */
  readonly awsPrefixes: readonly string[];
  /** --parameter-store: names of Parameter Store, too. */
  readonly parameterStore: boolean;
  /** --names FILE, each: lists that were saved before. */
  readonly namesFiles: readonly string[];
  /** --save-index FILE. */
  readonly saveIndex: string | undefined;
  /** --aws-required: a listing that fails makes the run end with 3. */
  readonly awsRequired: boolean;
  /** --aws-endpoint URL, for Secrets Manager and Parameter Store. */
  readonly awsEndpoint: string | undefined;
  /** --aws-metadata: credentials may come from the machine's metadata service. */
  readonly awsMetadata: boolean;
  /** --aws-timeout SECONDS for each listing, in milliseconds. */
  readonly awsTimeoutMs: number;
  /** --compare-values: reads values and compares them in memory. */
  readonly compareValues: boolean;
  /** --yes: no question before values are read. */
  readonly yes: boolean;
}

/** 10,000 entries need 100 pages of a tenth of a second each. */
export const DEFAULT_AWS_TIMEOUT_MS = 60_000;
