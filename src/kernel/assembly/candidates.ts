// The list of candidates that the scan gives: kind and id, position, one more number.

const CANDIDATE_BYTES: usize = 12;

export const KIND_PREFIX: i32 = 0;
export const KIND_NEAR: i32 = 1;
export const KIND_ANCHOR: i32 = 2;
export const KIND_ENCODED: i32 = 3;

let output: usize = 0;
let capacity: i32 = 0;
let count: i32 = 0;
let cut: i32 = 0;

export function setOutput(at: usize, outputCapacity: i32): void {
  output = at;
  capacity = outputCapacity;
}

/** Empties the list; what was cut stays counted. */
export function drainCandidates(): void {
  count = 0;
}

export function forgetCut(): void {
  cut = 0;
}

export function candidateCount(): i32 {
  return count;
}

/** Candidates that still find room. */
export function candidateRoom(): i32 {
  return capacity - count;
}

/** Candidates that found no room. */
export function cutCandidates(): i32 {
  return cut;
}

// @ts-ignore: decorator
@inline
export function emit(kind: i32, id: i32, position: i32, other: i32): void {
  if (count >= capacity) {
    cut++;
    return;
  }
  const at = output + <usize>count * CANDIDATE_BYTES;
  store<i32>(at, (kind << 16) | id);
  store<i32>(at, position, 4);
  store<i32>(at, other, 8);
  count++;
}
