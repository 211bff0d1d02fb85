// Names from a file: the JSON of `aws secretsmanager list-secrets` or `aws ssm describe-parameters`, or an index that
// --save-index wrote. Read strictly, because an empty index would pass for a vault without the name that is looked for.
import { ConfigError } from '../model/errors.ts';
import type { VaultEntry, VaultIndex, VaultSource, VaultStore } from '../model/vault.ts';
import { isJsonObject, type JsonObject, parseJson } from '../util/json-object.ts';
import type { Listing } from './merge-index.ts';
import { type EntryOrigin, readDate, readParameterEntry, readSecretEntry } from './read-entry.ts';

const FORMAT = 'unleak-vault-index';
const VERSION = 1;
const NOWHERE: EntryOrigin = { profile: undefined, region: undefined };

/** An index as a file: the words of ListSecrets, so that one reader serves all three forms. */
export function formatIndex(index: VaultIndex): string {
  const file = {
    format: FORMAT,
    version: VERSION,
    takenAt: index.takenAt,
    namePrefixes: index.namePrefixes,
    sources: index.sources.map(({ label, state, problem }) => ({ label, state, ...(problem && { problem }) })),
    SecretList: index.entries.filter((entry) => entry.store === 'secrets-manager').map(secretRecord),
    Parameters: index.entries.filter((entry) => entry.store === 'parameter-store').map(parameterRecord),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

function secretRecord(entry: VaultEntry): JsonObject {
  const { rotation } = entry;
  const hasRules = rotation.everyDays !== undefined || rotation.schedule !== undefined;
  return {
    ARN: entry.arn,
    Name: entry.name,
    Region: entry.region,
    ReplicaRegions: entry.replicaRegions.length > 0 ? entry.replicaRegions : undefined,
    Description: entry.description,
    KmsKeyId: entry.kmsKeyId,
    Type: entry.type,
    RotationEnabled: rotation.isEnabled || undefined,
    RotationLambdaARN: rotation.lambdaArn,
    RotationRules: hasRules
      ? { AutomaticallyAfterDays: rotation.everyDays, ScheduleExpression: rotation.schedule }
      : undefined,
    LastRotatedDate: rotation.lastDate,
    NextRotationDate: rotation.nextDate,
    CreatedDate: entry.createdDate,
    LastChangedDate: entry.changedDate,
    LastAccessedDate: entry.accessedDate,
    DeletedDate: entry.deletedDate,
    Tags: entry.tags.length > 0 ? entry.tags.map(({ key, value }) => ({ Key: key, Value: value })) : undefined,
    SecretVersionsToStages:
      entry.versions.length > 0 ? Object.fromEntries(entry.versions.map(({ id, stages }) => [id, stages])) : undefined,
    OwningService: entry.owningService,
    PrimaryRegion: entry.primaryRegion,
  };
}

function parameterRecord(entry: VaultEntry): JsonObject {
  const version = Number(entry.versions[0]?.id);
  return {
    ARN: entry.arn,
    Name: entry.name,
    Region: entry.region,
    Description: entry.description,
    KeyId: entry.kmsKeyId,
    Type: entry.type,
    LastModifiedDate: entry.changedDate,
    Version: Number.isFinite(version) ? version : undefined,
  };
}

function fail(file: string, what: string): never {
  throw new ConfigError(what, { file });
}

const HOW_TO_MAKE = 'make it with: aws secretsmanager list-secrets --include-planned-deletion --output json';

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Our own file says what the ARN may not: where an entry was listed, and where its replicas are. */
function withSaved(entry: VaultEntry, raw: unknown): VaultEntry {
  if (!isJsonObject(raw)) return entry;
  const region = typeof raw.Region === 'string' ? raw.Region : entry.region;
  return { ...entry, region, replicaRegions: stringsOf(raw.ReplicaRegions) };
}

function readList(
  file: string,
  key: string,
  value: unknown,
  read: (raw: unknown, origin: EntryOrigin) => VaultEntry | undefined,
): readonly VaultEntry[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) fail(file, `"${key}" is no list; ${HOW_TO_MAKE}`);
  return value.map((raw, index) => {
    const entry = read(raw, NOWHERE);
    return entry
      ? withSaved(entry, raw)
      : fail(file, `entry ${index + 1} of "${key}" has no name that an entry can have; ${HOW_TO_MAKE}`);
  });
}

/** A listing that was itself not whole makes the file no proof that a name does not exist. */
function brokenSource(sources: unknown): string | undefined {
  const list = Array.isArray(sources) ? sources.filter(isJsonObject) : [];
  const broken = list.filter((source) => source.state === 'not-checked').length;
  return broken === 0 ? undefined : `${broken} of its listings failed when it was made; make it again`;
}

/**
 * @param file  name for messages
 * @throws ConfigError when the text is not one of the three forms; a message never holds a part of it
 */
export function parseIndexFile(text: string, file: string): { listing: Listing; namePrefixes: readonly string[] } {
  const json = parseJson(text.replace(/^\uFEFF/, ''));
  if (json === undefined) fail(file, `is not JSON; ${HOW_TO_MAKE}`);
  // `--query SecretList` and jq users have the bare list.
  const top = Array.isArray(json) ? { SecretList: json } : json;
  if (!isJsonObject(top) || (top.SecretList === undefined && top.Parameters === undefined)) {
    fail(file, `holds neither "SecretList" nor "Parameters"; ${HOW_TO_MAKE}`);
  }
  if (top.format === FORMAT && top.version !== VERSION) {
    fail(file, `is an index of another version; make it again with --save-index`);
  }
  if (typeof top.NextToken === 'string')
    fail(file, 'holds the first page only; list without --max-items and --no-paginate');
  const entries = [
    ...readList(file, 'SecretList', top.SecretList, readSecretEntry),
    ...readList(file, 'Parameters', top.Parameters, readParameterEntry),
  ];
  const stores = new Set<VaultStore>(entries.map((entry) => entry.store));
  const problem = brokenSource(top.sources);
  const source: VaultSource = {
    kind: 'file',
    store: stores.size === 1 ? [...stores][0] : undefined,
    label: file,
    profile: undefined,
    region: undefined,
    state: problem === undefined ? 'checked' : 'not-checked',
    problem: problem && `${file}: ${problem}`,
    entries: entries.length,
    takenAt: readDate(top.takenAt),
  };
  return { listing: { source, entries }, namePrefixes: stringsOf(top.namePrefixes) };
}
