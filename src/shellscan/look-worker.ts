// The script of a thread that looks at texts (dist/shell-worker.cjs). It knows rules and texts, and nothing of histories,
// settings or reports.
import { parentPort, workerData } from 'node:worker_threads';
import { loadBuiltInRules } from '../pipeline/create-detector.ts';
import { packValues } from '../pipeline/wire.ts';
import { deserialiseRules } from '../rules/compiled.ts';
import { claim, type LookReply, type PostedText, type WorkerOrder } from './look-pool.ts';
import { createTextLook } from './text-look.ts';

const { rulesBytes, claimed } = workerData as WorkerOrder;
const look = createTextLook(rulesBytes === undefined ? loadBuiltInRules() : deserialiseRules(rulesBytes));
parentPort?.on('message', ({ index, text }: PostedText) => {
  if (!claim(claimed, index)) return;
  const { detections, places, lines } = look(Buffer.from(text.buffer, text.byteOffset, text.length));
  // Shared, not given away: taking a buffer out of a thread costs V8 more than the copy.
  const ends = new Uint32Array(new SharedArrayBuffer(lines.ends.byteLength));
  ends.set(lines.ends);
  const reply: LookReply = {
    index,
    detections: detections.map((detection) => ({ ...detection, ...packValues(detection) })),
    places,
    lines: { ...lines, ends },
  };
  parentPort?.postMessage(reply);
});
