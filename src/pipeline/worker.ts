// The script of a worker thread: scans batches of files and sends back what it found. It knows rules and files, and
// nothing of settings, baselines or reports.
import { parentPort, workerData } from 'node:worker_threads';
import { CHECKS } from '../checks/registry.ts';
import { deserialiseRules } from '../rules/compiled.ts';
import { createRulesDetector, loadBuiltInRules } from './create-detector.ts';
import { createHistoryCompanion } from './history-companion.ts';
import { createTextScanner } from './text-scanner.ts';
import { packResult } from './wire.ts';
import type { BatchMessage, BatchReply } from './worker-pool.ts';

const rulesBytes = workerData as Uint8Array | undefined;
const rules = rulesBytes === undefined ? loadBuiltInRules() : deserialiseRules(rulesBytes);
const scanner = createTextScanner(createRulesDetector(rules, CHECKS), createHistoryCompanion());
parentPort?.on('message', ({ index, root, targets }: BatchMessage) => {
  for (const target of targets) scanner.scanFile(root, target);
  const reply: BatchReply = { index, result: packResult(scanner.take()) };
  parentPort?.postMessage(reply);
});
