// A whole source: results in its order, and no idle time while it waits for its next batch.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileTarget } from '../../src/model/target.ts';
import { scanSource } from '../../src/pipeline/scan-source.ts';
import { createTextScanner } from '../../src/pipeline/text-scanner.ts';
import type { Source } from '../../src/sources/source.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { matcher, smallDetector } from '../support/small-detector.ts';

const scanner = createTextScanner(
  smallDetector([
    matcher({ id: 'acme.token', wakeUp: { kind: 'prefix', words: ['acm_'] }, pattern: 'acm_[A-Za-z0-9]{36}' }),
  ]),
);
let folder: string;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(removeFolders);

/** Writes files with one token each. */
function writeFiles(names: readonly string[]): FileTarget[] {
  const random = new RandomText(5);
  return names.map((path) => {
    const text = `acm_${random.text('base62', 36)}\n`;
    writeFileSync(join(folder, path), text);
    return { kind: 'file', path, sizeBytes: text.length };
  });
}

function sourceOf(targets: Source['targets']): Source {
  return { mode: 'tree', root: folder, subject: '.', targets };
}

/** Scans on one thread. @param onPaths gets the paths of each result that is handed on */
function scan(source: Source, onPaths: (paths: readonly string[]) => void): Promise<void> {
  return scanSource(source, scanner, {
    jobs: 1,
    worker: { file: '', rulesBytes: undefined },
    onResult: ({ located }) => onPaths(located.map(({ origin }) => origin.path)),
    onProblem: ({ message }) => expect.unreachable(message),
  });
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `${String(from + i).padStart(4, '0')}.txt`);

describe('scanSource', () => {
  it('scans what is listed while the source waits', async () => {
    let scanned = 0;
    let scannedAtWait = -1;
    async function* targets(): AsyncGenerator<FileTarget[]> {
      yield writeFiles(numbered(0, 200));
      // As long as git may take: the wait ends when enough was scanned, and the test fails when nothing is.
      const until = Date.now() + 20_000;
      while (scanned < 192 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 1));
      scannedAtWait = scanned;
      yield writeFiles(numbered(200, 250));
    }
    const paths: string[] = [];
    await scan(sourceOf(targets), (more) => {
      paths.push(...more);
      scanned = paths.length;
    });
    // Batches hold 96 files; the rest of 200 has not been put into one yet.
    expect(scannedAtWait).toBe(192);
    expect(paths).toEqual(numbered(0, 250));
  });

  it('fails at once when a result cannot be taken, and the source closes when its wait ends', async () => {
    let endWait = (): void => {};
    const wait = new Promise<void>((resolve) => {
      endWait = resolve;
    });
    let tellClosed = (): void => {};
    const closed = new Promise<void>((resolve) => {
      tellClosed = resolve;
    });
    async function* targets(): AsyncGenerator<FileTarget[]> {
      try {
        yield writeFiles(numbered(0, 100));
        await wait;
        yield [];
      } finally {
        tellClosed();
      }
    }
    const refuse = (): void => {
      throw new Error('the report is closed');
    };
    await expect(scan(sourceOf(targets), refuse)).rejects.toThrow('the report is closed');
    endWait();
    await closed;
  });
});
