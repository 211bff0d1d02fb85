// Which parts of a text a delta took over from its base: what stands in none of them is new. For whoever knows the base and
// wants to look at nothing twice. The delta was applied before, so its commands are known to be sound.

const GROWTH = 2;

/** Copied stretches in the order of the text; what is contiguous in both texts is one stretch. */
export interface CopyList {
  count: number;
  /** Three numbers a stretch: start in the text, start in the base, bytes. */
  data: Float64Array;
  /** Bytes of the base; the end of it is an end of the text too, or something was cut off. */
  baseBytes: number;
}

export function createCopyList(): CopyList {
  return { count: 0, data: new Float64Array(3 * 64), baseBytes: 0 };
}

/** A longer list with the same content. */
function grow(data: Float64Array): Float64Array {
  const longer = new Float64Array(data.length * GROWTH);
  longer.set(data);
  return longer;
}

/**
 * Reads the commands of a delta.
 *
 * @param memory  holds the commands in [at, end)
 * @param into  filled anew
 * @source git's gitformat-pack, "Deltified representation"
 */
export function readCopies(memory: Uint8Array, at: number, end: number, baseBytes: number, into: CopyList): void {
  let { data } = into;
  /** Numbers that are filled. */
  let filled = 0;
  let textAt = 0;
  /** Where the last stretch ends, in both texts. */
  let lastTextEnd = -1;
  let lastBaseEnd = -1;
  let next = at;
  while (next < end) {
    const command = memory[next++]!;
    if (command < 128) {
      next += command;
      textAt += command;
      continue;
    }
    let offset = 0;
    let size = 0;
    if (command & 1) offset = memory[next++]!;
    if (command & 2) offset |= memory[next++]! << 8;
    if (command & 4) offset |= memory[next++]! << 16;
    if (command & 8) offset += memory[next++]! * 2 ** 24;
    if (command & 16) size = memory[next++]!;
    if (command & 32) size |= memory[next++]! << 8;
    if (command & 64) size |= memory[next++]! << 16;
    if (size === 0) size = 0x10000;
    if (textAt === lastTextEnd && offset === lastBaseEnd) data[filled - 1]! += size;
    else {
      if (filled === data.length) data = grow(data);
      data[filled] = textAt;
      data[filled + 1] = offset;
      data[filled + 2] = size;
      filled += 3;
    }
    textAt += size;
    lastTextEnd = textAt;
    lastBaseEnd = offset + size;
  }
  into.data = data;
  into.count = filled / 3;
  into.baseBytes = baseBytes;
}
