// Listing and reading meet the same damaged object; a reader reports it once.
import type { ProblemSink } from '../model/problem.ts';

/** @returns a wrapper for sinks that passes each problem on once, whichever sink it came to first */
export function reportOnce(): (problems: ProblemSink) => ProblemSink {
  const seen = new Set<string>();
  return (problems) => (problem) => {
    const key = `${problem.kind} ${problem.path ?? ''} ${problem.message}`;
    if (seen.has(key)) return;
    seen.add(key);
    problems(problem);
  };
}
