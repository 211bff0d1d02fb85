// What a block of a history file holds, and what is needed to look at one.
import type { Secret } from '../model/secret.ts';
import type { ShellNote } from '../model/shell-note.ts';
import type { DatabaseCell } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import type { HistoryFormat } from '../shell/history-format.ts';
import type { MappedText } from '../shell/mapped-text.ts';

/** Whole entries of one history file. */
export interface HistoryBlock {
  readonly bytes: Buffer;
  readonly format: HistoryFormat;
  /** format.decodeBlock(bytes) */
  readonly text: MappedText;
  readonly program: string;
  /** Where the block starts in the file. */
  readonly base: number;
}

/** One value at one place. Entry and lines are counted from the start of the block: the first is 1. */
export interface FoundItem {
  readonly located: Omit<LocatedDetection, 'origin'> & { readonly shell: ShellNote };
  /** Seconds since 1970. */
  readonly time: number | undefined;
  /** Bytes of the file that hold the value, see ShellSighting. */
  readonly spans: readonly Span[];
  readonly entrySpan: Span | undefined;
  readonly cell: DatabaseCell | undefined;
  /** The whole command. */
  readonly command: Secret;
}

export interface BlockFindings {
  readonly items: readonly FoundItem[];
  /** Entries and line breaks of the block. */
  readonly entries: number;
  readonly lines: number;
}

/** A found item where so many entries and lines of its file are before the block. */
export function shiftItem(item: FoundItem, entries: number, lines: number): FoundItem {
  const { located } = item;
  const { shell, location } = located;
  return {
    ...item,
    located: {
      ...located,
      location: { ...location, line: location.line + lines, endLine: location.endLine + lines },
      shell: { ...shell, entry: shell.entry + entries },
    },
  };
}
