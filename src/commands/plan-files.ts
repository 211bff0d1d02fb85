// The files that a plan may change: their text, read once, and where values stand in it. A file that is not clean UTF-8, or
// too large to be code, gives no clues and is not changed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Location } from '../model/finding.ts';
import type { Stretch } from '../plan/code-change.ts';
import type { FileInput } from '../plan/plan-input.ts';
import type { Session } from './session.ts';

const LARGEST_FILE = 8 * 1024 * 1024;

export interface PlanFiles {
  /** Lines without line ends; undefined when the file gives none. @param path from the scan root */
  readonly linesOf: (path: string) => readonly string[] | undefined;
  readonly stretchOf: (path: string, location: Location) => Stretch | undefined;
  readonly readFile: (path: string) => FileInput | undefined;
  /** @param path from the top of the repository */
  readonly hasFile: (path: string) => boolean;
}

interface ReadFile {
  readonly text: string;
  readonly lines: readonly string[];
  /** Offset of the start of each line. */
  readonly starts: readonly number[];
}

function readText(file: string): ReadFile | undefined {
  let bytes: Buffer;
  try {
    if (statSync(file).size > LARGEST_FILE) return undefined;
    bytes = readFileSync(file);
  } catch {
    // Told already: the scan reports files that vanish or cannot be read. Here it only means "no clues".
    return undefined;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8: a diff of it could not be printed.
    return undefined;
  }
  const rows = text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const row of rows) {
    starts.push(at);
    at += row.length + 1;
  }
  return { text, lines: rows.map((row) => row.replace(/\r$/, '')), starts };
}

/** @param findings  every finding, so that each of them can be masked */
export function createPlanFiles(session: Session, findings: readonly Finding[]): PlanFiles {
  const read = new Map<string, ReadFile | undefined>();
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byPath.get(finding.origin.path) ?? [];
    list.push(finding);
    byPath.set(finding.origin.path, list);
  }
  const open = (path: string): ReadFile | undefined => {
    if (!read.has(path)) read.set(path, readText(join(session.root, path)));
    return read.get(path);
  };
  const stretchOf = (path: string, { line, column, endLine, endColumn }: Location): Stretch | undefined => {
    const file = open(path);
    const [first, last] = [file?.starts[line - 1], file?.starts[endLine - 1]];
    if (!file || first === undefined || last === undefined) return undefined;
    // A byte order mark is a character like any other, for columns too.
    const stretch = { start: first + column - 1, end: last + endColumn - 1 };
    return stretch.end > stretch.start && stretch.end <= file.text.length ? stretch : undefined;
  };
  return {
    linesOf: (path) => open(path)?.lines,
    stretchOf,
    readFile: (path) => {
      const file = open(path);
      if (!file) return undefined;
      const masks = (byPath.get(path) ?? []).flatMap(({ location }) => stretchOf(path, location) ?? []);
      return { file: { path: `${session.prefix}${path}`, text: file.text }, masks };
    },
    hasFile: (path) => existsSync(join(session.top, path)),
  };
}
