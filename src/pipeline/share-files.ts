// Puts files into batches and shares these out to workers when there is enough to do. Loaded only when there are files:
// the hook scans blobs and must not pay for threads.
import { availableParallelism } from 'node:os';
import type { FileTarget } from '../model/target.ts';
import type { ScanSourceOptions } from './scan-source.ts';
import type { TextScanner } from './text-scanner.ts';
import { createWorkerPool } from './worker-pool.ts';

/** Below both of these a worker costs more than it brings (measured, test/bench/README.md). */
const WORKER_FILES = 8000;
const WORKER_BYTES = 48 << 20;
/** A batch ends at one of these; small enough to share out evenly, large enough to be cheap to send. */
const BATCH_FILES = 96;
const BATCH_BYTES = 2 << 20;
/** What a file is taken for that the listing gives no size of. */
const UNKNOWN_BYTES = 6 << 10;

export interface FileSharing {
  readonly add: (target: FileTarget) => void;
  /** Scans one batch here; false when none waits. */
  readonly scanNext: () => Promise<boolean>;
  /** Scans what is left and waits for the workers. */
  readonly finish: () => Promise<void>;
  /** Ends the workers at once. */
  readonly close: () => Promise<void>;
}

export function shareFiles(root: string, scanner: TextScanner, options: ScanSourceOptions): FileSharing {
  const jobs = options.jobs ?? availableParallelism();
  const pool = createWorkerPool(root, scanner, options.worker, options.onResult);
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

  return {
    add: (target) => {
      const size = target.sizeBytes ?? UNKNOWN_BYTES;
      batch.push(target);
      files++;
      batchBytes += size;
      bytes += size;
      if (batch.length >= BATCH_FILES || batchBytes >= BATCH_BYTES) endBatch();
    },
    finish: () => {
      endBatch();
      return pool.drain();
    },
    scanNext: pool.scanNext,
    close: pool.close,
  };
}
