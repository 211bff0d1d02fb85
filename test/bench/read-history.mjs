// Reads every blob of a repository once and does next to nothing with it. Run as a bundle that bench-history-reader.mjs makes
// (Node 20 runs no TypeScript): REPOSITORY own|git empty|kernel JOBS [RULES]. Also the script of its own threads.
import { readFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createGitReader } from '../../src/history/git-reader.ts';
import { createOwnReader, readPlanned } from '../../src/history/own-reader.ts';
import { createKernel } from '../../src/kernel/kernel.ts';
import { deserialiseRules } from '../../src/rules/compiled.ts';

/** The kernel's window; larger blobs are scanned in pieces, as the product does. */
const WINDOW_BYTES = 1 << 20;

function makeSink(work, rules) {
  const sum = { blobs: 0, bytes: 0, candidates: 0 };
  const count = (bytes) => {
    sum.blobs++;
    sum.bytes += bytes.length;
  };
  if (work === 'empty') return { sum, take: count };
  const { wake } = deserialiseRules(readFileSync(rules));
  const kernel = createKernel(wake.kernelTables, WINDOW_BYTES);
  const take = (bytes) => {
    count(bytes);
    for (let at = 0; at < bytes.length; at += WINDOW_BYTES) {
      const piece = bytes.subarray(at, at + WINDOW_BYTES);
      kernel.input.set(piece);
      sum.candidates += kernel.begin(piece.length);
      while (!kernel.isDone()) sum.candidates += kernel.next();
    }
  };
  return { sum, take };
}

function add(sum, other) {
  for (const key of Object.keys(sum)) sum[key] += other[key];
}

async function share({ plan, work, rules }) {
  const sink = makeSink(work, rules);
  const leftover = await readPlanned(plan, (_id, _type, bytes) => sink.take(bytes));
  return { sum: sink.sum, leftover };
}

async function main([repository, reader, work, jobs, rules]) {
  let problems = 0;
  const onProblem = () => problems++;
  const sum = { blobs: 0, bytes: 0, candidates: 0 };
  const sink = makeSink(work, rules);
  if (reader === 'git') {
    await createGitReader({ cwd: repository }).readAll(
      () => false,
      (_id, bytes) => sink.take(bytes),
      onProblem,
    );
    add(sum, sink.sum);
  } else {
    const own = createOwnReader({ cwd: repository });
    const plan = await own.planAll(() => false, onProblem);
    const threads = Array.from({ length: Number(jobs) - 1 }, () => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { plan, work, rules } });
      return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    });
    const parts = [await share({ plan, work, rules }), ...(await Promise.all(threads))];
    for (const part of parts) add(sum, part.sum);
    const leftovers = parts.map((part) => part.leftover);
    await own.finishPlan(plan, leftovers, (_id, bytes) => sink.take(bytes), onProblem);
  }
  process.stdout.write(
    `${JSON.stringify({ ...sum, problems, rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20) })}\n`,
  );
}

if (isMainThread) await main(process.argv.slice(2));
else parentPort.postMessage(await share(workerData));
