// The script of a worker thread: scans batches of files and sends back what it found. It knows rules and files, and
// nothing of settings, baselines or reports.
import { parentPort, workerData } from 'node:worker_threads';
import { createBuiltInDetector } from './create-detector.ts';
import { createTextScanner } from './text-scanner.ts';
import { packResult } from './wire.ts';
import type { BatchMessage, BatchReply } from './worker-pool.ts';

const scanner = createTextScanner(createBuiltInDetector(workerData as string | undefined));
parentPort?.on('message', ({ index, root, targets }: BatchMessage) => {
  for (const target of targets) scanner.scanFile(root, target);
  const reply: BatchReply = { index, result: packResult(scanner.take()) };
  parentPort?.postMessage(reply);
});
