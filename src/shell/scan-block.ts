// From a block of a history to what its entries hold: the first look says where, the entry around each place is decoded,
// and the engine reads the command lines there. Detections of the normal detector come in as places of the block's text.
import type { Span } from '../model/span.ts';
import type { CommandEngine, CommandFinding } from './command-engine.ts';
import { createEntryCursor } from './entry-cursor.ts';
import type { HistoryFormat } from './history-format.ts';
import { indexLines } from './line-index.ts';
import { type MappedText, rawOffset } from './mapped-text.ts';
import type { FirstLook } from './prefilter.ts';

/** A text of an entry in which something was found. */
export interface EntryHit {
  /** Entry of the block, from 0. */
  readonly index: number;
  /** Lines of the block before it. */
  readonly lines: number;
  readonly time: number | undefined;
  /** Bytes of the block. */
  readonly span: Span;
  /** The command, one character a byte. */
  readonly text: string;
  readonly command: MappedText;
  readonly findings: readonly CommandFinding[];
  /** Positions in `detections`. */
  readonly detections: readonly number[];
}

export interface BlockOptions {
  readonly format: HistoryFormat;
  readonly program: string;
  readonly engine: CommandEngine;
  /** At the block's text. */
  readonly firstLook: FirstLook;
  /** Ascending spans of the block's text. */
  readonly detections: readonly Span[];
}

export interface BlockResult {
  readonly hits: readonly EntryHit[];
  /** Entries of the block. */
  readonly entries: number;
  /** Line breaks of the block. */
  readonly lines: number;
}

/** The offset in a decoded text of a raw byte, or of the first one behind it. */
export function textOffset({ bytes, pieces }: MappedText, raw: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.raw + pieces[middle]!.rawLength > raw) high = middle;
    else low = middle + 1;
  }
  const piece = pieces[low];
  if (!piece) return bytes.length;
  if (raw <= piece.raw || piece.textLength !== piece.rawLength) return piece.text;
  return piece.text + raw - piece.raw;
}

interface OpenHit {
  readonly hit: Omit<EntryHit, 'findings' | 'detections'>;
  readonly findings: CommandFinding[];
  readonly detections: number[];
  /** The command has been read up to here. */
  readTo: number;
}

function overlaps(a: readonly Span[], b: readonly Span[]): boolean {
  return a.some((one) => b.some((other) => one.start < other.end && other.start < one.end));
}

/** A decoded block without escapes is the block. */
function isSameMemory(a: Buffer, b: Buffer): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
}

/**
 * @param bytes whole entries
 * @param text format.decodeBlock(bytes)
 */
export function scanBlock(bytes: Buffer, text: MappedText, options: BlockOptions): BlockResult {
  const { format, program, engine, detections } = options;
  const { places, lines } = options.firstLook;
  const index = isSameMemory(text.bytes, bytes) ? lines : indexLines(bytes);
  const cursor = createEntryCursor(format, bytes, index);
  const hits: EntryHit[] = [];
  let open: OpenHit | undefined;

  const close = (): void => {
    if (open && open.findings.length + open.detections.length > 0) {
      hits.push({ ...open.hit, findings: open.findings, detections: open.detections });
    }
    open = undefined;
  };
  const openAt = (raw: number): OpenHit => {
    cursor.moveTo(raw);
    const { start, end, index, lines } = cursor;
    const pieces = open?.hit.command.pieces;
    const last = pieces?.at(-1);
    // Several places of one text are looked at together; JSON has several texts in an entry.
    if (
      open &&
      open.hit.index === index &&
      ((format.name !== 'json' && format.name !== 'jsonl') || (last && raw <= last.raw + last.rawLength))
    )
      return open;
    close();
    const { command, time } = format.readEntry(bytes, start, end, raw);
    const hit = { index, lines, time, span: { start, end }, text: command.bytes.toString('latin1'), command };
    open = { hit, findings: [], detections: [], readTo: 0 };
    return open;
  };
  const readLine = (line: number): void => {
    let raw = rawOffset(text, line);
    const entry = openAt(raw);
    const pieces = entry.hit.command.pieces;
    const first = pieces[0]?.raw ?? raw;
    if (raw < first) raw = first;
    const at = textOffset(entry.hit.command, raw);
    if (at < entry.readTo) return;
    const { findings, end } = engine.findInLine(entry.hit.text, at, entry.hit.text.length, format.dialect, program);
    entry.readTo = Math.max(end, at + 1);
    for (const finding of findings) {
      if (!entry.findings.some((one) => overlaps(one.spans, finding.spans))) entry.findings.push(finding);
    }
  };

  let next = 0;
  for (const line of places) {
    for (; next < detections.length && detections[next]!.start < line; next++) {
      openAt(rawOffset(text, detections[next]!.start)).detections.push(next);
    }
    const lineStop = text.bytes.indexOf(10, line);
    const lineEnd = lineStop < 0 ? text.bytes.length : lineStop;
    if (format.name === 'json' || format.name === 'jsonl') {
      for (const place of textPlaces(text.bytes, line, lineEnd)) readLine(place);
    } else readLine(line);
  }
  for (; next < detections.length; next++) {
    openAt(rawOffset(text, detections[next]!.start)).detections.push(next);
  }
  close();
  cursor.moveTo(bytes.length);
  return { hits, entries: cursor.index + 1, lines: index.breaks };
}

/** A physical line of JSON may hold many strings: each place behind a quote is looked at, for commands start there. */
function* textPlaces(bytes: Buffer, start: number, end: number): Generator<number> {
  yield start;
  for (let at = bytes.indexOf(0x22, start); at >= 0 && at < end; at = bytes.indexOf(0x22, at + 1)) {
    if (at + 1 < end && bytes[at + 1] !== 0x2c && bytes[at + 1] !== 0x3a && bytes[at + 1] !== 0x7d) yield at + 1;
  }
}
