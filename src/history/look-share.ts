// One thread's share of the first look: takes units of a plan until none is left. The same for the main thread and for
// workers. What comes back is plain data without values: ids, counts, problems.
import type { Detection } from '../model/finding.ts';
import { CONFIDENCES, type Confidence, isAtLeast } from '../model/levels.ts';
import type { Problem } from '../model/problem.ts';
import type { ReadPlan } from '../packs/read-plan.ts';
import type { Leftover, StoredSink } from '../packs/work-through.ts';
import type { BlobLook, BlobLooker } from './blob-look.ts';
import { readPlanned } from './own-reader.ts';
import type { Surrounding, SurroundingRefs } from './surroundings.ts';
import { CHANGE_REACH } from './text-note.ts';

/** Which detections are worth a second look; travels to the workers. */
export interface LookPolicy {
  /** Everything is. */
  readonly isEverything: boolean;
  readonly minConfidence: Confidence;
}

/** The path of a blob may still raise what a generic rule thinks of it. */
export function isWorthALook(
  { isEverything, minConfidence }: LookPolicy,
  { ruleId, confidence }: Pick<Detection, 'ruleId' | 'confidence'>,
): boolean {
  return isEverything || ruleId.startsWith('generic.') || isAtLeast(CONFIDENCES, confidence, minConfidence);
}

/** What is found under its own path counts from a certain confidence on. */
export function isReportable(
  { isEverything, minConfidence }: LookPolicy,
  { confidence }: Pick<Detection, 'confidence'>,
): boolean {
  return isEverything || isAtLeast(CONFIDENCES, confidence, minConfidence);
}

/** What one thread has seen. */
export interface LookShare {
  /** Blobs that hold something, and what of it. */
  readonly held: (readonly [id: string, refs: SurroundingRefs])[];
  /** What the refs are numbers of. */
  readonly surroundings: Surrounding[];
  /** Ids of blobs that could not be looked at whole; maybe in `held` too. */
  readonly flawed: string[];
  readonly problems: Problem[];
  readonly leftover: Leftover;
  texts: number;
  bytes: number;
}

export function emptyShare(): LookShare {
  return {
    held: [],
    surroundings: [],
    flawed: [],
    problems: [],
    leftover: { doubtful: [], cut: [] },
    texts: 0,
    bytes: 0,
  };
}

/** Problems of a text without a path name its object. */
export function renameProblem(problem: Problem, id: string): Problem {
  return { ...problem, path: undefined, message: `object ${id.slice(0, 12)} ${problem.message}` };
}

/** Notes what a look at a blob gave. */
export function takeLook(share: LookShare, id: string, bytes: Uint8Array, look: BlobLook): void {
  if (look.isHeld) share.held.push([id, look.refs]);
  if (look.problems.length > 0) {
    share.flawed.push(id);
    for (const problem of look.problems) share.problems.push(renameProblem(problem, id));
  }
  if (!look.isText) return;
  share.texts++;
  share.bytes += bytes.length;
}

/** @param onText  called after each text */
export async function lookAtShare(
  plan: ReadPlan,
  looker: BlobLooker,
  onText: (share: LookShare) => void,
): Promise<LookShare> {
  const share = emptyShare();
  const sink: StoredSink = (id, _type, bytes, lineage) => {
    const seen = looker.look(id, bytes, lineage);
    takeLook(share, id, bytes, seen);
    onText(share);
    return seen.note;
  };
  const leftover = await readPlanned(plan, sink, CHANGE_REACH);
  return { ...share, surroundings: [...looker.surroundings], leftover };
}
