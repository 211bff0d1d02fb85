// A comment in the scanned text that suppresses findings on a line, the next line or a block: ours and other tools'.

export interface Marker {
  /** What was written, without the reason, such as `unleak:ignore` or `gitleaks:allow`. */
  readonly text: string;
  /** Rule ids the marker is limited to; empty means every rule. */
  readonly ruleIds: readonly string[];
  readonly reason: string | undefined;
  /** Line of the marker itself, from 1. */
  readonly line: number;
}

/** What opens a block of suppression. The kernel looks for these, so that texts without any are not searched for blocks. */
export const BLOCK_OPENERS = ['unleak:ignore-start', 'secretlint-disable'] as const;
