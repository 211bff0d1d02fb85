// What a report says of a finding in a history: which entry, the masked command, and how to type it safely. Holds no value.
import type { ShellFormat } from './shell-sighting.ts';

export interface ShellNote {
  readonly program: string;
  readonly format: ShellFormat;
  /** From 1. */
  readonly entry: number;
  /** ISO 8601 in UTC, when the history says it. */
  readonly time: string | undefined;
  /** The command with every found value masked; cut where it is long. */
  readonly command: string;
  /** The same command typed safely, line by line; empty when there is only advice. */
  readonly safely: readonly string[];
  /** What to know, in a short sentence. */
  readonly note: string | undefined;
}
