// Reads blocks of history files and rows of databases, one after the other: command lines by the rules, where a first look
// has seen that it is worth while, and puts what the detector found beside.
import type { Detection } from '../model/finding.ts';
import type { DatabaseCell } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';
import { loadCommandRules } from '../pipeline/load-command-rules.ts';
import { createCommandEngine } from '../shell/command-engine.ts';
import { createFormat } from '../shell/formats.ts';
import type { Dialect } from '../shell/history-format.ts';
import { identicalText, rawSpans } from '../shell/mapped-text.ts';
import { scanBlock } from '../shell/scan-block.ts';
import { describeHit } from './describe-hit.ts';
import type { BlockFindings, FoundItem, HistoryBlock } from './found-item.ts';
import type { TextLook } from './text-look.ts';

/** A text of a database. */
export interface HistoryRow {
  /** The command line, or what else the field holds. */
  readonly text: string;
  readonly dialect: Dialect;
  readonly program: string;
  readonly cell: DatabaseCell;
  /** Counts as line and as entry, from 1. */
  readonly number: number;
  readonly time: number | undefined;
}

export interface BlockScanner {
  /** @param look at the block's text */
  readonly scanBlock: (block: HistoryBlock, look: TextLook) => BlockFindings;
  /** @param look at the row's text, as UTF-8 */
  readonly scanRow: (row: HistoryRow, look: TextLook) => readonly FoundItem[];
}

const NEWLINE = 10;

function countNewlines(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE, start); at >= 0 && at < end; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** Where a detection of the block stands in the decoded command. */
function placeDetection(detection: Detection, text: string): readonly { detection: Detection; span: Span }[] {
  const value = Buffer.from(detection.secret.reveal(), 'utf8').toString('latin1');
  const start = text.indexOf(value);
  return start < 0 ? [] : [{ detection, span: { start, end: start + value.length } }];
}

export function createBlockScanner(): BlockScanner {
  const engine = createCommandEngine(loadCommandRules());

  return {
    scanBlock: ({ bytes, text, format, program, base }, look) => {
      const { detections } = look;
      const { hits, entries, lines } = scanBlock(bytes, text, {
        format,
        program,
        engine,
        firstLook: look,
        detections: detections.map(({ span }) => span),
      });
      const items = hits.flatMap((hit) =>
        describeHit({
          format: format.name,
          program,
          entryNumber: hit.index + 1,
          time: hit.time,
          entrySpan: { start: base + hit.span.start, end: base + hit.span.end },
          cell: undefined,
          text: hit.text,
          dialect: format.dialect,
          rawOf: (stretches) =>
            stretches
              .flatMap((span) => rawSpans(hit.command, span))
              .sort((a, b) => a.start - b.start)
              .map(({ start, end }) => ({ start: base + start, end: base + end })),
          findings: hit.findings,
          detections: hit.detections.flatMap((index) => placeDetection(detections[index]!, hit.text)),
          placeOf: (raw) => {
            const at = raw - base;
            const before = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1);
            const line = hit.lines + 1 + countNewlines(bytes, hit.span.start, at);
            return { line, column: bytes.toString('utf8', before + 1, at).length + 1 };
          },
        }),
      );
      return { items, entries, lines };
    },
    scanRow: ({ text, dialect, program, cell, number, time }, look) => {
      const { detections } = look;
      const bytes = Buffer.from(text);
      const { hits } = scanBlock(bytes, identicalText(bytes, 0), {
        // A row is one entry, line breaks and all.
        format: {
          ...createFormat('lines', bytes),
          dialect,
          nextEntry: (all) => all.length,
          startsEntry: () => false,
          readEntry: (all) => ({ command: identicalText(all, 0), time: undefined }),
        },
        program,
        engine,
        firstLook: look,
        detections: detections.map(({ span }) => span),
      });
      return hits.flatMap((hit) =>
        describeHit({
          format: 'sqlite',
          program,
          entryNumber: number,
          time,
          entrySpan: undefined,
          cell,
          text: hit.text,
          dialect,
          rawOf: () => [],
          findings: hit.findings,
          detections: hit.detections.flatMap((index) => placeDetection(detections[index]!, hit.text)),
          placeOf: () => ({ line: number, column: 1 }),
        }),
      );
    },
  };
}
