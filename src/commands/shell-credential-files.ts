// `unleak shell --credential-files`: stores of credentials in plain text in a home directory, and the better way for each.
// A value that is in a history too, or in a repository, has the same fingerprint there.

import { fingerprintSecret, PUBLIC_KEY } from '../baseline/fingerprint.ts';
import { CHECKS } from '../checks/registry.ts';
import { type FoundStore, type FoundValue, findStores } from '../credentials/find-stores.ts';
import { createValueKey } from '../credentials/same-value.ts';
import { UsageError } from '../model/errors.ts';
import { decideExitCode, type ExitCode } from '../model/exit-code.ts';
import { isIncomplete, type Problem } from '../model/problem.ts';
import type { Secret } from '../model/secret.ts';
import type { ShellSighting } from '../model/shell-sighting.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { splitWords, wrapWords } from '../reporters/wrap.ts';
import { countOf } from '../util/amounts.ts';
import type { ShellArguments } from './arguments.ts';
import { shortenHome } from './scrub-text.ts';
import { openSession, type Session } from './session.ts';
import { wantsJson } from './shell-scrub.ts';
import { findSightings, homeFolder } from './shell-session.ts';
import type { Terminal } from './terminal.ts';

/** A value with its identity and the other places where it is. */
interface KnownValue extends FoundValue {
  readonly fingerprint: string;
  /** Rule of `unleak scan` that finds it too; undefined when none does. */
  readonly ruleId: string | undefined;
  /** Such as `~/.bash_history entry 12`, `~/.netrc`. */
  readonly alsoIn: readonly string[];
}

interface KnownStore extends Omit<FoundStore, 'values' | 'bytes'> {
  readonly values: readonly KnownValue[];
  readonly faults: readonly string[];
}

type KeyOf = (secret: Secret) => string;

/** What the rules see in a store, by value: they know better than the table whether a value is a token or a password. */
function readByRules(store: FoundStore, session: Session, keyOf: KeyOf) {
  const scanner = createTextScanner(createRulesDetector(session.rules, CHECKS));
  scanner.scanBlob({
    kind: 'blob',
    origin: { kind: 'file', path: store.path },
    bytes: store.bytes,
    addedLines: undefined,
  });
  return new Map(scanner.take().located.map(({ secret, ruleId }) => [keyOf(secret), { secret, ruleId }]));
}

/** Group or others may read it, or write to it. */
function listFaults({ mode, state }: FoundStore): readonly string[] {
  if (mode === undefined || state?.kind === 'encrypted' || (mode & 0o077) === 0) return [];
  const who = (mode & 0o007) !== 0 ? 'everybody on this machine' : 'its group';
  const what = (mode & 0o022) !== 0 ? 'read or change' : 'read';
  return [`mode ${(mode & 0o777).toString(8).padStart(4, '0')}: ${who} may ${what} it; chmod 600 it`];
}

/** Other places by value. */
function collectPlaces(
  stores: readonly FoundStore[],
  sightings: readonly ShellSighting[],
  home: string,
  keyOf: KeyOf,
): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const add = (secret: Secret, place: string): void => {
    const key = keyOf(secret);
    const known = places.get(key) ?? [];
    if (!known.includes(place)) known.push(place);
    places.set(key, known);
  };
  for (const { path, values } of stores) for (const { secret } of values) add(secret, `~/${makeVisible(path)}`);
  for (const { path, entryNumber, secret } of sightings) add(secret, `${shortenHome(path, home)} entry ${entryNumber}`);
  return places;
}

function identify(
  store: FoundStore,
  session: Session,
  places: ReadonlyMap<string, readonly string[]>,
  keyOf: KeyOf,
): KnownStore {
  const { values, bytes: _, ...rest } = store;
  const byRules = readByRules(store, session, keyOf);
  return {
    ...rest,
    faults: listFaults(store),
    values: values.map((one) => {
      const seen = byRules.get(keyOf(one.secret));
      const secret = seen?.secret ?? one.secret;
      const key = session.baseline?.key ?? PUBLIC_KEY;
      return {
        ...one,
        secret,
        fingerprint: fingerprintSecret(key, secret),
        ruleId: seen?.ruleId,
        alsoIn: (places.get(keyOf(one.secret)) ?? []).filter((place) => place !== `~/${makeVisible(store.path)}`),
      };
    }),
  };
}

