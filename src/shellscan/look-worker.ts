// The script of a thread that looks at texts (dist/shell-worker.cjs). It knows rules and texts, and nothing of histories,
// settings or reports.
import { parentPort, workerData } from 'node:worker_threads';
import { loadBuiltInRules } from '../pipeline/create-detector.ts';
import { packValues } from '../pipeline/wire.ts';
import { deserialiseRules } from '../rules/compiled.ts';
import type { FirstLook } from '../shell/prefilter.ts';
import { claimFirstLook, claimText, type LookReply, type PostedText, type WorkerOrder } from './look-pool.ts';
import { createTextLooker } from './text-look.ts';

const { rulesBytes, claims } = workerData as WorkerOrder;
const looker = createTextLooker(() => (rulesBytes === undefined ? loadBuiltInRules() : deserialiseRules(rulesBytes)));

/** Shared, not given away: taking a buffer out of a thread costs V8 more than the copy. */
function share({ places, lines }: FirstLook): FirstLook {
  const ends = new Uint32Array(new SharedArrayBuffer(lines.ends.byteLength));
  ends.set(lines.ends);
  return { places, lines: { ...lines, ends } };
}

parentPort?.on('message', ({ index, text }: PostedText) => {
  if (!claimText(claims, index)) return;
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const detections = looker.detect(bytes).map((detection) => ({ ...detection, ...packValues(detection) }));
  const firstLook = claimFirstLook(claims, index) ? share(looker.firstLook(bytes)) : undefined;
  const reply: LookReply = { index, detections, firstLook };
  parentPort?.postMessage(reply);
});
