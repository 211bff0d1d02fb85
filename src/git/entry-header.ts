// Reads what stands in front of a pack entry's zlib stream: kind, size, and which base a delta has (git's gitformat-pack).
// One state is reused, since a large history has a million entries.

/** Kinds of entries, as packs number them. */
export const ENTRY = { commit: 1, tree: 2, blob: 3, tag: 4, offsetDelta: 6, idDelta: 7 } as const;
/** The most bytes a sound header takes: size, then an id of 32 bytes. */
export const MAX_ENTRY_HEADER_BYTES = 10 + 32;

export interface EntryHeader {
  kind: number;
  /** Of the inflated content; of the delta itself for deltas. */
  sizeBytes: number;
  /** Where the zlib stream starts, from the entry's start. */
  headerBytes: number;
  /** offsetDelta: how far before this entry the base starts. */
  distance: number;
  /** idDelta: where the base's id stands, from the entry's start. */
  idAt: number;
}

export function createEntryHeader(): EntryHeader {
  return { kind: 0, sizeBytes: 0, headerBytes: 0, distance: 0, idAt: 0 };
}

/**
 * @param at  start of the entry in `bytes`, which may end anywhere
 * @returns false when there is no sound header
 */
export function readEntryHeader(bytes: Uint8Array, at: number, idBytes: number, into: EntryHeader): boolean {
  let place = at;
  let byte = bytes[place++];
  if (byte === undefined) return false;
  const kind = (byte >> 4) & 7;
  let size = byte & 15;
  for (let scale = 16; byte >= 128; scale *= 128) {
    byte = bytes[place++];
    if (byte === undefined || scale > 2 ** 46) return false;
    size += (byte & 127) * scale;
  }
  into.kind = kind;
  into.sizeBytes = size;
  into.distance = 0;
  into.idAt = 0;
  if (kind === ENTRY.offsetDelta) {
    byte = bytes[place++];
    if (byte === undefined) return false;
    let distance = byte & 127;
    while (byte >= 128) {
      byte = bytes[place++];
      if (byte === undefined || distance > 2 ** 44) return false;
      distance = (distance + 1) * 128 + (byte & 127);
    }
    into.distance = distance;
  } else if (kind === ENTRY.idDelta) {
    into.idAt = place - at;
    place += idBytes;
    if (place > bytes.length) return false;
  } else if (kind === 0 || kind === 5) return false;
  into.headerBytes = place - at;
  return true;
}
