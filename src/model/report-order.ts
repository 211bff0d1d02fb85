// The order of findings, problems and suppressions in a report: the same wherever reports are made or put together.
import type { Problem } from './problem.ts';
import type { JudgedFinding, SuppressionUse } from './report.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By path, line, column, rule. */
export function compareJudged({ finding: a }: JudgedFinding, { finding: b }: JudgedFinding): number {
  return (
    compareText(a.origin.path, b.origin.path) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    compareText(a.ruleId, b.ruleId)
  );
}

/** By path, kind, message. */
export function compareProblems(a: Problem, b: Problem): number {
  return compareText(a.path ?? '', b.path ?? '') || compareText(a.kind, b.kind) || compareText(a.message, b.message);
}

/** What stands in files of the user's as they stand there, then inline markers by name: not in the order of discovery. */
export function sortSuppressions(uses: readonly SuppressionUse[]): readonly SuppressionUse[] {
  const isInline = ({ name }: SuppressionUse): boolean => name.startsWith('inline ');
  return [
    ...uses.filter((use) => !isInline(use)),
    ...uses.filter(isInline).sort((a, b) => compareText(a.name, b.name)),
  ];
}
