// What is known of a vault's entries: names, dates and notes, never values. Made by src/vault from ListSecrets,
// DescribeParameters or a file; read by src/plan and the reporters. All dates are ISO 8601 in UTC.

/** Which service of AWS holds an entry. */
export type VaultStore = 'secrets-manager' | 'parameter-store';

export interface VaultTag {
  readonly key: string;
  readonly value: string;
}

/** One version of a value and its labels, such as AWSCURRENT, AWSPENDING, AWSPREVIOUS. */
export interface VaultVersion {
  readonly id: string;
  readonly stages: readonly string[];
}

export interface VaultRotation {
  readonly isEnabled: boolean;
  readonly lambdaArn: string | undefined;
  readonly everyDays: number | undefined;
  /** `rate(…)` or `cron(…)`. */
  readonly schedule: string | undefined;
  readonly lastDate: string | undefined;
  readonly nextDate: string | undefined;
}

/** One entry. AWS may leave out every field but the name. */
export interface VaultEntry {
  readonly store: VaultStore;
  readonly name: string;
  readonly arn: string | undefined;
  readonly region: string | undefined;
  /** 12 digits, from the ARN. */
  readonly account: string | undefined;
  /** Profile that listed it; undefined for the default credentials and for files. */
  readonly profile: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly VaultTag[];
  /** Undefined: the key that AWS manages. */
  readonly kmsKeyId: string | undefined;
  /** Secrets Manager: type of a partner-managed secret. Parameter Store: String, StringList or SecureString. */
  readonly type: string | undefined;
  readonly rotation: VaultRotation;
  readonly createdDate: string | undefined;
  /** Any change counts: value, description, tags, rotation set-up. */
  readonly changedDate: string | undefined;
  /** A day (midnight UTC), and of this region only. Undefined: never read there, or not known (Parameter Store). */
  readonly accessedDate: string | undefined;
  /** Set: scheduled for deletion since then. */
  readonly deletedDate: string | undefined;
  readonly versions: readonly VaultVersion[];
  /** Service that made it and alone may change it, such as `rds`. */
  readonly owningService: string | undefined;
  /** Set for replicated secrets: where the primary lives. The entry of the primary stands in for its replicas. */
  readonly primaryRegion: string | undefined;
  /** Other regions in which the listing saw the same secret. */
  readonly replicaRegions: readonly string[];
}

/** One listing that was asked for: a profile and a region, or a file. */
export interface VaultSource {
  readonly kind: 'aws' | 'file';
  readonly store: VaultStore | undefined;
  /** For people: `Secrets Manager, profile audit, eu-west-1` or the file's name. */
  readonly label: string;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly state: 'checked' | 'not-checked';
  /** One line: why it was not checked and what to do. Undefined when it was. */
  readonly problem: string | undefined;
  readonly entries: number;
  /** When the listing was made; for files the date in the file, or undefined. */
  readonly takenAt: string | undefined;
}

export interface VaultIndex {
  /** Sorted by name, region, account; a replica is folded into its primary. */
  readonly entries: readonly VaultEntry[];
  readonly sources: readonly VaultSource[];
  /** When the index was put together. */
  readonly takenAt: string;
  /** Listings were narrowed to names with one of these prefixes; empty: nothing was left out. */
  readonly namePrefixes: readonly string[];
}

/** What the dates of one entry say of one leaked value. Worst first. */
export const DATE_VERDICTS = [
  'live-after-rotation', // leaked after the last rotation: live
  'entry-older-than-leak', // nothing of the entry has changed since before the leak: live
  'never-rotated', // the entry has had one value only, whatever else was changed
  'entry-younger-than-leak', // made after the leak, maybe from the leaked value
  'changed-after-leak', // changed by hand after the leak, maybe not the value
  'rotated-after-leak', // a rotation came after the leak
  'scheduled-for-deletion', // the entry goes away
  'unused-entry', // nobody has read the entry for more than 90 days
  'unknown', // no date of the leak, or none of the entry
] as const;
export type DateVerdictKind = (typeof DATE_VERDICTS)[number];

export interface DateVerdict {
  readonly kind: DateVerdictKind;
  /** Further verdicts that hold too, worst first. */
  readonly also: readonly DateVerdictKind[];
  /** One line for people, with the days. */
  readonly text: string;
  /** Goes on after "Proves" and "Does not prove". */
  readonly proves: string;
  readonly doesNotProve: string;
  /** Weaker observations, one line each, such as when the entry was last read. */
  readonly notes: readonly string[];
}

/** What a comparison of values said: never the value, only which entry and which version. */
export interface ValueMatch {
  /** `name` and `arn` of the entry. */
  readonly name: string;
  readonly arn: string | undefined;
  readonly region: string | undefined;
  /** Label of the version that holds the value: AWSCURRENT is live, AWSPREVIOUS was rotated away. */
  readonly stage: string;
  /** Path of the JSON leaf, such as `password` or `db.password`; undefined when the whole value is equal. */
  readonly jsonPath: string | undefined;
  /** Fingerprint of the finding. */
  readonly fingerprint: string;
}

export type ReferenceFaultKind =
  | 'missing' // the code names an entry that the index does not have
  | 'deleted' // the code names an entry that is scheduled for deletion
  | 'other-environment' // the code's environment and the entry's differ
  | 'unnamed' // an entry that no code names
  | 'secret-in-text' // a secret in Description or Tags
  | 'no-rotation'
  | 'unused' // not read for more than 90 days
  | 'hyphen-six'; // name ends in a hyphen and six characters, as ARNs do

/** One thing to mend between code and vault. */
export interface ReferenceFault {
  readonly kind: ReferenceFaultKind;
  /** Name of the entry, or the name in the code when there is no such entry. */
  readonly name: string;
  readonly region: string | undefined;
  /** Where the code names it; undefined for faults of the entry alone. Lines from 1. */
  readonly place: { readonly path: string; readonly line: number } | undefined;
  /** One line: what is wrong and what to do. */
  readonly text: string;
}
