// The script of a thread that runs the detector on blocks (dist/shell-worker.cjs). It knows rules and texts, and nothing of
// histories, settings or reports.
import { parentPort, workerData } from 'node:worker_threads';
import { loadBuiltInRules } from '../pipeline/create-detector.ts';
import { packValues } from '../pipeline/wire.ts';
import { deserialiseRules } from '../rules/compiled.ts';
import { claim, type DetectReply, type PostedText, type WorkerOrder } from './detect-pool.ts';
import { createTextDetector } from './text-detector.ts';

const { rulesText, claimed } = workerData as WorkerOrder;
const detect = createTextDetector(rulesText === undefined ? loadBuiltInRules() : deserialiseRules(rulesText));
parentPort?.on('message', ({ index, text }: PostedText) => {
  if (!claim(claimed, index)) return;
  const detections = detect(text).map((detection) => ({ ...detection, ...packValues(detection) }));
  const reply: DetectReply = { index, detections };
  parentPort?.postMessage(reply);
});
