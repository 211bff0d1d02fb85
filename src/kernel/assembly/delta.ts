// Applies git's deltas: a base's size, the result's size, then copies from the base and bytes to insert (git's
// Documentation/gitformat-pack). Deltas are hostile: every range is checked before it is used. Source and target need
// 16 bytes behind their ends that may be read or written and may hold anything.

/** The delta is no delta, or does not fit its base. */
const BAD: i32 = -1;
/** A size that needs more than 31 bits. */
const TOO_LARGE: i32 = -2;

let position: usize = 0;
let declaredBase: i32 = 0;
let declaredResult: i32 = 0;

/** Reads a size at `position`. */
function readSize(end: usize): i32 {
  let size: u64 = 0;
  let shift: u64 = 0;
  while (true) {
    if (position >= end) return BAD;
    const byte = <u64>load<u8>(position);
    position++;
    if (shift < 57) size |= (byte & 127) << shift;
    else if ((byte & 127) != 0) return TOO_LARGE;
    shift += 7;
    if (byte < 128) break;
  }
  return size > 0x7fffffff ? TOO_LARGE : <i32>size;
}

/** Reads the two sizes. @returns where the commands start, from the delta's start; BAD or TOO_LARGE */
export function readDeltaHeader(deltaAt: usize, deltaSize: i32): i32 {
  // Git takes nothing shorter for a delta.
  if (deltaSize < 4) return BAD;
  position = deltaAt;
  const end = deltaAt + <usize>deltaSize;
  declaredBase = readSize(end);
  if (declaredBase < 0) return declaredBase;
  declaredResult = readSize(end);
  if (declaredResult < 0) return declaredResult;
  return <i32>(position - deltaAt);
}

/** Base size of the last readDeltaHeader(). */
export function deltaBaseBytes(): i32 {
  return declaredBase;
}

/** Result size of the last readDeltaHeader(). */
export function deltaResultBytes(): i32 {
  return declaredResult;
}

/** Copies in steps of 16 bytes, up to 15 more than asked for. */
// @ts-ignore: decorator
@inline
function copyOver(to: usize, from: usize, size: usize): void {
  if (size > 1024) {
    memory.copy(to, from, size);
    return;
  }
  const stop = to + size;
  while (to < stop) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
}

/**
 * Runs the commands of a delta whose header readDeltaHeader() has read.
 *
 * @param commandsAt  behind the header
 * @param outSize  the declared size of the result
 * @returns 0, or BAD
 */
export function applyDelta(
  commandsAt: usize,
  commandsSize: i32,
  baseAt: usize,
  baseSize: i32,
  outAt: usize,
  outSize: i32,
): i32 {
  let at = commandsAt;
  const end = commandsAt + <usize>commandsSize;
  let out = outAt;
  const outEnd = outAt + <usize>outSize;
  while (at < end) {
    const command = <u32>load<u8>(at);
    at++;
    if (command & 128) {
      let offset: u32 = 0;
      let size: u32 = 0;
      // A copy's arguments are at most 7 bytes; those behind the end are checked for at once.
      if (at + <usize>popcnt(command & 127) > end) return BAD;
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
      if (<u64>offset + <u64>size > <u64>baseSize || size > <u32>(outEnd - out)) return BAD;
      copyOver(out, baseAt + <usize>offset, <usize>size);
      out += <usize>size;
    } else {
      if (command == 0 || command > <u32>(outEnd - out) || command > <u32>(end - at)) return BAD;
      copyOver(out, at, <usize>command);
      out += <usize>command;
      at += <usize>command;
    }
  }
  return out == outEnd ? 0 : BAD;
}
