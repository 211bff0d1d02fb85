// Shares the first look out to threads: all work through one plan, the main thread too. What they saw is put together and
// sorted, so that one thread and many give the same.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadPlan } from '../packs/read-plan.ts';
import type { BlobLooker } from './blob-look.ts';
import { emptyShare, type LookPolicy, type LookShare, lookAtShare } from './look-share.ts';
import { isWorthSharing } from './own-reader.ts';
import { ANY_PATH } from './surroundings.ts';

/** What a worker is told. */
export interface LookOrder {
  readonly plan: ReadPlan;
  /** Compiled rules when they are not the built-in ones. */
  readonly rulesBytes: Uint8Array | undefined;
  readonly policy: LookPolicy;
}

/** What a worker says: how far it is, then what it saw. */
export type LookMessage = { readonly texts: number; readonly bytes: number } | { readonly share: LookShare };

/** The script of a worker; undefined where the build has none (the Action's single file, tests from the sources). */
export function findLookWorker(): string | undefined {
  const file = join(import.meta.dirname, 'history-worker.cjs');
  return existsSync(file) ? file : undefined;
}

interface Helper {
  readonly worker: Worker;
  readonly share: Promise<LookShare>;
}

function startHelper(script: string, order: LookOrder, onProgress: (texts: number, bytes: number) => void): Helper {
  const worker = new Worker(script, { workerData: order });
  const share = new Promise<LookShare>((resolve, reject) => {
    worker.on('message', (message: LookMessage) => {
      if ('share' in message) resolve(message.share);
      else onProgress(message.texts, message.bytes);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread ended before its work')));
  });
  share.catch(() => {}); // Awaited below; without this Node would end when another thread fails first.
  return { worker, share };
}

function addShare(sum: LookShare, more: LookShare): void {
  const shift = sum.surroundings.length;
  for (const [id, refs] of more.held) sum.held.push([id, refs.map((ref) => (ref === ANY_PATH ? ref : ref + shift))]);
  for (const { text, ownStart, ownEnd } of more.surroundings)
    sum.surroundings.push({ text: Buffer.from(text.buffer, text.byteOffset, text.length), ownStart, ownEnd });
  for (const id of more.flawed) sum.flawed.push(id);
  for (const problem of more.problems) sum.problems.push(problem);
  for (const id of more.leftover.doubtful) sum.leftover.doubtful.push(id);
  for (const id of more.leftover.cut) sum.leftover.cut.push(id);
  sum.texts += more.texts;
  sum.bytes += more.bytes;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Looks at everything in a plan.
 *
 * @param looker  of the main thread, which has looked at nothing yet
 * @param jobs  threads at most; undefined: one a core
 * @param script  of the workers; undefined: none are started
 * @param meanwhile  other work of the main thread; it is done first, while workers have begun
 */
export async function shareLooks(
  order: LookOrder,
  looker: BlobLooker,
  jobs: number | undefined,
  script: string | undefined,
  onProgress: (texts: number, bytes: number) => void,
  meanwhile: () => Promise<void>,
): Promise<LookShare> {
  const { plan } = order;
  const wanted = Math.min(jobs ?? availableParallelism(), plan.units.length / 3) - 1;
  const count = script !== undefined && (jobs !== undefined || isWorthSharing(plan)) ? Math.max(wanted, 0) : 0;
  const texts = new Array<number>(count + 1).fill(0);
  const bytes = new Array<number>(count + 1).fill(0);
  let hasBegun = false;
  const tell = (thread: number, moreTexts: number, moreBytes: number): void => {
    texts[thread] = moreTexts;
    bytes[thread] = moreBytes;
    // The other work tells of itself.
    if (!hasBegun) return;
    onProgress(
      texts.reduce((a, b) => a + b),
      bytes.reduce((a, b) => a + b),
    );
  };
  const helpers = Array.from({ length: count }, (_, i) =>
    startHelper(script!, order, (moreTexts, moreBytes) => tell(i + 1, moreTexts, moreBytes)),
  );
  try {
    await meanwhile();
    hasBegun = true;
    const sum = emptyShare();
    addShare(sum, await lookAtShare(plan, looker, (share) => tell(0, share.texts, share.bytes)));
    for (const { share } of helpers) addShare(sum, await share);
    sum.held.sort(([a], [b]) => byText(a, b));
    sum.flawed.sort(byText);
    sum.problems.sort((a, b) => byText(a.message, b.message));
    sum.leftover.doubtful.sort(byText);
    sum.leftover.cut.sort(byText);
    return sum;
  } finally {
    await Promise.all(helpers.map(({ worker }) => worker.terminate()));
  }
}
