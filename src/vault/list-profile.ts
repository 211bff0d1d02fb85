// Asks AWS for names: every region of a profile, each listing with a limit of its own. A listing that fails becomes a
// source with the state `not-checked` and one line why; nothing is thrown.
import type { VaultSource, VaultStore } from '../model/vault.ts';
import { type AwsAccess, type AwsOptions, openAws } from './aws-access.ts';
import { type AwsErrorContext, describeAwsError } from './aws-errors.ts';
import { Deadline } from './deadline.ts';
import { listParameters, listSecrets } from './list-entries.ts';
import type { Listing } from './merge-index.ts';
import { STORE_NAMES } from './read-entry.ts';

const REGIONS_AT_ONCE = 4;

const ACTIONS: Readonly<Record<VaultStore, string>> = {
  'secrets-manager': 'secretsmanager:ListSecrets',
  'parameter-store': 'ssm:DescribeParameters',
};

function labelOf(store: VaultStore, profile: string | undefined, region: string | undefined): string {
  return [STORE_NAMES[store], profile && `profile ${profile}`, region].filter(Boolean).join(', ');
}

interface Query {
  readonly store: VaultStore;
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

function failed({ store, profile, region }: Query, problem: string, takenAt: string): Listing {
  const label = labelOf(store, profile, region);
  const source: VaultSource = {
    kind: 'aws',
    store,
    label,
    profile,
    region,
    state: 'not-checked',
    problem: `${label}: ${problem}`,
    entries: 0,
    takenAt,
  };
  return { source, entries: [] };
}

async function listOne(access: AwsAccess, query: Query, args: ListArguments): Promise<Listing> {
  const { store, profile, region } = query;
  const takenAt = args.now().toISOString();
  const deadline = new Deadline(args.options.timeoutMs);
  const options = { prefixes: args.prefixes, signal: deadline.signal };
  const origin = { profile, region };
  try {
    const work =
      store === 'secrets-manager'
        ? listSecrets(access.secretsManager(region ?? ''), origin, options)
        : listParameters(access.parameterStore(region ?? ''), origin, options);
    const entries = await deadline.watch(work);
    const label = labelOf(store, profile, region);
    const source: VaultSource = {
      kind: 'aws',
      store,
      label,
      profile,
      region,
      state: 'checked',
      problem: undefined,
      entries: entries.length,
      takenAt,
    };
    return { source, entries };
  } catch (error) {
    return failed(query, describeAwsError(error, access.errorContext(ACTIONS[store], region)), takenAt);
  }
}

export interface ListArguments {
  /** Empty: all names. */
  readonly prefixes: readonly string[];
  /** Empty: the region of the environment or the profile. */
  readonly regions: readonly string[];
  readonly stores: readonly VaultStore[];
  readonly options: AwsOptions;
  readonly now: () => Date;
}

async function inGroups<T, R>(items: readonly T[], size: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += size) {
    results.push(...(await Promise.all(items.slice(start, start + size).map(work))));
  }
  return results;
}

/** All regions of one profile. `access` is undefined when there are no credentials. */
export async function listProfile(
  profile: string | undefined,
  args: ListArguments,
): Promise<{ listings: readonly Listing[]; access: AwsAccess | undefined }> {
  const takenAt = args.now().toISOString();
  const { timeoutMs } = args.options;
  let context: AwsErrorContext = { action: ACTIONS['secrets-manager'], profile, region: args.regions[0], timeoutMs };
  let regions = args.regions;
  let access: AwsAccess | undefined;
  try {
    access = await openAws(profile, args.options);
    context = access.errorContext(context.action, context.region);
    if (regions.length === 0) regions = [await access.findRegion()];
    await access.logIn(regions[0] ?? '');
  } catch (error) {
    access?.close();
    const problem = describeAwsError(error, context);
    // A profile that does not exist may be something else, pasted into the wrong place: its name is not repeated.
    const shown = access === undefined ? undefined : profile;
    const places = regions.length === 0 ? [undefined] : regions;
    const queries = args.stores.flatMap((store) => places.map((region) => ({ store, profile: shown, region })));
    return { listings: queries.map((query) => failed(query, problem, takenAt)), access: undefined };
  }
  const opened = access;
  const queries = args.stores.flatMap((store) => regions.map((region) => ({ store, profile, region })));
  const listings = await inGroups(queries, REGIONS_AT_ONCE, (query) => listOne(opened, query, args));
  return { listings, access };
}
