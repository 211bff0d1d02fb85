// Looks at texts: in this thread, or in others while this one reads command lines. The work is cut by kind and not by
// blocks, because a second thread that does everything compiles all code and rules again: 0.4 s of CPU. Other threads
// detect; the first look at the lines is taken by whoever has time for it.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Detection } from '../model/finding.ts';
import { unpackValues, type WireValues } from '../pipeline/wire.ts';
import type { FirstLook } from '../shell/prefilter.ts';
import { lookAtText, type TextLook, type TextLooker } from './text-look.ts';

/** Below this many bytes a thread costs more than it brings (measured, test/bench/README.md). */
const WORTH_SHARING_BYTES = 24 << 20;
/** More threads than this have nothing to do: reading command lines takes longer than looking in two. */
const MOST_WORKERS = 2;
/** Texts that wait for a worker, so that it is never idle. */
const AHEAD = 2;

/**
 * Who has taken what, shared by all threads: the index of the oldest text that nobody detects in, then a mark for each text,
 * whether somebody looks at its lines.
 */
export type Claims = Int32Array;
/** Many more than there are ever texts at once. */
const MARKS = 64;

/** @returns true when the text is the caller's from now on. Texts are claimed in the order of their indices. */
export function claimText(claims: Claims, index: number): boolean {
  return Atomics.compareExchange(claims, 0, index, index + 1) === index;
}

/** @returns true when the first look at the text is the caller's from now on */
export function claimFirstLook(claims: Claims, index: number): boolean {
  return Atomics.exchange(claims, 1 + (index % MARKS), 1) === 0;
}

/** What a worker is started with. */
export interface WorkerOrder {
  /** Compiled rules when they are not the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
  readonly claims: Claims;
}

export interface PostedText {
  readonly index: number;
  readonly text: Uint8Array;
}

export interface LookReply {
  readonly index: number;
  /** Undefined when this thread has taken it. */
  readonly firstLook: FirstLook | undefined;
  readonly detections: readonly (Omit<Detection, keyof WireValues> & WireValues)[];
}

export interface LookPool {
  /** Memory for a text; shared when there are other threads. */
  readonly take: (size: number) => Buffer;
  /** Texts that may be looked at at once before anybody waits. */
  readonly ahead: number;
  /** Starts with a text, in memory from take(). @throws what a worker threw */
  readonly look: (text: Buffer) => Promise<TextLook> | TextLook;
  /** Waits for what look() has given, and helps meanwhile. */
  readonly wait: (look: Promise<TextLook> | TextLook) => Promise<TextLook>;
  /** In this thread. */
  readonly lookHere: (text: Buffer) => TextLook;
  /** Ends the workers at once. */
  readonly close: () => Promise<void>;
}

export interface PoolOptions {
  /** What this thread looks with. */
  readonly looker: TextLooker;
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

/** A text that a worker has not told of. */
interface Posted {
  readonly text: Buffer;
  /** Once it has been taken here. */
  firstLook: FirstLook | undefined;
  readonly resolve: (look: TextLook) => void;
  readonly reject: (error: Error) => void;
}

export function createLookPool(options: PoolOptions): LookPool {
  const { looker } = options;
  const script = findScript();
  const count = script === undefined ? 0 : countWorkers(options);
  const claims: Claims = new Int32Array(new SharedArrayBuffer(4 * (1 + MARKS)));
  const open = new Map<number, Posted>();
  let posted = 0;
  let failure: Error | undefined;

  function fail(error: Error): void {
    // Without the code of the error: that would be taken for one of the file that is read.
    failure ??= new Error(`a thread that looks at histories has failed: ${error.message}`, { cause: error });
    for (const { reject } of open.values()) reject(failure);
    open.clear();
  }

  function settle({ index, detections, firstLook }: LookReply): void {
    const entry = open.get(index);
    const own = firstLook ?? entry?.firstLook;
    if (!entry || !own) return;
    open.delete(index);
    entry.resolve({
      detections: detections.map((detection) => ({ ...detection, ...unpackValues(detection) })),
      ...own,
    });
  }

  /** Takes the first look at the newest text that nobody has looked at. @returns false when there is none */
  function lookAhead(): boolean {
    for (const [index, entry] of [...open].reverse()) {
      if (!claimFirstLook(claims, index)) continue;
      const { places, lines } = looker.firstLook(entry.text);
      entry.firstLook = { places, lines: { ...lines, ends: lines.ends.slice() } };
      return true;
    }
    return false;
  }

  const workers = Array.from({ length: count }, () => {
    const order: WorkerOrder = { rulesBytes: options.rulesBytes, claims };
    const worker = new Worker(script!, {
      workerData: order,
      resourceLimits: { maxYoungGenerationSizeMb: WORKER_YOUNG_MB },
    });
    worker.on('message', settle);
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('it ended before its work')));
    return worker;
  });

  const lookHere = (text: Buffer): TextLook => lookAtText(looker, text);
  return {
    take: (size) => (count > 0 ? Buffer.from(new SharedArrayBuffer(size)) : Buffer.allocUnsafeSlow(size)),
    ahead: count === 0 ? 0 : count + AHEAD,
    lookHere,
    look: (text) => {
      if (count === 0) return lookHere(text);
      if (failure) throw failure;
      const index = posted++;
      Atomics.store(claims, 1 + (index % MARKS), 0);
      const look = new Promise<TextLook>((resolve, reject) => {
        open.set(index, { text, firstLook: undefined, resolve, reject });
      });
      // Awaited later; without this Node would end when the thread fails before.
      look.catch(() => {});
      const message: PostedText = { index, text };
      for (const worker of workers) worker.postMessage(message);
      return look;
    },
    wait: async (look) => {
      if (!(look instanceof Promise)) return look;
      let isThere = false;
      const told = (): void => {
        isThere = true;
      };
      look.then(told, told);
      // Between two looks the replies are let in.
      do await new Promise((resolve) => setImmediate(resolve));
      while (!isThere && lookAhead());
      return look;
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
