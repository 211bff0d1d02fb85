// What a delta changes: the places of the text that are not as in its base, and the copied stretches in which one of the
// base's points stands. The delta was applied before (delta.ts), so its commands are known to be sound.
// src/kernel/plain-changes.ts is the plain twin (test/packs/delta-changes.test.ts).

/** There is no room for all of it. */
const NO_ROOM: i32 = -1;

let changeRoom: i32 = 0;
let changeAt: usize = 0;
let changeCount: i32 = 0;
let copyRoom: i32 = 0;
let copyAt: usize = 0;
let copyCount: i32 = 0;
let points: usize = 0;
let pointCount: i32 = 0;
/** First point that is not before the last stretch. */
let point: i32 = 0;
let spared: i32 = 0;

/** Copied stretches that the last readChanges() gave. */
export function keptCopies(): i32 {
  return copyCount;
}

/** Bytes of the last delta's stretches that lie farther than the reach from both their ends. */
export function sparedBytes(): i32 {
  return spared;
}

// @ts-ignore: decorator
@inline
function pointAt(index: i32): i32 {
  return load<i32>(points + (<usize>index << 2));
}

/** First point that is not below `wanted`. */
function findPoint(wanted: i32): i32 {
  let low = 0;
  let high = pointCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pointAt(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** [start, end) is not as in the base; one that is no farther than `join` from the last is part of it. */
// @ts-ignore: decorator
@inline
function addChange(start: i32, end: i32, join: i32): bool {
  const last = changeAt + (<usize>changeCount << 3);
  if (changeCount > 0 && start - load<i32>(last - 4) <= join) {
    store<i32>(last - 4, end);
    return true;
  }
  if (changeCount == changeRoom) return false;
  store<i32>(last, start);
  store<i32>(last, end, 4);
  changeCount++;
  return true;
}

/** A stretch that has ended: it is kept when a point stands in it. */
// @ts-ignore: decorator
@inline
function endCopy(textAt: i32, baseAt: i32, size: i32, reach: i32): bool {
  if (size > 2 * reach) spared += size - 2 * reach;
  if (pointCount == 0) return true;
  // Stretches mostly ascend, and most hold no point.
  if (point > 0 && pointAt(point - 1) >= baseAt) point = findPoint(baseAt);
  else while (point < pointCount && pointAt(point) < baseAt) point++;
  if (point == pointCount || pointAt(point) - baseAt >= size) return true;
  if (copyCount == copyRoom) return false;
  const place = copyAt + <usize>copyCount * 12;
  store<i32>(place, textAt);
  store<i32>(place, baseAt, 4);
  store<i32>(place, size, 8);
  copyCount++;
  return true;
}

/**
 * Reads the commands of a delta that was applied.
 *
 * @param pointsAt  ascending places of the base, a number of four bytes each
 * @param changesAt  start and end in the text, of each change
 * @param copiesAt  start in the text, start in the base, bytes, of each stretch with a point
 * @returns number of changes, or NO_ROOM
 */
export function readChanges(
  commandsAt: usize,
  commandsSize: i32,
  baseSize: i32,
  join: i32,
  reach: i32,
  pointsAt: usize,
  numberOfPoints: i32,
  changesAt: usize,
  mostChanges: i32,
  copiesAt: usize,
  mostCopies: i32,
): i32 {
  points = pointsAt;
  pointCount = numberOfPoints;
  point = 0;
  changeAt = changesAt;
  changeRoom = mostChanges;
  changeCount = 0;
  copyAt = copiesAt;
  copyRoom = mostCopies;
  copyCount = 0;
  spared = 0;
  let at = commandsAt;
  const end = commandsAt + <usize>commandsSize;
  let textAt = 0;
  // The stretch that may go on; before the first command one of no bytes at both starts.
  let textStart = 0;
  let baseStart = 0;
  let textEnd = 0;
  let baseEnd = 0;
  while (at < end) {
    const command = <u32>load<u8>(at);
    at++;
    if (command < 128) {
      at += <usize>command;
      textAt += <i32>command;
      continue;
    }
    let offset: u32 = 0;
    let size: u32 = 0;
    if (command & 1) {
      offset = <u32>load<u8>(at);
      at++;
    }
    if (command & 2) {
      offset |= <u32>load<u8>(at) << 8;
      at++;
    }
    if (command & 4) {
      offset |= <u32>load<u8>(at) << 16;
      at++;
    }
    if (command & 8) {
      offset |= <u32>load<u8>(at) << 24;
      at++;
    }
    if (command & 16) {
      size = <u32>load<u8>(at);
      at++;
    }
    if (command & 32) {
      size |= <u32>load<u8>(at) << 8;
      at++;
    }
    if (command & 64) {
      size |= <u32>load<u8>(at) << 16;
      at++;
    }
    if (size == 0) size = 0x10000;
    if (textAt != textEnd || <i32>offset != baseEnd) {
      if (!endCopy(textStart, baseStart, textEnd - textStart, reach)) return NO_ROOM;
      if (!addChange(textEnd, textAt, join)) return NO_ROOM;
      textStart = textAt;
      baseStart = <i32>offset;
    }
    textAt += <i32>size;
    textEnd = textAt;
    baseEnd = <i32>(offset + size);
  }
  if (!endCopy(textStart, baseStart, textEnd - textStart, reach)) return NO_ROOM;
  if ((textAt != textEnd || baseEnd != baseSize) && !addChange(textEnd, textAt, join)) return NO_ROOM;
  return changeCount;
}
