// The script of a thread that helps with the first look at a history (dist/history-worker.cjs). It knows rules and packs,
// and nothing of settings, baselines or reports.
import { parentPort, workerData } from 'node:worker_threads';
import { CHECKS } from '../checks/registry.ts';
import { loadBuiltInRules } from '../pipeline/create-detector.ts';
import { deserialiseRules } from '../rules/compiled.ts';
import { createBlobLooker } from './blob-look.ts';
import { isReportable, isWorthALook, lookAtShare } from './look-share.ts';
import type { LookMessage, LookOrder } from './share-looks.ts';

/** Messages about progress are no more frequent. */
const TEXTS_A_MESSAGE = 256;

const { plan, rulesBytes, policy } = workerData as LookOrder;
const rules = rulesBytes === undefined ? loadBuiltInRules() : deserialiseRules(rulesBytes);
const looker = createBlobLooker({
  rules,
  checks: CHECKS,
  isWorthALook: (detection) => isWorthALook(policy, detection),
  isReportable: (detection) => isReportable(policy, detection),
});
const tell = (message: LookMessage): void => parentPort?.postMessage(message);
lookAtShare(plan, looker, ({ texts, bytes }) => {
  if (texts % TEXTS_A_MESSAGE === 0) tell({ texts, bytes });
}).then(
  (share) => tell({ share }),
  (error: unknown) => {
    // Outside of the promise it ends the thread, and the main one is told.
    setImmediate(() => {
      throw error;
    });
  },
);
