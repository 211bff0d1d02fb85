// What a scan in CI says about itself, whatever it found: which event, which commits, and whose settings. Plain data for
// the step summary and the log.

export interface CiStatement {
  /** Such as `GitHub Actions`. */
  readonly system: string;
  /** The system's own word, such as `pull_request`. */
  readonly event: string;
  /** `range`: commit by commit. `trees`: only the difference of two trees, because history is missing. */
  readonly scanned: 'range' | 'trees' | 'tree' | 'history' | 'nothing';
  /** Such as `1a2b3c4d5e6f..6f5e4d3c2b1a`. */
  readonly range: string;
  /** Full ids; undefined when there is none. */
  readonly base: string | undefined;
  readonly head: string | undefined;
  /** Commits that were looked at one by one. */
  readonly commits: number;
  /** Where configuration, ignores and baseline were read, such as `base commit 1a2b3c4d5e6f: .unleak.yml`. */
  readonly policy: string;
  /** Such files that the change itself changes. */
  readonly policyChanges: readonly string[];
  /** What was done otherwise than usual, and why; one sentence each. */
  readonly notes: readonly string[];
}

/** The first digits of an id, enough for people. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}
