// Scans everything a source lists: blobs and streams at once, files in batches that are shared out when there is enough
// to do. Results come in the source's order.
import { availableParallelism } from 'node:os';
import type { Problem } from '../model/problem.ts';
import type { BlobTarget, FileTarget, StreamTarget } from '../model/target.ts';
import type { Source } from '../sources/source.ts';
import type { ScanResult } from './located.ts';
import type { TextScanner } from './text-scanner.ts';
import { createWorkerPool, type WorkerStart } from './worker-pool.ts';

/** Below both of these a worker costs more than it brings (measured, test/bench/README.md). */
const WORKER_FILES = 8000;
const WORKER_BYTES = 48 << 20;
/** A batch ends at one of these; small enough to share out evenly, large enough to be cheap to send. */
const BATCH_FILES = 96;
const BATCH_BYTES = 2 << 20;
/** What a file is taken for that the listing gives no size of. */
const UNKNOWN_BYTES = 6 << 10;

export interface ScanSourceOptions {
  /** Threads at most, the main one included; undefined: one per core. */
  readonly jobs: number | undefined;
  readonly worker: WorkerStart;
  readonly onResult: (result: ScanResult) => void;
  readonly onProblem: (problem: Problem) => void;
  /** Called now and then with what has been listed. */
  readonly onListed?: (files: number, bytes: number) => void;
}

export async function scanSource(source: Source, scanner: TextScanner, options: ScanSourceOptions): Promise<void> {
  const jobs = options.jobs ?? availableParallelism();
  const pool = createWorkerPool(source.root, scanner, options.worker, options.onResult);
  let batch: FileTarget[] = [];
  let batchBytes = 0;
  let files = 0;
  let bytes = 0;
  let areWorkersUp = false;

  function endBatch(): void {
    if (batch.length > 0) pool.add(batch);
    batch = [];
    batchBytes = 0;
    options.onListed?.(files, bytes);
    if (!areWorkersUp && jobs > 1 && (files > WORKER_FILES || bytes > WORKER_BYTES)) {
      areWorkersUp = true;
      pool.start(jobs - 1);
    }
  }

  function addFile(target: FileTarget): void {
    const size = target.sizeBytes ?? UNKNOWN_BYTES;
    batch.push(target);
    files++;
    batchBytes += size;
    bytes += size;
    if (batch.length >= BATCH_FILES || batchBytes >= BATCH_BYTES) endBatch();
  }

  async function scanNow(target: BlobTarget | StreamTarget): Promise<void> {
    if (target.kind === 'blob') scanner.scanBlob(target);
    else await scanner.scanStream(target);
    options.onResult(scanner.take());
  }

  try {
    for await (const targets of source.targets(options.onProblem)) {
      for (const target of targets) {
        if (target.kind === 'file') addFile(target);
        else await scanNow(target);
      }
    }
    endBatch();
    await pool.drain();
  } finally {
    await pool.close();
  }
}
