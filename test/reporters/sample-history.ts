// The sample report as if its findings stood in a history: people, dates, refs, a way out.
import type { SecretHistory } from '../../src/model/history.ts';
import type { JudgedFinding, Report } from '../../src/model/report.ts';
import { makeSampleReport } from './sample-report.ts';
import { BLOB, COMMIT } from './sample-values.ts';

const OTHER = 'd'.repeat(40);

function makeHistory(isHere: boolean): SecretHistory {
  const id = isHere ? COMMIT : OTHER;
  const first = { id, date: '2024-01-02T03:04:05Z', author: 'Ada Example <ada@example.org>', path: 'src/a.ts' };
  return {
    reach: isHere ? 'head' : 'history',
    pushed: isHere ? 'yes' : 'unknown',
    first,
    last: { ...first, author: undefined, path: undefined },
    removed: isHere ? undefined : first,
    paths: [
      { path: 'src/a.ts', versions: 2 },
      { path: 'b', versions: 1 },
    ],
    holders: [
      { kind: 'branch', name: 'main', holds: 'tip' },
      { kind: 'stash', name: 'stash@{0}', holds: 'tip' },
    ],
    wayOut: { text: 'Rotate it first.', commands: ['git stash drop stash@{0}'] },
  };
}

/** Every second finding stands in the commit that its history names. */
export function makeHistoryReport(): Report {
  const report = makeSampleReport();
  const findings = report.findings.map(({ finding, verdict }, i): JudgedFinding => {
    const { path } = finding.origin;
    const origin = { kind: 'history', path, place: 'file', blob: BLOB, commit: COMMIT, versions: 3 } as const;
    return { finding: { ...finding, origin, history: makeHistory(i % 2 === 0) }, verdict };
  });
  const coverage = { ...report.coverage, commits: 12, cached: 3 };
  return { ...report, mode: 'history', subject: 'main..dev', findings, coverage };
}
