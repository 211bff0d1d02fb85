// Runs the matcher on the benchmark of fixtures/matching and counts as its README says. Clues are read from the lines of a
// case as the product reads them from a file; the hints of a case, which can be read in it, are added.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleInfo } from '../../src/model/rule.ts';
import type { VaultEntry } from '../../src/model/vault.ts';
import { NO_CLUES, type PlaceClues } from '../../src/plan/clues.ts';
import { joinClues } from '../../src/plan/join-clues.ts';
import { createMatcher, type Matcher, type MatchResult } from '../../src/plan/match-entries.ts';
import { readClues } from '../../src/plan/read-clues.ts';
import { readRuleFolder } from '../../src/rules/rule-files.ts';
import { parseIndexFile } from '../../src/vault/index-file.ts';
import { mergeIndex } from '../../src/vault/merge-index.ts';

export type Split = 'dev' | 'held-out';

export interface MatchingCase {
  readonly id: string;
  readonly index: string;
  readonly theme: string;
  readonly finding: {
    readonly ruleId: string;
    readonly name: string | null;
    readonly keyPath?: string;
    readonly path: string;
    readonly startLine: number;
    readonly line: number;
    readonly lines: readonly string[];
    readonly service?: string;
    readonly host?: string;
    readonly user?: string;
    readonly database?: string;
    readonly environment?: string;
  };
  readonly expected: string | null;
  readonly ties: readonly string[];
}

export interface CaseOutcome {
  readonly case: MatchingCase;
  readonly result: MatchResult;
  readonly first: readonly VaultEntry[];
  readonly isConfident: boolean;
  readonly isRight: boolean;
  readonly isConfidentlyWrong: boolean;
}

const MASK = '********';

/** Lines up to the value are numbered as in the file; what the case does not show is empty. */
function cluesOf({ finding }: MatchingCase): readonly PlaceClues[] {
  const { lines, line, startLine, name, host, user, database } = finding;
  const at = line - startLine;
  const column = (lines[at] ?? '').indexOf(MASK);
  const read =
    column === -1
      ? NO_CLUES
      : readClues(lines, { line: at + 1, column: column + 1, endLine: at + 1, endColumn: column + 1 + MASK.length });
  const hinted = {
    ...read,
    variable: name ?? read.variable,
    keyPath: finding.keyPath === undefined ? read.keyPath : finding.keyPath.split('.').slice(0, -1),
    hosts: [...new Set([...(host === undefined ? [] : [host]), ...read.hosts])],
    users: [...new Set([...(user === undefined ? [] : [user]), ...read.users])],
    databases: [...new Set([...(database === undefined ? [] : [database]), ...read.databases])],
  };
  return [read, hinted];
}

export interface Benchmark {
  readonly cases: readonly MatchingCase[];
  readonly run: (one: MatchingCase) => CaseOutcome;
}

/** @param top  of the repository */
export function openBenchmark(top: string, split: Split): Benchmark {
  const folder = join(top, 'fixtures', 'matching');
  const infos = new Map(readRuleFolder(join(top, 'rules')).map(({ info }): [string, RuleInfo] => [info.id, info]));
  const matchers = new Map<string, Matcher>();
  const matcherOf = (index: string): Matcher => {
    let matcher = matchers.get(index);
    if (!matcher) {
      const { listing } = parseIndexFile(readFileSync(join(folder, 'index', index), 'utf8'), index);
      matcher = createMatcher(mergeIndex([listing], [], '2026-11-24T00:00:00.000Z'));
      matchers.set(index, matcher);
    }
    return matcher;
  };
  const cases = readFileSync(join(folder, `${split}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as MatchingCase);
  const run = (one: MatchingCase): CaseOutcome => {
    const { ruleId, path } = one.finding;
    const info = infos.get(ruleId);
    const clues = joinClues({
      ruleId,
      provider: info?.provider,
      kind: info?.vault?.kind,
      jsonKeys: info?.vault?.jsonKeys ?? [],
      project: undefined,
      places: cluesOf(one).map((clues) => ({ path, clues })),
    });
    const result = matcherOf(one.index).match(clues);
    const [best] = result.matches;
    const first = result.ties.length > 0 ? result.ties : best ? [best.entry] : [];
    const isConfident = result.level === 'sure';
    const accepted = [...(one.expected === null ? [] : [one.expected]), ...one.ties];
    const isAccepted = ({ name, arn }: VaultEntry): boolean =>
      accepted.includes(name) || (arn !== undefined && accepted.includes(arn));
    const areAccepted = first.length > 0 && first.every(isAccepted);
    return {
      case: one,
      result,
      first,
      isConfident,
      isRight: one.expected === null ? false : one.ties.length > 0 ? areAccepted : areAccepted && first.length === 1,
      isConfidentlyWrong: isConfident && !areAccepted,
    };
  };
  return { cases, run };
}

export interface Share {
  readonly hit: number;
  readonly of: number;
}

export interface Scores {
  readonly rightFirst: Share;
  readonly notConfidentlyWrong: Share;
  readonly leftAlone: Share;
  readonly tiesKept: Share;
  /** Right and confident, of those with an expected entry. */
  readonly confident: Share;
}

export function sumUp(outcomes: readonly CaseOutcome[]): Scores {
  const share = (all: readonly CaseOutcome[], test: (one: CaseOutcome) => boolean): Share => ({
    hit: all.filter(test).length,
    of: all.length,
  });
  const expected = outcomes.filter((one) => one.case.expected !== null);
  return {
    rightFirst: share(expected, ({ isRight }) => isRight),
    notConfidentlyWrong: share(outcomes, ({ isConfidentlyWrong }) => !isConfidentlyWrong),
    leftAlone: share(
      outcomes.filter((one) => one.case.expected === null),
      ({ first, isConfident }) => first.length === 0 || !isConfident,
    ),
    tiesKept: share(
      outcomes.filter((one) => one.case.ties.length > 0),
      ({ first, isRight }) => isRight && first.length > 1,
    ),
    confident: share(expected, ({ isRight, isConfident }) => isRight && isConfident),
  };
}
