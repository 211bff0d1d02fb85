// Ids as text, made from the bytes of an index only where somebody must see them.

/** Hex id of an object by its number in the index. */
export function idAt(ids: Buffer, idStart: number, idStride: number, idBytes: number, number: number): string {
  const at = idStart + number * idStride;
  return ids.toString('hex', at, at + idBytes);
}

/** A view of the same bytes. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}
