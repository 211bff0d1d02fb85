// Reads the names of one profile in one region: ListSecrets for Secrets Manager, DescribeParameters for Parameter Store, and
// no other action. A page may be empty and still have a next one, so that the token alone says when it ends.
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { VaultEntry } from '../model/vault.ts';
import { VaultError } from './aws-errors.ts';
import { type EntryOrigin, readParameterEntry, readSecretEntry } from './read-entry.ts';

interface Page {
  readonly items: readonly unknown[];
  readonly nextToken: string | undefined;
}

/** Quotas allow 500,000 secrets in a region; a page has up to 100. */
const MOST_PAGES = 20_000;
/** Values that one filter takes. */
const MOST_FILTER_VALUES = 10;

async function readPages(
  fetchPage: (token: string | undefined) => Promise<Page>,
  readEntry: (raw: unknown) => VaultEntry | undefined,
): Promise<readonly VaultEntry[]> {
  const entries: VaultEntry[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await fetchPage(token);
    for (const raw of page.items) {
      const entry = readEntry(raw);
      if (!entry) throw new VaultError('a listed entry has no name; is a wrong endpoint in between?');
      entries.push(entry);
    }
    if (page.nextToken === undefined) return entries;
    if (page.nextToken === token)
      throw new VaultError('the listing goes round in a circle; is a wrong endpoint in between?');
    token = page.nextToken;
  }
  throw new VaultError('the listing does not end; narrow it with --aws-prefix');
}

export interface ListOptions {
  readonly prefixes: readonly string[];
  readonly signal: AbortSignal;
}

/** A filter takes a "!" in front for "not"; such prefixes, and too many of them, are looked for on this side alone. */
function canFilter(prefixes: readonly string[]): boolean {
  return prefixes.length > 0 && prefixes.length <= MOST_FILTER_VALUES && !prefixes.some((p) => p.startsWith('!'));
}

/** Secrets that are scheduled for deletion are listed too: a name in that state cannot be made again. */
export async function listSecrets(
  client: SecretsManagerClient,
  origin: EntryOrigin,
  { prefixes, signal }: ListOptions,
): Promise<readonly VaultEntry[]> {
  const { ListSecretsCommand } = await import('@aws-sdk/client-secrets-manager');
  const filters = canFilter(prefixes) ? { Filters: [{ Key: 'name' as const, Values: [...prefixes] }] } : {};
  return readPages(
    async (token) => {
      const command = new ListSecretsCommand({
        IncludePlannedDeletion: true,
        MaxResults: 100,
        ...filters,
        ...(token !== undefined && { NextToken: token }),
      });
      const answer = await client.send(command, { abortSignal: signal });
      return { items: answer.SecretList ?? [], nextToken: answer.NextToken || undefined };
    },
    (raw) => readSecretEntry(raw, origin),
  );
}

export async function listParameters(
  client: SSMClient,
  origin: EntryOrigin,
  { prefixes, signal }: ListOptions,
): Promise<readonly VaultEntry[]> {
  const { DescribeParametersCommand } = await import('@aws-sdk/client-ssm');
  const values = prefixes.flatMap((prefix) => (prefix.startsWith('/') ? [prefix] : [prefix, `/${prefix}`]));
  const filters = canFilter(values)
    ? { ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: values }] }
    : {};
  return readPages(
    async (token) => {
      const command = new DescribeParametersCommand({
        MaxResults: 50,
        ...filters,
        ...(token !== undefined && { NextToken: token }),
      });
      const answer = await client.send(command, { abortSignal: signal });
      return { items: answer.Parameters ?? [], nextToken: answer.NextToken || undefined };
    },
    (raw) => readParameterEntry(raw, origin),
  );
}
