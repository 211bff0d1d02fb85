// Gathers the suppressing comments of one text while its bytes are in the window: those on a finding's line or the line
// before, and the blocks around it. What a marker looks like is the filters' business.
import { feedBlocks, markersAround, NO_BLOCKS } from '../filters/marker-blocks.ts';
import { markersOfLine } from '../filters/parse-markers.ts';
import type { Detection, Location } from '../model/finding.ts';
import type { Marker } from '../model/marker.ts';
import type { WindowView } from './text-window.ts';

const NEWLINE = 10;
/** A marker farther away on a long line is not looked for: minified code would make this quadratic. */
const LINE_BYTES = 4096;

export interface MarkerCollector {
  /** Markers on the first line of a detection and on the line before. */
  readonly around: (detection: Detection, location: Location, view: WindowView) => readonly Marker[];
  /** Takes a whole window before it moves on, in order. @param mayOpen the window holds a block's opener */
  readonly feed: (bytes: Buffer, firstLine: number, isLast: boolean, mayOpen: boolean) => void;
  /** Markers of the blocks that hold the line; call when the text has ended. */
  readonly blocksAt: (line: number) => readonly Marker[];
}

function lineStart(bytes: Buffer, at: number): number {
  if (at === 0) return 0;
  const newline = bytes.lastIndexOf(NEWLINE, at - 1);
  return Math.max(newline + 1, at - LINE_BYTES);
}

export function createMarkerCollector(): MarkerCollector {
  let blocks = NO_BLOCKS;
  return {
    around: ({ span }, { line }, { bytes, baseOffset }) => {
      const at = span.start - baseOffset;
      const start = lineStart(bytes, at);
      const newline = bytes.indexOf(NEWLINE, at);
      const end = Math.min(newline < 0 ? bytes.length : newline, at + LINE_BYTES);
      const hasLineBefore = start > 0 && bytes[start - 1] === NEWLINE;
      const before = hasLineBefore ? bytes.toString('latin1', lineStart(bytes, start - 1), start - 1) : undefined;
      return markersOfLine(bytes.toString('latin1', start, end), before, line);
    },
    feed: (bytes, firstLine, isLast, mayOpen) => {
      if (mayOpen || blocks !== NO_BLOCKS) blocks = feedBlocks(blocks, bytes.toString('latin1'), firstLine, isLast);
    },
    blocksAt: (line) => markersAround(blocks, line),
  };
}
