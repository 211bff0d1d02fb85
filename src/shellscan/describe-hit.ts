// From an entry in which something was found to what is reported of it: the value's place, the masked command, and how to
// type it safely.
import { Secret } from '../model/secret.ts';
import type { ShellNote } from '../model/shell-note.ts';
import type { Span } from '../model/span.ts';
import { CONTINUATION, maskSpans, safeForm } from '../shell/safe-form.ts';
import type { FoundItem } from './found-item.ts';
import type { HistoryHit } from './history-hit.ts';
import { type Item, mergeItems, toUtf8 } from './merge-items.ts';

/** What a report shows of a command: the line with the value, short. */
const SHOWN_BEFORE = 120;
const SHOWN_AFTER = 120;

function showCommand(text: string, around: Span, values: readonly Span[]): string {
  const lineStart = text.lastIndexOf('\n', around.start - 1) + 1;
  const newline = text.indexOf('\n', around.end);
  const lineEnd = newline < 0 ? text.length : newline;
  const start = Math.max(lineStart, around.start - SHOWN_BEFORE);
  const end = Math.min(lineEnd, around.end + SHOWN_AFTER);
  // A cut may not go through a value.
  const from = values.find((v) => v.start < start && start < v.end)?.end ?? start;
  const to = values.find((v) => v.start < end && end < v.end)?.start ?? end;
  const shown = maskSpans(text, { start: from, end: Math.max(from, to) }, values).replace(CONTINUATION, ' ');
  return `${from > lineStart ? '… ' : ''}${Buffer.from(shown, 'latin1').toString('utf8')}${to < lineEnd ? ' …' : ''}`.trim();
}

/** The simple command when it is short, else the value. */
function shownSpan({ spans, finding }: Item): Span {
  const command = finding?.command;
  if (command && command.end - command.start < SHOWN_BEFORE + SHOWN_AFTER) return command;
  return { start: spans[0]!.start, end: spans.at(-1)!.end };
}

function isoTime(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z');
}

function describeItem(item: Item, hit: HistoryHit, values: readonly Span[]): FoundItem {
  const spans = hit.rawOf(item.spans);
  const [first, last] = [spans[0], spans.at(-1)];
  const span = first && last ? { start: first.start, end: last.end } : item.spans[0]!;
  const start = hit.placeOf(span.start);
  const end = first && last ? hit.placeOf(span.end) : start;
  const safe = item.finding ? safeForm(item.finding, hit.text, values, hit.dialect) : undefined;
  const { format, program, entryNumber, time, entrySpan, cell } = hit;
  const shell: ShellNote = {
    program,
    format,
    entry: entryNumber,
    time: time === undefined ? undefined : isoTime(time),
    command: showCommand(hit.text, shownSpan(item), values),
    safely: (safe?.lines ?? []).map(toUtf8),
    note: safe?.note,
  };
  return {
    located: {
      ...item.located,
      span,
      location: { line: start.line, column: start.column, endLine: end.line, endColumn: end.column },
      markers: [],
      shell,
    },
    time,
    spans,
    entrySpan,
    cell,
    command: new Secret(toUtf8(hit.text), 'password'),
  };
}

export function describeHit(hit: HistoryHit): readonly FoundItem[] {
  const items = mergeItems(hit);
  const values = items.flatMap((item) => item.spans);
  return items.map((item) => describeItem(item, hit, values));
}
