// Scans everything a source lists: blobs and streams at once, files in batches that are shared out when there is enough
// to do. Results come in the source's order.
import type { Problem } from '../model/problem.ts';
import type { Source } from '../sources/source.ts';
import type { ScanResult } from './located.ts';
import type { FileSharing } from './share-files.ts';
import type { TextScanner } from './text-scanner.ts';
import type { WorkerStart } from './worker-pool.ts';

export interface ScanSourceOptions {
  /** Threads at most, the main one included; undefined: one per core. */
  readonly jobs: number | undefined;
  readonly worker: WorkerStart;
  readonly onResult: (result: ScanResult) => void;
  readonly onProblem: (problem: Problem) => void;
  /** Called now and then with what has been listed. */
  readonly onListed?: (files: number, bytes: number) => void;
}

/** Takes batches from the source, and works in the time that the source waits for git. */
async function* inSpareTime<T>(
  batches: AsyncIterable<T>,
  workOn: () => FileSharing | undefined,
): AsyncGenerator<T, void, undefined> {
  const iterator = batches[Symbol.asyncIterator]();
  let isThere = true;
  try {
    for (;;) {
      const next = iterator.next();
      isThere = false;
      const settle = (): void => {
        isThere = true;
      };
      next.then(settle, settle);
      for (let sharing = workOn(); sharing && !isThere; ) {
        // A batch that needs no waiting is there when the turn ends.
        await new Promise<void>((resolve) => setImmediate(resolve));
        if (isThere || !(await sharing.scanNext())) break;
      }
      const { done, value } = await next;
      if (done) return;
      yield value;
    }
  } finally {
    const closed = iterator.return?.();
    // When the work failed, the source may still wait for git, and closes after that.
    if (isThere) await closed;
    else closed?.catch(() => {});
  }
}

export async function scanSource(source: Source, scanner: TextScanner, options: ScanSourceOptions): Promise<void> {
  let sharing: FileSharing | undefined;
  try {
    for await (const targets of inSpareTime(source.targets(options.onProblem), () => sharing)) {
      for (const target of targets) {
        if (target.kind === 'file') {
          sharing ??= (await import('./share-files.ts')).shareFiles(source.root, scanner, options);
          sharing.add(target);
          continue;
        }
        if (target.kind === 'blob') scanner.scanBlob(target);
        else await scanner.scanStream(target);
        options.onResult(scanner.take());
      }
    }
    await sharing?.finish();
  } finally {
    await sharing?.close();
  }
}
