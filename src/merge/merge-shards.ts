// The shards of one scan of files → the report that the scan would have given in one piece, byte for byte.
import { isIncomplete, type Problem } from '../model/problem.ts';
import type { Report, SuppressionUse } from '../model/report.ts';
import { compareJudged, compareProblems, sortSuppressions } from '../model/report-order.ts';
import type { SavedShard } from './check-shards.ts';

/** The same problem may be met by several: as often as the one that met it most often counts. */
export function joinProblems(lists: readonly (readonly Problem[])[]): readonly Problem[] {
  const joined: Problem[] = [];
  const counts = new Map<string, number>();
  for (const list of lists) {
    const own = new Map<string, number>();
    for (const problem of list) {
      const key = `${problem.kind}\0${problem.path ?? ''}\0${problem.message}`;
      const number = (own.get(key) ?? 0) + 1;
      own.set(key, number);
      if (number <= (counts.get(key) ?? 0)) continue;
      counts.set(key, number);
      joined.push(problem);
    }
  }
  return joined.sort(compareProblems);
}

/** Sums up, in the order of first appearance. */
export function joinSuppressions(lists: readonly (readonly SuppressionUse[])[]): readonly SuppressionUse[] {
  const counts = new Map<string, number>();
  for (const { name, count } of lists.flat()) counts.set(name, (counts.get(name) ?? 0) + count);
  return sortSuppressions([...counts].map(([name, count]) => ({ name, count })));
}

/** @param shards  from checkShards */
export function mergeShards(shards: readonly SavedShard[]): Report {
  const reports = shards.map(({ report }) => report);
  const [first] = reports;
  if (!first) throw new RangeError('no shards');
  const sum = (of: (report: Report) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const problems = joinProblems(reports.map((report) => report.problems));
  const { shard: _, ...rest } = first;
  return {
    ...rest,
    findings: reports.flatMap((report) => report.findings).sort(compareJudged),
    suppressed: reports.flatMap((report) => report.suppressed).sort(compareJudged),
    suppressions: joinSuppressions(reports.map((report) => report.suppressions)),
    problems,
    coverage: {
      files: sum(({ coverage }) => coverage.files),
      bytes: sum(({ coverage }) => coverage.bytes),
      ignoredFiles: sum(({ coverage }) => coverage.ignoredFiles),
      rules: first.coverage.rules,
      isComplete: !problems.some(isIncomplete),
    },
    rules: new Map(reports.flatMap((report) => [...report.rules])),
  };
}