const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`);
/** Keys that are older should have been changed. @source CIS AWS Foundations 1.14, 90 days */
const OLD_DAYS = 90;

function describeStore(store: KnownStore, columns: number): readonly string[] {
  const { path, name, ageDays, values, state, faults, better } = store;
  const hasLasting = values.some(({ isTemporary }) => !isTemporary);
  const age = `written ${days(ageDays)} ago${ageDays > OLD_DAYS && hasLasting ? ', due for a change' : ''}`;
  return [
    `~/${makeVisible(path)} (${name}), ${age}`,
    ...(state === undefined
      ? []
      : [`  (${state.kind === 'encrypted' ? 'encrypted' : 'note'}) ${makeVisible(state.text)}`]),
    ...values.flatMap(({ name: what, secret, isTemporary, fingerprint, alsoIn }) => [
      `  ${makeVisible(what)}: ${makeVisible(secret.masked())}${isTemporary ? ' (ends by itself)' : ''} [${fingerprint}]`,
      ...(alsoIn.length === 0
        ? []
        : [
            `    the same secret is in ${alsoIn.slice(0, 5).join(', ')}${alsoIn.length > 5 ? ` and ${alsoIn.length - 5} more places` : ''}`,
          ]),
    ]),
    ...faults.map((fault) => `  ${fault}`),
    ...(state?.kind === 'encrypted'
      ? []
      : wrapWords(splitWords(better), columns - 4).map((line, i) => `  ${i === 0 ? '→' : ' '} ${line}`)),
    '',
  ];
}

function formatText(stores: readonly KnownStore[], problems: readonly Problem[], columns: number): string {
  const open = stores.filter(({ values }) => values.length > 0);
  const values = new Set(open.flatMap((store) => store.values.map(({ fingerprint }) => fingerprint)));
  const found = `${countOf(open.length, 'file')} with ${countOf(values.size, 'different value')} in plain text.`;
  return [
    ...stores.flatMap((store) => describeStore(store, columns)),
    ...problems.map(({ path, message }) => `not read: ~/${makeVisible(path ?? '')}: ${message}`),
    open.length === 0 ? 'No credentials in plain text were found in the places that are known.' : found,
    '',
  ].join('\n');
}

/** Histories of the home, when they can be had: they say where else a value is. */
async function readHistories(args: ShellArguments, terminal: Terminal): Promise<readonly ShellSighting[]> {
  const { sightings } = await findSightings(args, terminal);
  return sightings;
}

/** @throws UsageError */
export async function runShellCredentialFiles(args: ShellArguments, terminal: Terminal): Promise<ExitCode> {
  const isJson = wantsJson(args, '--credential-files');
  if (args.operands.length > 0)
    throw new UsageError('--credential-files takes no operands; name the home with --home DIR');
  const home = homeFolder(args, terminal);
  const session = await openSession(args, terminal, { root: terminal.cwd });
  const found = findStores(home, Date.now());
  const keyOf = createValueKey();
  const places = collectPlaces(found.stores, await readHistories(args, terminal), home, keyOf);
  const stores = found.stores.map((store) => identify(store, session, places, keyOf));
  const { problems } = found;
  const text = isJson
    ? `${JSON.stringify({ home, stores, problems }, null, 2)}\n`
    : formatText(stores, problems, Math.min(terminal.columns, 120));
  await terminal.writeOut(text);
  const isOpen = stores.some(
    ({ values, faults }) => values.some(({ isTemporary }) => !isTemporary) || faults.length > 0,
  );
  return decideExitCode(isOpen, problems.some(isIncomplete), session.settings.allowIncomplete);
}
