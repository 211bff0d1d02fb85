// A finding's entry in a history of commands as it stands in JSON reports (schemas/report.schema.json).
import type { ShellNote } from '../model/shell-note.ts';

export interface ShellRecord {
  readonly program: string;
  readonly format: string;
  readonly entry: number;
  readonly time?: string;
  readonly command: string;
  readonly safely: readonly string[];
  readonly note?: string;
}

export function toShellRecord({ program, format, entry, time, command, safely, note }: ShellNote): ShellRecord {
  return {
    program,
    format,
    entry,
    ...(time === undefined ? {} : { time }),
    command,
    safely: [...safely],
    ...(note === undefined ? {} : { note }),
  };
}
