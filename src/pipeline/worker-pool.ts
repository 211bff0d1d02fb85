// Shares batches of files out to worker threads; the main thread takes part. Results are handed on in the order of the
// batches, so that the output does not depend on the number of workers.
import { Worker } from 'node:worker_threads';
import type { FileTarget } from '../model/target.ts';
import type { ScanResult } from './located.ts';
import type { TextScanner } from './text-scanner.ts';
import { unpackResult, type WireResult } from './wire.ts';

/** Batches a worker holds at once: one in work, one waiting, so that it never idles while the main thread is busy. */
const IN_FLIGHT = 2;

const LONGEST_TURN_MS = 50;

export interface WorkerStart {
  /** The worker's script. */
  readonly file: string;
  /** Compiled rules as text when they are not the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
}

export interface BatchMessage {
  readonly index: number;
  readonly root: string;
  readonly targets: readonly FileTarget[];
}

export interface BatchReply {
  readonly index: number;
  readonly result: WireResult;
}

export interface WorkerPool {
  readonly add: (targets: readonly FileTarget[]) => void;
  /** Starts workers now, because there is enough to do. */
  readonly start: (count: number) => void;
  /** The main thread scans one batch; false when none waits. */
  readonly scanNext: () => Promise<boolean>;
  /** Works through everything that was added and waits for the workers. Call once, at the end. */
  readonly drain: () => Promise<void>;
  /** Ends the workers at once. */
  readonly close: () => Promise<void>;
}

/** @param onResult called in the order of add() */
export function createWorkerPool(
  root: string,
  scanner: TextScanner,
  start: WorkerStart,
  onResult: (result: ScanResult) => void,
): WorkerPool {
  const waiting: BatchMessage[] = [];
  let nextWaiting = 0;
  let added = 0;
  let handedOn = 0;
  const done = new Map<number, ScanResult>();
  const workers: { readonly worker: Worker; inFlight: number }[] = [];
  let failure: Error | undefined;
  let wake: (() => void) | undefined;

  function settle(index: number, result: ScanResult): void {
    done.set(index, result);
    for (let next = done.get(handedOn); next; next = done.get(handedOn)) {
      done.delete(handedOn);
      handedOn++;
      onResult(next);
    }
    wake?.();
  }

  function feed(): void {
    for (const entry of workers) {
      while (entry.inFlight < IN_FLIGHT && nextWaiting < waiting.length) {
        entry.worker.postMessage(waiting[nextWaiting++]);
        entry.inFlight++;
      }
    }
  }

  function startWorkers(count: number): void {
    for (let i = 0; i < count; i++) {
      const worker = new Worker(start.file, { workerData: start.rulesBytes });
      const entry = { worker, inFlight: 0 };
      workers.push(entry);
      worker.on('message', ({ index, result }: BatchReply) => {
        entry.inFlight--;
        feed();
        settle(index, unpackResult(result));
      });
      worker.on('error', (error) => {
        failure = error;
        wake?.();
      });
    }
    feed();
  }

  /** Lets replies in, so that the workers are fed. */
  async function nextTurn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (failure) throw failure;
  }

  async function scanNext(): Promise<boolean> {
    const batch = waiting[nextWaiting];
    if (!batch) return false;
    nextWaiting++;
    let last = performance.now();
    for (const target of batch.targets) {
      scanner.scanFile(root, target);
      // Large files in one batch must not keep Ctrl-C and the workers waiting.
      if (performance.now() - last <= LONGEST_TURN_MS) continue;
      await nextTurn();
      last = performance.now();
    }
    settle(batch.index, scanner.take());
    await nextTurn();
    return true;
  }

  async function drain(): Promise<void> {
    while (await scanNext());
    while (handedOn < added) {
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    await close();
  }

  async function close(): Promise<void> {
    await Promise.all(workers.splice(0).map(({ worker }) => worker.terminate()));
  }

  return {
    add: (targets) => {
      waiting.push({ index: added++, root, targets });
      feed();
    },
    start: startWorkers,
    scanNext,
    drain,
    close,
  };
}
