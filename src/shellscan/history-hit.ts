// An entry in which something was found: its text, what the detector and the command rules say of it, and where its bytes
// are in the file.
import type { Detection } from '../model/finding.ts';
import type { DatabaseCell, ShellFormat } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';
import type { CommandFinding } from '../shell/command-engine.ts';
import type { Dialect } from '../shell/history-format.ts';

/** Something found in an entry, not judged yet. */
export interface HistoryHit {
  readonly format: ShellFormat;
  readonly program: string;
  /** From 1. */
  readonly entryNumber: number;
  readonly time: number | undefined;
  readonly entrySpan: Span | undefined;
  readonly cell: DatabaseCell | undefined;
  /** The command, one character a byte. */
  readonly text: string;
  readonly dialect: Dialect;
  /** Bytes of the file of each stretch of the text; none for a row. */
  readonly rawOf: (spans: readonly Span[]) => readonly Span[];
  readonly findings: readonly CommandFinding[];
  /** Detections with their spans in `text`. */
  readonly detections: readonly { readonly detection: Detection; readonly span: Span }[];
  /** Line from 1, and the column of a raw offset in it. */
  readonly placeOf: (raw: number) => { readonly line: number; readonly column: number };
}
