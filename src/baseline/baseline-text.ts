// One entry of the baseline file ↔ one line: fingerprint, rule id, path, then optional reason= owner= until=. Texts with
// blanks, quotes or signs outside of ASCII are written as JSON strings, so every path fits on one line.
import { isCalendarDate } from '../util/calendar-date.ts';
import type { BaselineEntry } from './baseline.ts';

const NOTES = ['reason', 'owner', 'until'] as const;
type NoteName = (typeof NOTES)[number];

/** Plain when it cannot be misread, else a JSON string in ASCII. */
function quote(text: string): string {
  if (/^[A-Za-z0-9_@./+~,:()[\]{}%^&;!*$-]+$/.test(text)) return text;
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function formatEntry(entry: BaselineEntry): string {
  const notes = NOTES.flatMap((name) => (entry[name] === undefined ? [] : [`${name}=${quote(entry[name])}`]));
  return [entry.fingerprint, entry.ruleId, quote(entry.path), ...notes].join(' ');
}

/** Reads a plain or quoted text at the start. @returns undefined when a quote is not closed or empty */
function takeText(rest: string): { text: string; rest: string } | undefined {
  const quoted = /^"(?:[^"\\]|\\.)*"(?=\s|$)/.exec(rest)?.[0];
  const raw = quoted ?? /^[^\s"]+(?=\s|$)/.exec(rest)?.[0];
  if (raw === undefined) return undefined;
  const next = rest.slice(raw.length).trimStart();
  if (quoted === undefined) return { text: raw, rest: next };
  try {
    const text: unknown = JSON.parse(quoted);
    return typeof text === 'string' && text !== '' ? { text, rest: next } : undefined;
  } catch {
    return undefined;
  }
}

function parseNotes(text: string): Partial<Record<NoteName, string>> | string {
  const notes: Partial<Record<NoteName, string>> = {};
  let rest = text;
  while (rest !== '') {
    const name = NOTES.find((note) => rest.startsWith(`${note}=`));
    if (!name)
      return 'has something after the path that is not reason=, owner= or until=; quote the path, or remove it';
    const taken = takeText(rest.slice(name.length + 1));
    if (!taken) return `${name}= is empty or its quotes are not closed`;
    if (name in notes) return `${name}= is there twice; keep one`;
    if (name === 'until' && !isCalendarDate(taken.text)) return 'until= is not a date; write YYYY-MM-DD';
    notes[name] = taken.text;
    rest = taken.rest;
  }
  return notes;
}

/**
 * Reads one line.
 *
 * @returns the entry, or what is wrong, which never repeats the line
 */
export function parseEntry(line: string, lineNumber: number): BaselineEntry | string {
  const head = /^([0-9a-f]{32})\s+([a-z0-9][a-z0-9.-]{0,39})\s+(?=\S)/.exec(line);
  if (!head) return 'is no entry; write fingerprint (32 hexadecimal digits), rule id and path, or remove the line';
  const path = takeText(line.slice(head[0].length).trimEnd());
  if (!path) return 'the path cannot be read; write it as a JSON string in double quotes';
  const notes = parseNotes(path.rest);
  if (typeof notes === 'string') return notes;
  return {
    fingerprint: head[1]!,
    ruleId: head[2]!,
    path: path.text,
    reason: notes.reason,
    owner: notes.owner,
    until: notes.until,
    line: lineNumber,
  };
}
