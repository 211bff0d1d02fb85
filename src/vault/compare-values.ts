// Opt-in: reads the values of entries and says which of them are a leaked value. Everything stays in memory as keyed hashes;
// a value is never stored, logged or told. Strings of JavaScript cannot be wiped: they are dropped as soon as they are hashed.

import { createHmac, randomBytes } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Secret } from '../model/secret.ts';
import type { ValueMatch, VaultEntry } from '../model/vault.ts';
import { countOf } from '../util/amounts.ts';
import type { AwsAccess } from './aws-access.ts';
import { describeAwsError } from './aws-errors.ts';
import { Deadline } from './deadline.ts';
import { collectTexts, plainValue } from './value-texts.ts';

/** A leaked value and who it is. */
export interface LeakedValue {
  readonly fingerprint: string;
  readonly secret: Secret;
}

export interface ValueComparison {
  /** AWSCURRENT first, then by name, stage, path. */
  readonly matches: readonly ValueMatch[];
  /** Entries whose value was read. */
  readonly compared: number;
  /** One line each: what was not compared, and why. */
  readonly problems: readonly string[];
}

/** BatchGetSecretValue takes no more. */
const MOST_IDS = 20;
/** Shorter values are equal by chance. */
const SHORTEST_VALUE = 6;

/** Entries that a comparison reads: secrets that can be read at all, each once. */
export function comparableEntries(entries: readonly VaultEntry[]): readonly VaultEntry[] {
  return entries.filter(
    (entry) => entry.store === 'secrets-manager' && entry.deletedDate === undefined && entry.region !== undefined,
  );
}

const hasPrevious = (entry: VaultEntry): boolean =>
  entry.versions.some(({ stages }) => stages.includes('AWSPREVIOUS') && !stages.includes('AWSCURRENT'));

/** What a comparison costs and leaves behind, to be shown before it. One line each. */
export function describeComparison(entries: readonly VaultEntry[]): readonly string[] {
  const current = comparableEntries(entries);
  const previous = current.filter(hasPrevious);
  const reads = current.length + previous.length;
  const calls = Math.ceil(current.length / MOST_IDS) + previous.length;
  const cents = Math.ceil((reads * 5) / 10_000);
  const count = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;
  return [
    `reads ${count(reads, 'value', 'values')} of ${count(current.length, 'entry', 'entries')} with ${count(calls, 'call', 'calls')} into memory; nothing is stored or shown`,
    `AWS bills calls, about $0.05 for 10,000: this run costs at most $${(cents / 100).toFixed(2)}`,
    `CloudTrail logs one GetSecretValue event for each value, under your name: tell whoever watches`,
    `LastAccessedDate of each entry becomes today: rules for unused entries wait another 90 days`,
    `needs secretsmanager:BatchGetSecretValue, secretsmanager:GetSecretValue, and kms:Decrypt for keys of your own`,
  ];
}

