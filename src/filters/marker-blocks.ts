// Blocks between `unleak:ignore-start` and `-end`, and secretlint's disable and enable. Pure state: the pipeline feeds the
// pieces of a text that hold a block marker at all, and asks at the end which markers lie around a line.
import type { Marker } from '../model/marker.ts';
import { findMarkers, type MarkerFamily, type ParsedMarker } from './parse-markers.ts';

interface Block {
  readonly family: MarkerFamily;
  readonly marker: Marker;
  /** Undefined while it is open: it then reaches to the end of the text. */
  readonly lastLine: number | undefined;
}

export interface BlockState {
  readonly blocks: readonly Block[];
  /** Last line that was read whole; markers up to there have been seen. */
  readonly doneLine: number;
}

/** State before the first piece of a text. */
export const NO_BLOCKS: BlockState = { blocks: [], doneLine: 0 };

/** An end closes the block that was opened last; secretlint's enable closes all that it names, or all. */
function closeBlocks(blocks: readonly Block[], end: ParsedMarker): readonly Block[] {
  const isOpen = (block: Block) => block.family === end.family && block.lastLine === undefined;
  const names = end.marker.ruleIds;
  const lastOpen = blocks.findLast(isOpen);
  const isMeant = (block: Block) => {
    if (end.family === 'unleak') return block === lastOpen;
    return names.length === 0 || block.marker.ruleIds.some((id) => names.includes(id));
  };
  return blocks.map((block) => (isOpen(block) && isMeant(block) ? { ...block, lastLine: end.marker.line } : block));
}

/**
 * Reads one piece of a text.
 *
 * @param text may start anywhere in a line, and may repeat what an earlier piece held (overlap); pieces in order. A line
 *   that is cut at the end is left to the next piece, which must repeat it, unless `isLast`
 * @param firstLine number of the line that the text starts in, from 1
 */
export function feedBlocks(state: BlockState, text: string, firstLine: number, isLast: boolean): BlockState {
  const lines = text.split('\n');
  if (!isLast) lines.pop();
  let { blocks, doneLine } = state;
  for (const [index, line] of lines.entries()) {
    const lineNumber = firstLine + index;
    if (lineNumber <= doneLine) continue;
    doneLine = lineNumber;
    for (const found of findMarkers(line, lineNumber)) {
      if (found.kind === 'start')
        blocks = [...blocks, { family: found.family, marker: found.marker, lastLine: undefined }];
      else if (found.kind === 'end') blocks = closeBlocks(blocks, found);
    }
  }
  return { blocks, doneLine };
}

/** Markers whose block holds the line; the lines of the markers belong to the block. */
export function markersAround(state: BlockState, line: number): readonly Marker[] {
  const around = state.blocks.filter(
    (block) => block.marker.line <= line && line <= (block.lastLine ?? Number.POSITIVE_INFINITY),
  );
  return around.map((block) => block.marker);
}
