// Looks at texts: in this thread, or in others while this one reads command lines. The work is cut by kind and not by
// blocks, because a second thread that does everything compiles all code and rules again: 0.4 s of CPU.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Detection } from '../model/finding.ts';
import { unpackValues, type WireValues } from '../pipeline/wire.ts';
import type { FirstLook } from '../shell/prefilter.ts';
import type { LookAtText, TextLook } from './text-look.ts';

/** Below this many bytes a thread costs more than it brings (measured, test/bench/README.md). */
const WORTH_SHARING_BYTES = 24 << 20;
/** More threads than this have nothing to do: reading command lines takes longer than looking in two. */
const MOST_WORKERS = 2;
/** Texts that wait for a worker, so that it is never idle. */
const AHEAD = 2;

/** What a worker is started with. */
export interface WorkerOrder {
  /** Compiled rules when they are not the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
  /** One number: the index of the oldest text that nobody has taken. */
  readonly claimed: Int32Array;
}

export interface PostedText {
  readonly index: number;
  readonly text: Uint8Array;
}

export interface LookReply extends FirstLook {
  readonly index: number;
  readonly detections: readonly (Omit<Detection, keyof WireValues> & WireValues)[];
}

/** @returns true when the text is the caller's from now on. Texts are claimed in the order of their indices. */
export function claim(claimed: Int32Array, index: number): boolean {
  return Atomics.compareExchange(claimed, 0, index, index + 1) === index;
}

export interface LookPool {
  /** Memory for a text; shared when there are other threads. */
  readonly take: (size: number) => Buffer;
  /** Texts that may be looked at at once before anybody waits. */
  readonly ahead: number;
  /** Starts with a text, in memory from take(). @throws what a worker threw */
  readonly look: (text: Buffer) => Promise<TextLook> | TextLook;
  /** In this thread. */
  readonly lookHere: LookAtText;
  /** Ends the workers at once. */
  readonly close: () => Promise<void>;
}

export interface PoolOptions {
  /** What this thread looks with. */
  readonly lookHere: LookAtText;
  /** Compiled rules when they are not the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
  /** Threads at most; undefined: one a core, and one alone when there is little to do. */
  readonly jobs: number | undefined;
  /** Bytes that will come, as far as that is known. */
  readonly expectedBytes: number;
}

/** The script of a worker; undefined where the build has none (the Action's single file, tests from the sources). */
function findScript(): string | undefined {
  const file = join(import.meta.dirname, 'shell-worker.cjs');
  return existsSync(file) ? file : undefined;
}

function countWorkers({ jobs, expectedBytes }: PoolOptions): number {
  if (jobs === undefined && expectedBytes < WORTH_SHARING_BYTES) return 0;
  return Math.min((jobs ?? availableParallelism()) - 1, MOST_WORKERS);
}

/** Of what a worker makes nearly all is soon forgotten; without this it takes 10 MB more. */
const WORKER_YOUNG_MB = 3;

interface Waiting {
  readonly resolve: (look: TextLook) => void;
  readonly reject: (error: Error) => void;
}

export function createLookPool(options: PoolOptions): LookPool {
  const script = findScript();
  const count = script === undefined ? 0 : countWorkers(options);
  const claimed = new Int32Array(new SharedArrayBuffer(4));
  const waiting = new Map<number, Waiting>();
  let posted = 0;
  let failure: Error | undefined;

  function fail(error: Error): void {
    // Without the code of the error: that would be taken for one of the file that is read.
    failure ??= new Error(`a thread that looks at histories has failed: ${error.message}`, { cause: error });
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  }

  const workers = Array.from({ length: count }, () => {
    const order: WorkerOrder = { rulesBytes: options.rulesBytes, claimed };
    const worker = new Worker(script!, {
      workerData: order,
      resourceLimits: { maxYoungGenerationSizeMb: WORKER_YOUNG_MB },
    });
    worker.on('message', ({ index, detections, places, lines }: LookReply) => {
      const unpacked = detections.map((detection) => ({ ...detection, ...unpackValues(detection) }));
      waiting.get(index)?.resolve({ detections: unpacked, places, lines });
      waiting.delete(index);
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('it ended before its work')));
    return worker;
  });

  const { lookHere } = options;
  return {
    take: (size) => (count > 0 ? Buffer.from(new SharedArrayBuffer(size)) : Buffer.allocUnsafeSlow(size)),
    ahead: count === 0 ? 0 : count + AHEAD,
    lookHere,
    look: (text) => {
      if (count === 0) return lookHere(text);
      if (failure) throw failure;
      const message: PostedText = { index: posted++, text };
      for (const worker of workers) worker.postMessage(message);
      const look = new Promise<TextLook>((resolve, reject) => {
        waiting.set(message.index, { resolve, reject });
      });
      // Awaited later; without this Node would end when the thread fails before.
      look.catch(() => {});
      return look;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
