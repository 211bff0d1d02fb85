// One entry of a listing, as the SDK, the AWS CLI or our own file gives it → VaultEntry. Every field may be missing or of
// a wrong type: what cannot be used counts as missing, and only an entry without a name is refused.
import type { VaultEntry, VaultRotation, VaultStore, VaultTag, VaultVersion } from '../model/vault.ts';
import { isJsonObject, type JsonObject } from '../util/json-object.ts';
import { parseArn } from './parse-arn.ts';

/** Where a listing was made. */
export interface EntryOrigin {
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

/** 512 is the limit of names in the API; a longer text is no name. Parameters have 2,048 with their path. */
const LONGEST_NAME = 2048;
/** No name of AWS has these; a file that was made to mislead may. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const FIRST_YEAR_MS = Date.UTC(1990, 0);
const LAST_YEAR_MS = Date.UTC(2200, 0);

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isoOf(ms: number): string | undefined {
  return ms >= FIRST_YEAR_MS && ms < LAST_YEAR_MS ? new Date(ms).toISOString() : undefined;
}

/** Dates come as Date (SDK), as text with an offset (AWS CLI 2), or as seconds since 1970 (AWS CLI 1, the wire). */
export function readDate(value: unknown): string | undefined {
  if (value instanceof Date) return isoOf(value.getTime());
  if (typeof value === 'number') return isoOf(value * 1000);
  // Without this Date.parse takes "1" for a year, and texts without an offset for local time.
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return undefined;
  return isoOf(Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`));
}

function readTags(value: unknown): readonly VaultTag[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).flatMap((tag) => {
    const key = textOf(tag.Key ?? tag.key);
    return key === undefined ? [] : [{ key, value: textOf(tag.Value ?? tag.value) ?? '' }];
  });
}

function readVersions(value: unknown): readonly VaultVersion[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value)
    .map(([id, stages]) => ({ id, stages: Array.isArray(stages) ? stages.filter((s) => typeof s === 'string') : [] }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readRotation(raw: JsonObject): VaultRotation {
  const rules = isJsonObject(raw.RotationRules) ? raw.RotationRules : {};
  const days = rules.AutomaticallyAfterDays;
  return {
    isEnabled: raw.RotationEnabled === true,
    lambdaArn: textOf(raw.RotationLambdaARN),
    everyDays: typeof days === 'number' && Number.isFinite(days) ? days : undefined,
    schedule: textOf(rules.ScheduleExpression),
    lastDate: readDate(raw.LastRotatedDate),
    nextDate: readDate(raw.NextRotationDate),
  };
}

function readName(value: unknown): string | undefined {
  const name = textOf(value);
  return name !== undefined && name.length <= LONGEST_NAME && !UNSEEN.test(name) ? name : undefined;
}

/** @returns undefined when there is no name that can be one */
export function readSecretEntry(raw: unknown, origin: EntryOrigin): VaultEntry | undefined {
  if (!isJsonObject(raw)) return undefined;
  const name = readName(raw.Name);
  if (name === undefined) return undefined;
  const arn = textOf(raw.ARN);
  const parts = parseArn(arn ?? '');
  return {
    store: 'secrets-manager',
    name,
    arn,
    region: parts?.region || origin.region,
    account: parts?.account || undefined,
    profile: origin.profile,
    description: textOf(raw.Description),
    tags: readTags(raw.Tags),
    kmsKeyId: textOf(raw.KmsKeyId),
    type: textOf(raw.Type),
    rotation: readRotation(raw),
    createdDate: readDate(raw.CreatedDate),
    changedDate: readDate(raw.LastChangedDate),
    accessedDate: readDate(raw.LastAccessedDate),
    deletedDate: readDate(raw.DeletedDate),
    versions: readVersions(raw.SecretVersionsToStages),
    owningService: textOf(raw.OwningService),
    primaryRegion: textOf(raw.PrimaryRegion),
    replicaRegions: [],
  };
}

const NEVER: VaultRotation = {
  isEnabled: false,
  lambdaArn: undefined,
  everyDays: undefined,
  schedule: undefined,
  lastDate: undefined,
  nextDate: undefined,
};

/** An entry of DescribeParameters. Its one date is that of the newest version, which is the current one. */
export function readParameterEntry(raw: unknown, origin: EntryOrigin): VaultEntry | undefined {
  if (!isJsonObject(raw)) return undefined;
  const name = readName(raw.Name);
  if (name === undefined) return undefined;
  const arn = textOf(raw.ARN);
  const parts = parseArn(arn ?? '');
  const changedDate = readDate(raw.LastModifiedDate);
  const version = typeof raw.Version === 'number' ? raw.Version : undefined;
  return {
    store: 'parameter-store',
    name,
    arn,
    region: parts?.region || origin.region,
    account: parts?.account || undefined,
    profile: origin.profile,
    description: textOf(raw.Description),
    tags: [],
    kmsKeyId: textOf(raw.KeyId),
    type: textOf(raw.Type),
    rotation: NEVER,
    createdDate: version === 1 ? changedDate : undefined,
    changedDate,
    accessedDate: undefined,
    deletedDate: undefined,
    versions: version === undefined ? [] : [{ id: String(version), stages: ['AWSCURRENT'] }],
    owningService: undefined,
    primaryRegion: undefined,
    replicaRegions: [],
  };
}

export const STORE_NAMES: Readonly<Record<VaultStore, string>> = {
  'secrets-manager': 'Secrets Manager',
  'parameter-store': 'Parameter Store',
};
