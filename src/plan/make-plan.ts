// From secrets, clues and names to the plan: match, choose where each goes, order by risk, change code, write steps. Pure.
import { REACHES } from '../model/history.ts';
import { SEVERITIES } from '../model/levels.ts';
import type { DateVerdict, ValueMatch, VaultEntry } from '../model/vault.ts';
import { chooseTarget, usualScope } from './choose-target.ts';
import { classify } from './classify.ts';
import type { Clues } from './clues.ts';
import { environmentOfEntry } from './entry-words.ts';
import { joinClues } from './join-clues.ts';
import { createMatcher, type Matcher, type MatchResult } from './match-entries.ts';
import { readNamingScheme } from './naming-scheme.ts';
import type { InventoryItem, Plan, PlanMatch, PlannedSecret, PlanTarget } from './plan.ts';
import { planCode } from './plan-code.ts';
import type { HistoryNote, PlanInput, SecretInput } from './plan-input.ts';
import { listSteps, needsTarget } from './steps.ts';

interface Weighed {
  readonly input: SecretInput;
  readonly clues: Clues;
  readonly result: MatchResult;
  readonly match: PlanMatch;
  readonly inventory: InventoryItem;
  readonly values: readonly ValueMatch[];
  readonly dates: DateVerdict | undefined;
  readonly isLive: boolean;
}

/** Below this even tied entries are no more than hints. */
const TIE_SCORE = 0.45;

const NO_MATCH: MatchResult = { level: 'none', matches: [], ties: [] };

/** The entry that a comparison of values named. */
function entryOfValue(values: readonly ValueMatch[], entries: readonly VaultEntry[]): VaultEntry | undefined {
  const current = values.find(({ stage }) => stage === 'AWSCURRENT') ?? values[0];
  return (
    current &&
    entries.find(({ name, arn, region }) =>
      current.arn === undefined ? name === current.name && region === current.region : arn === current.arn,
    )
  );
}

function toMatch(result: MatchResult, proven: VaultEntry | undefined): PlanMatch {
  const [first] = result.matches;
  const isUsable =
    first !== undefined &&
    (result.level === 'sure' || result.level === 'likely') &&
    first.entry.deletedDate === undefined;
  const same = (entry: VaultEntry): string => entry.name;
  // Of environments that nothing tells apart, production would hurt most; the plan says that it is a choice.
  const usable = result.ties.filter(
    ({ deletedDate, owningService }) => deletedDate === undefined && owningService === undefined,
  );
  const tied =
    (first?.score ?? 0) >= TIE_SCORE
      ? (usable.find((entry) => environmentOfEntry(entry) === 'production') ?? usable[0])
      : undefined;
  return {
    level: proven ? 'sure' : result.level,
    chosen: proven ?? (isUsable ? first.entry : tied),
    candidates: result.matches,
    ties: proven ? [] : [...new Set(result.ties.map(same))].length > 1 ? result.ties.map(same) : [],
  };
}

/** Folders or files that use it: the second folder of long paths says most. */
function usersOf(paths: readonly string[], project: string | undefined): readonly string[] {
  const holders = /^(?:src|lib|app|apps|services?|packages?|modules?|cmd|internal|deploy|infra|config|test|tests)$/i;
  const names = paths
    .filter((path) => !path.startsWith('('))
    .map((path) =>
      path
        .split('/')
        .slice(0, -1)
        .find((folder) => !holders.test(folder) && !folder.startsWith('.')),
    )
    .map((name) => name ?? project);
  return [...new Set(names.flatMap((name) => name ?? []))].slice(0, 8);
}

function weigh(input: SecretInput, plan: PlanInput, matcher: Matcher | undefined): Weighed {
  const { info, places, history } = input;
  const clues = joinClues({
    ruleId: input.ruleId,
    provider: info?.provider,
    kind: info?.vault?.kind,
    jsonKeys: info?.vault?.jsonKeys ?? [],
    project: plan.project,
    places,
  });
  const result = matcher?.match(clues) ?? NO_MATCH;
  const values = plan.valuesOf(input.fingerprint);
  const match = toMatch(result, entryOfValue(values, plan.index?.entries ?? []));
  const { disposition, why, temporary } = classify(clues, info, match.chosen);
  const owners = [...new Set(places.flatMap(({ path, line }) => plan.ownersOf(path, line)))];
  return {
    input,
    clues,
    result,
    match,
    inventory: {
      kind: info?.vault?.kind ?? 'other',
      environment: clues.environment,
      usedBy: usersOf(clues.paths, plan.project),
      disposition,
      why,
      temporary,
      owners,
    },
    values,
    dates: match.chosen === undefined ? undefined : plan.datesOf(match.chosen, history),
    isLive: values.some(({ stage }) => stage === 'AWSCURRENT'),
  };
}

