// A stand-in for the detector: sightings of values that the test itself planted, at every place where they are in a file.
import { readFileSync } from 'node:fs';
import { Secret } from '../../src/model/secret.ts';
import type { HistoryFile, ShellFormat, ShellSighting } from '../../src/model/shell-sighting.ts';
import type { ScrubRequest } from '../../src/scrub/scrub.ts';

/** @param commandOf  the whole command around a value, for fish and atuin */
export function findKnown(
  file: HistoryFile,
  values: readonly string[],
  commandOf: (value: string) => string = (value) => value,
): readonly ShellSighting[] {
  const bytes = readFileSync(file.path);
  return values.flatMap((value) => {
    const found: ShellSighting[] = [];
    for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) {
      found.push({
        ...file,
        entryNumber: 1,
        time: undefined,
        spans: [{ start: at, end: at + Buffer.byteLength(value) }],
        entrySpan: undefined,
        cell: undefined,
        ruleId: 'test.value',
        secret: new Secret(value, 'password'),
        command: new Secret(commandOf(value), 'password'),
      });
    }
    return found;
  });
}

export function historyFile(path: string, format: ShellFormat): HistoryFile {
  return { path, format, program: format };
}

/** A request that really masks the planted values of these files. */
export function requestFor(
  home: string,
  files: readonly HistoryFile[],
  values: readonly string[],
  changes: Partial<ScrubRequest> = {},
  commandOf?: (value: string) => string,
): ScrubRequest {
  return {
    files,
    sightings: files.flatMap((file) => findKnown(file, values, commandOf)),
    readSinceMs: Date.now(),
    lookAgain: async (file) => findKnown(file, values, commandOf),
    owner: { uid: process.getuid?.(), gid: process.getgid?.(), home },
    environment: { PATH: process.env.PATH, HOME: home },
    mayUseOwnCommands: true,
    isForReal: true,
    makesBackups: false,
    ...changes,
  };
}
