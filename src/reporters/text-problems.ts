// What was not read, for people: grouped by kind, those that make the result incomplete first, and never a long list.
import type { Problem, ProblemKind } from '../model/problem.ts';
import { isIncomplete } from '../model/problem.ts';
import { countOf } from '../util/amounts.ts';
import type { Drawing } from './block.ts';
import { drawParagraph } from './block.ts';
import { makeVisible } from './visible-text.ts';
import { splitWords } from './wrap.ts';

const MAX_SHOWN = 10;

/** What each kind means, in a few words; the order is that of the report. */
export const PROBLEM_TITLES: Readonly<Record<ProblemKind, string>> = {
  'nothing-to-scan': 'nothing to scan',
  unreadable: 'could not be read',
  changed: 'changed while being read',
  cut: 'cut short at a limit',
  'missing-object': 'git object is missing',
  replaced: 'shown differently by git',
  unmerged: 'merge conflict not resolved',
  vanished: 'gone when opened',
  special: 'no ordinary file',
  symlink: 'symbolic link, not followed',
  submodule: 'submodule, a repository of its own',
  'lfs-pointer': 'Git LFS pointer, content is elsewhere',
};

interface ProblemGroup {
  readonly title: string;
  readonly problems: readonly Problem[];
}

function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  const byKind = new Map<string, Problem[]>(Object.keys(PROBLEM_TITLES).map((kind) => [kind, []]));
  for (const problem of problems) byKind.get(problem.kind)?.push(problem);
  return Object.entries(PROBLEM_TITLES)
    .map(([kind, title]) => ({ title, problems: byKind.get(kind) ?? [] }))
    .filter((group) => group.problems.length > 0);
}

function describeProblem(problem: Problem): string[] {
  const message = splitWords(problem.message);
  return problem.path === undefined ? message : [`${makeVisible(problem.path)}:`, ...message];
}

/** @returns lines, a title first; none without problems */
export function drawProblems(problems: readonly Problem[], drawing: Drawing): string[] {
  if (problems.length === 0) return [];
  const effect = problems.some(isIncomplete) ? 'the result is incomplete' : 'the result is complete without them';
  const title = `Not read, or not whole: ${countOf(problems.length, 'input')}; ${effect}`;
  const lines = drawParagraph(splitWords(title), drawing).map(drawing.style.bold);
  let room = MAX_SHOWN;
  for (const group of groupProblems(problems)) {
    lines.push(`  ${group.title} (${group.problems.length})`);
    const shown = group.problems.slice(0, room);
    room -= shown.length;
    for (const problem of shown) lines.push(...drawParagraph(describeProblem(problem), drawing, '    '));
    const more = group.problems.length - shown.length;
    if (more > 0 && shown.length > 0) lines.push(drawing.style.dim(`    and ${countOf(more, 'more', 'more')}`));
  }
  return lines;
}

/** `3 inputs not read`: one clause for reports that have no room for a list; '' without problems. */
export function describeProblemCount(problems: readonly Problem[]): string {
  return problems.length === 0 ? '' : `${countOf(problems.length, 'input')} not read`;
}