const pushedRank = (history: HistoryNote | undefined): number =>
  ['yes', 'unknown', 'no'].indexOf(history?.pushed ?? 'unknown');
const liveRank = ({ isLive, dates }: Weighed): number => {
  if (isLive) return 0;
  if (dates?.kind === 'live-after-rotation' || dates?.kind === 'never-rotated') return 1;
  return dates?.kind === 'rotated-after-leak' ? 3 : 2;
};
const reachRank = (history: HistoryNote | undefined): number =>
  history === undefined ? 0 : REACHES.indexOf(history.reach);

/** Pushed, live, severity, reach; then as the report has them. A value that is proven to be in use goes before all. */
function compareRisk(a: Weighed, b: Weighed): number {
  return (
    Number(b.isLive) - Number(a.isLive) ||
    pushedRank(a.input.history) - pushedRank(b.input.history) ||
    liveRank(a) - liveRank(b) ||
    SEVERITIES.indexOf(a.input.severity) - SEVERITIES.indexOf(b.input.severity) ||
    reachRank(a.input.history) - reachRank(b.input.history)
  );
}

/** Keys of tags that at least half of the entries have. */
function usualTags(entries: readonly VaultEntry[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { tags } of entries)
    for (const { key } of tags) if (!key.startsWith('aws:')) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].filter(([, count]) => count * 2 >= entries.length).map(([key]) => key);
}

function sourceState(plan: PlanInput): Plan['vault'] {
  const { index } = plan;
  if (!index) return { state: 'none', entries: 0, sources: [] };
  const isChecked = index.sources.every(({ state }) => state === 'checked');
  return { state: isChecked ? 'checked' : 'not-checked', entries: index.entries.length, sources: index.sources };
}

/** @cost dominated by matching: see match-entries.ts */
export function makePlan(plan: PlanInput): Plan {
  const entries = plan.index?.entries ?? [];
  const matcher = plan.index && createMatcher(plan.index);
  const weighed = plan.secrets.map((secret) => weigh(secret, plan, matcher)).sort(compareRisk);
  const scheme = readNamingScheme(entries);
  const taken = new Set(entries.map(({ name }) => name));
  const usual = usualScope(entries);
  const targets = weighed.map(({ clues, result, match, inventory }): PlanTarget | undefined => {
    if (!needsTarget(inventory.disposition, match)) return undefined;
    const target = chooseTarget({ clues, result, chosen: match.chosen, scheme, taken, usual, options: plan.options });
    taken.add(target.name);
    return target;
  });
  const code = planCode(
    weighed.flatMap(({ input }, i) => {
      const target = targets[i];
      return target ? [{ number: i + 1, secret: input, target }] : [];
    }),
    plan.readFile,
    plan.hasFile,
  );
  const tagKeys = usualTags(entries);
  const secrets = weighed.map((one, i): PlannedSecret => {
    const { input, clues, match, inventory, values, dates, isLive } = one;
    const target = targets[i];
    const secret = {
      number: i + 1,
      fingerprint: input.fingerprint,
      ruleId: input.ruleId,
      ruleName: input.info?.name ?? input.ruleId,
      masked: input.masked,
      severity: input.severity,
      confidence: input.confidence,
      reach: input.history?.reach,
      pushed: input.history?.pushed ?? 'unknown',
      since: input.history?.since,
      isLive,
      places: input.places.map(({ path, line, column }) => ({ path, line, column })),
      inventory,
      match,
      dates,
      values,
    } as const;
    const steps = listSteps({
      secret,
      info: input.info,
      clues,
      target,
      code: code.advice.get(i + 1) ?? [],
      options: plan.options,
      tagKeys,
    });
    return { ...secret, target, steps };
  });
  const { tool, subject, references, notes } = plan;
  return { tool, subject, secrets, patches: code.patches, vault: sourceState(plan), references, notes };
}
