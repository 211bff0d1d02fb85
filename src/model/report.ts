// The one input of every reporter. Plain data, sorted, complete: a reporter formats it and never filters.
import type { Finding } from './finding.ts';
import type { Problem } from './problem.ts';
import type { RuleInfo } from './rule.ts';
import type { ShardNote } from './shard.ts';
import type { Verdict } from './verdict.ts';

export type ScanMode = 'tree' | 'staged' | 'diff' | 'stdin' | 'history' | 'merged' | 'shell';

/** A finding with what became of it. */
export interface JudgedFinding {
  readonly finding: Finding;
  readonly verdict: Verdict;
}

/** What was really read. */
export interface Coverage {
  /** Texts scanned: files, blobs or streams. */
  readonly files: number;
  readonly bytes: number;
  /** Texts that the user's ignores kept from being opened. */
  readonly ignoredFiles: number;
  readonly rules: number;
  /** Commits whose content was read; only in `unleak history`. */
  readonly commits?: number;
  /** Texts that earlier runs found clean and this one did not read again; only in `unleak history`. */
  readonly cached?: number;
  /** False when a problem means that something was left out. */
  readonly isComplete: boolean;
}

/** A suppression of the user's and how often it applied. */
export interface SuppressionUse {
  /** Such as `config ignore 2 (.unleak.yml:9)`, `.unleakignore:3`, `inline unleak:ignore src/a.ts:4`, `baseline 0f3a…`. */
  readonly name: string;
  readonly count: number;
}

export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly mode: ScanMode;
  /** What was scanned, for people: a path, a range, `index`. */
  readonly subject: string;
  /** Kept and `known-new-place` findings, sorted by path, line, column, rule. */
  readonly findings: readonly JudgedFinding[];
  /** Dropped and known findings, same order. */
  readonly suppressed: readonly JudgedFinding[];
  readonly suppressions: readonly SuppressionUse[];
  readonly problems: readonly Problem[];
  readonly coverage: Coverage;
  /** What is known of each rule that occurs in findings, by id. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
  /** --reveal was given: reporters may print values in clear. */
  readonly reveal: boolean;
  /** --fail-on-new-place was given: `known-new-place` fails too. */
  readonly failOnNewPlace: boolean;
  /** Only with --shard: this report is a part. */
  readonly shard?: ShardNote | undefined;
}

/** The findings that make the run fail. */
export function failingFindings(report: Report): readonly JudgedFinding[] {
  return report.findings.filter((f) => f.verdict.kind === 'kept' || report.failOnNewPlace);
}
