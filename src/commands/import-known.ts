// Accepted findings of a foreign file → findings of ours that are accepted with them, for `unleak import`.

import type { FingerprintKey } from '../baseline/fingerprint.ts';
import { fingerprintSecret } from '../baseline/fingerprint.ts';
import { CHECKS } from '../checks/registry.ts';
import type { ForeignEntry, ForeignLines } from '../importers/foreign-entry.ts';
import { emptyOutcome, type KnownOutcome, matchFile, matchKnown, take } from '../importers/match-known.ts';
import { digestOfSecret } from '../importers/value-digest.ts';
import type { IgnoreData } from '../importers/write-files.ts';
import type { JudgedFinding } from '../model/report.ts';
import { createTreeSource } from '../sources/tree-source.ts';
import type { Look } from './import-look.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import type { Session } from './session.ts';

/** Some seconds of work. */
const MOST_DIGESTS = 4_000_000;

/** Expressions of other tools see so much of a line; see acceptLines. */
const LONGEST_LINE = 1000;

/** Everything that unleak finds in the tree now. */
async function scanTree(session: Session): Promise<readonly JudgedFinding[]> {
  const ignores = createPathIgnores(session);
  const source = createTreeSource({ ...ignores, cwd: session.root, paths: [] });
  const report = await makeReport(session, source, ignores, { checks: CHECKS, reveal: false });
  return [...report.findings, ...report.suppressed];
}

function matchLines(entry: ForeignLines, tree: readonly JudgedFinding[], look: Look, outcome: KnownOutcome): void {
  const judged = tree.filter(({ finding: { origin, location } }) => {
    const text = look(origin.path)?.lines[location.line - 1]?.slice(0, LONGEST_LINE);
    return text !== undefined && entry.test.test(entry.hasPlace ? `${origin.path}:${location.line}:${text}` : text);
  });
  if (judged.length > 0) take(outcome, judged, entry.reason);
  else
    outcome.left.push({
      kind: 'left',
      at: entry.at,
      what: 'an expression for lines',
      why: 'unleak reports nothing on lines that fit it',
    });
}

export interface ImportedKnown extends KnownOutcome {
  /** For values that are accepted wherever they stand. */
  readonly ignores: readonly IgnoreData[];
}

/** @param key of the baseline that is written */
export async function importKnown(
  entries: readonly ForeignEntry[],
  session: Session,
  look: Look,
  key: FingerprintKey,
): Promise<ImportedKnown> {
  const outcome = emptyOutcome();
  const ignores: IgnoreData[] = [];
  const budget = { left: MOST_DIGESTS };
  const needsTree = entries.some(({ kind }) => kind === 'lines' || kind === 'value');
  const tree = needsTree ? await scanTree(session) : [];
  for (const entry of entries) {
    if (entry.kind === 'known') matchKnown(entry, look(entry.path, entry.commit), budget, outcome);
    else if (entry.kind === 'file') matchFile(entry, look(entry.path), outcome);
    else if (entry.kind === 'lines') matchLines(entry, tree, look, outcome);
    else if (entry.kind === 'value') {
      const same = tree.filter(({ finding }) => digestOfSecret(finding.secret) === entry.digest);
      const prints = new Set(same.map(({ finding }) => fingerprintSecret(key, finding.secret)));
      for (const fingerprint of prints) ignores.push({ fingerprint, reason: entry.reason });
      if (prints.size === 0)
        outcome.left.push({
          kind: 'left',
          at: entry.at,
          what: 'an accepted value',
          why: 'unleak finds no such value in the tree',
        });
    }
  }
  return { ...outcome, ignores };
}
