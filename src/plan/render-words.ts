// Words and small texts that all forms of the plan share.

import { makeVisible } from '../reporters/visible-text.ts';
import { countOf } from '../util/amounts.ts';
import type { Plan, PlannedSecret } from './plan.ts';

/** `src/a.ts:3:14`, visible. */
export function describePlace({ path, line, column }: PlannedSecret['places'][number]): string {
  return makeVisible(`${path}:${line}:${column}`);
}

const REACH_WORDS = {
  head: 'in HEAD',
  refs: 'in the tip of a branch or tag',
  history: 'in old commits',
  unreachable: 'in what git has not forgotten yet',
} as const;
const PUSHED_WORDS = { yes: 'pushed', no: 'not pushed', unknown: 'pushed: not known' } as const;

/** `pushed, in HEAD, since 2024-01-02`. */
export function describeRisk({ pushed, reach, since, isLive }: PlannedSecret): string {
  return [
    ...(isLive ? ['LIVE: this value is AWSCURRENT'] : []),
    PUSHED_WORDS[pushed],
    ...(reach === undefined ? [] : [REACH_WORDS[reach]]),
    ...(since === undefined ? [] : [`since ${since.slice(0, 10)}`]),
  ].join(', ');
}

const DISPOSITION_WORDS = {
  replace: 'replace it by temporary credentials',
  store: 'store it in the vault',
  managed: 'leave it to the service that owns it',
  delete: 'delete it',
} as const;

export function describeDisposition({ inventory }: PlannedSecret): string {
  return `${DISPOSITION_WORDS[inventory.disposition]}: ${makeVisible(inventory.why)}`;
}

/** Lines on where it goes and why. */
export function describeTarget({ match, target }: PlannedSecret): readonly string[] {
  const lines: string[] = [];
  const [first] = match.candidates;
  if (target && !target.isNew) {
    const reasons =
      first && first.entry.name === target.name ? first.reasons.slice(0, 6).join('; ') : 'its value is the leaked one';
    lines.push(
      makeVisible(`${target.name} (${match.level} match${first ? `, ${first.score.toFixed(2)}` : ''}: ${reasons})`),
    );
  } else if (target) lines.push(makeVisible(`${target.name} (new; ${target.why})`));
  if (match.ties.length > 1)
    lines.push(
      makeVisible(
        `not told apart: ${match.ties.slice(0, 6).join(', ')}${match.ties.length > 6 ? ' …' : ''}: choose one`,
      ),
    );
  else {
    const others = match.candidates.filter(({ entry }) => entry.name !== target?.name).slice(0, 3);
    if (others.length > 0 && match.level !== 'sure')
      lines.push(
        makeVisible(
          `also possible: ${others.map(({ entry, score, reasons }) => `${entry.name} (${score.toFixed(2)}${reasons.length > 0 ? `; ${reasons.at(-1)}` : ''})`).join(', ')}`,
        ),
      );
  }
  return lines;
}

/** What the dates of the entry say, and what they do not. */
export function describeDates({ dates }: PlannedSecret): readonly string[] {
  if (!dates) return [];
  return [`${dates.text}. Proves ${dates.proves}. Does not prove ${dates.doesNotProve}.`, ...dates.notes].map(
    makeVisible,
  );
}

export function describeValues({ values }: PlannedSecret): readonly string[] {
  return values.map(({ name, stage, jsonPath, region }) =>
    makeVisible(
      `the value is ${stage} of ${name}${region === undefined ? '' : ` (${region})`}${jsonPath === undefined ? '' : `, at ${jsonPath}`}${stage === 'AWSPREVIOUS' ? ': rotated already' : ''}`,
    ),
  );
}

/** `8 secrets: 2 with an entry for sure, 1 likely, 5 new; names: 120 entries`. */
export function describePlan({ secrets, vault, patches }: Plan): string {
  const count = (test: (secret: PlannedSecret) => boolean): number => secrets.filter(test).length;
  const parts = [
    [
      count(({ match, target }) => target !== undefined && !target.isNew && match.level === 'sure'),
      'has an entry',
      'have an entry',
    ],
    [
      count(({ match, target }) => target !== undefined && !target.isNew && match.level !== 'sure'),
      'probably has one',
      'probably have one',
    ],
    [count(({ target }) => target?.isNew === true), 'needs a new one', 'need a new one'],
    [count(({ target }) => target === undefined), 'needs none', 'need none'],
  ] as const;
  const told = parts
    .filter(([number]) => number > 0)
    .map(([number, one, more]) => `${number} ${number === 1 ? one : more}`);
  const names = countOf(vault.entries, 'name');
  const asked = {
    none: 'no names were asked for (--names FILE or --aws)',
    checked: names,
    'not-checked': `${names}; not all could be listed`,
  }[vault.state];
  const sorts = told.length > 0 ? `: ${told.join(', ')}` : '';
  return `${countOf(secrets.length, 'secret')}${sorts}; ${countOf(patches.length, 'diff')}; ${asked}`;
}

/** Listings that failed. */
export function listVaultProblems({ vault }: Plan): readonly string[] {
  return vault.sources.flatMap(({ problem }) =>
    problem === undefined ? [] : [makeVisible(`not checked: ${problem}`)],
  );
}

/** More than this many faults of one kind without a place are summed up in texts for people; JSON has them all. */
export const MOST_FAULTS = 10;

/** Faults between code and vault, those with a place first; long runs of one kind are counted. */
export function listFaults({ references }: Plan): readonly string[] {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  for (const { kind, text, place } of references) {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (place !== undefined) lines.push(makeVisible(`${place.path}:${place.line}: ${text}`));
    else if (count <= MOST_FAULTS) lines.push(makeVisible(text));
  }
  for (const [kind, count] of counts) {
    const shown = references.filter((fault) => fault.kind === kind && fault.place !== undefined).length;
    if (count - shown > MOST_FAULTS)
      lines.push(`${kind}: ${count - MOST_FAULTS - shown} more (--format json has them all)`);
  }
  return lines;
}