/** Hash → fingerprints of the leaked values that have it. The key is of this run and goes with it. */
function createHashes(leaked: readonly LeakedValue[]) {
  const key = randomBytes(32);
  const hash = (text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('base64');
  const fingerprints = new Map<string, Set<string>>();
  for (const { secret, fingerprint } of leaked) {
    const value = plainValue(secret.reveal());
    if (value.length < SHORTEST_VALUE) continue;
    const digest = hash(value);
    fingerprints.set(digest, (fingerprints.get(digest) ?? new Set()).add(fingerprint));
  }
  // The keyed hash is what is looked up, so that the time a lookup takes tells nothing of a value.
  return { find: (text: string): readonly string[] => [...(fingerprints.get(hash(text)) ?? [])] };
}

type Hashes = ReturnType<typeof createHashes>;

interface Answer {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** Text of a value. The bytes of a binary one are wiped. */
function takeText({ SecretString: text, SecretBinary: bytes }: Answer): string | undefined {
  if (text !== undefined) return text;
  if (bytes === undefined) return undefined;
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  bytes.fill(0);
  return decoded;
}

function matchValue(hashes: Hashes, entry: VaultEntry, stage: string, answer: Answer): readonly ValueMatch[] {
  const text = takeText(answer);
  if (text === undefined) return [];
  const matches: ValueMatch[] = [];
  for (const { value, jsonPath } of collectTexts(text)) {
    if (value.length < SHORTEST_VALUE) continue;
    for (const fingerprint of hashes.find(value)) {
      const { name, arn, region } = entry;
      if (matches.some((match) => match.fingerprint === fingerprint && match.jsonPath === jsonPath)) continue;
      matches.push({ name, arn, region, stage, jsonPath, fingerprint });
    }
  }
  return matches;
}

interface Run {
  readonly client: SecretsManagerClient;
  readonly hashes: Hashes;
  readonly signal: AbortSignal;
  readonly matches: ValueMatch[];
  /** Error code → names of entries. */
  readonly failures: Map<string, string[]>;
  compared: number;
}

const idOf = (entry: VaultEntry): string => entry.arn ?? entry.name;

function noteFailure({ failures }: Run, code: string | undefined, name: string): void {
  const known = code !== undefined && /^[A-Za-z]{3,60}$/.test(code) ? code : 'an unknown error';
  const names = failures.get(known);
  if (names) names.push(name);
  else failures.set(known, [name]);
}

/** Reads one version of one entry, and notes what fails. */
async function compareOne(run: Run, entry: VaultEntry, stage: string): Promise<void> {
  const { GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  try {
    const command = new GetSecretValueCommand({ SecretId: idOf(entry), VersionStage: stage });
    const value = await run.client.send(command, { abortSignal: run.signal });
    if (stage === 'AWSCURRENT') run.compared++;
    run.matches.push(...matchValue(run.hashes, entry, stage, value));
  } catch (error) {
    if (run.signal.aborted) throw error;
    noteFailure(run, error instanceof Error ? error.name : undefined, entry.name);
  }
}

async function compareGroup(run: Run, group: readonly VaultEntry[]): Promise<void> {
  const { BatchGetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  const command = new BatchGetSecretValueCommand({ SecretIdList: group.map(idOf) });
  const answer = await run.client.send(command, { abortSignal: run.signal });
  const seen = new Set<VaultEntry>();
  for (const value of answer.SecretValues ?? []) {
    const entry = group.find((one) => (one.arn === undefined ? one.name === value.Name : one.arn === value.ARN));
    if (!entry) continue;
    seen.add(entry);
    run.compared++;
    run.matches.push(...matchValue(run.hashes, entry, 'AWSCURRENT', value));
  }
  for (const error of answer.Errors ?? []) {
    const entry = group.find((one) => idOf(one) === error.SecretId);
    if (!entry) continue;
    seen.add(entry);
    noteFailure(run, error.ErrorCode, entry.name);
  }
  // Neither a value nor an error: must not count as "not equal".
  for (const entry of group) if (!seen.has(entry)) noteFailure(run, 'NoAnswer', entry.name);
}

async function compareCurrent(run: Run, entries: readonly VaultEntry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += MOST_IDS) {
    const group = entries.slice(start, start + MOST_IDS);
    try {
      await compareGroup(run, group);
    } catch (error) {
      // Stand-ins for AWS refuse all twenty for one entry without a current value; AWS lists it under Errors.
      if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
      for (const entry of group) await compareOne(run, entry, 'AWSCURRENT');
    }
  }
}

/** The value before the last change: a leaked value that is found there was rotated away already. */
async function comparePrevious(run: Run, entries: readonly VaultEntry[]): Promise<void> {
  for (const entry of entries) await compareOne(run, entry, 'AWSPREVIOUS');
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareMatches(a: ValueMatch, b: ValueMatch): number {
  return (
    compareText(a.stage, b.stage) ||
    compareText(a.name, b.name) ||
    compareText(a.region ?? '', b.region ?? '') ||
    compareText(a.jsonPath ?? '', b.jsonPath ?? '') ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function groupByPlace(entries: readonly VaultEntry[]): ReadonlyMap<string, readonly VaultEntry[]> {
  const groups = new Map<string, VaultEntry[]>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.profile ?? null, entry.region]);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

function describeFailures(failures: ReadonlyMap<string, readonly string[]>, where: string): readonly string[] {
  return [...failures].map(([code, names]) => {
    const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? `, and ${names.length - 3} more` : '');
    return `${where}: values not compared (${code}): ${shown}`;
  });
}

/**
 * Reads the values and compares. Ask first: see describeComparison.
 *
 * @param accesses   ways to AWS, from openVault; an entry without a profile uses the first
 * @param timeoutMs  for each profile and region
 * @returns problems instead of throwing: what was not compared is told
 */
export async function compareValues(
  entries: readonly VaultEntry[],
  leaked: readonly LeakedValue[],
  accesses: readonly AwsAccess[],
  timeoutMs: number,
): Promise<ValueComparison> {
  const hashes = createHashes(leaked);
  const matches: ValueMatch[] = [];
  const problems: string[] = [];
  let compared = 0;
  for (const group of groupByPlace(comparableEntries(entries)).values()) {
    const { profile, region = '' } = group[0] ?? {};
    const access = accesses.find((one) => one.profile === profile) ?? (profile === undefined ? accesses[0] : undefined);
    const where = [profile && `profile ${profile}`, region].filter(Boolean).join(', ');
    if (!access) {
      problems.push(
        `${where}: the values of ${countOf(group.length, 'entry', 'entries')} were not compared: no credentials`,
      );
      continue;
    }
    const deadline = new Deadline(timeoutMs);
    const { signal } = deadline;
    const run: Run = {
      client: access.secretsManager(region),
      hashes,
      signal,
      matches,
      failures: new Map(),
      compared: 0,
    };
    const context = access.errorContext('secretsmanager:BatchGetSecretValue', region);
    try {
      await deadline.watch(compareCurrent(run, group).then(() => comparePrevious(run, group.filter(hasPrevious))));
    } catch (error) {
      problems.push(`${where}: values not compared: ${describeAwsError(error, context)}`);
    }
    compared += run.compared;
    problems.push(...describeFailures(run.failures, where));
  }
  return { matches: matches.sort(compareMatches), compared, problems };
}
