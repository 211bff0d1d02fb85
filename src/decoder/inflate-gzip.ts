// gzip (RFC 1952) within bounds. zlib is loaded at first use only: hooks nearly never need it.

/**
 * @param limit most bytes that may come out; more is a bomb, or not worth it
 * @returns undefined when it is broken or too large; a cut end is allowed
 */
export function inflateGzip(bytes: Buffer, limit: number): Buffer | undefined {
  const zlib = process.getBuiltinModule('node:zlib');
  try {
    return zlib.gunzipSync(bytes, { maxOutputLength: limit, finishFlush: zlib.constants.Z_SYNC_FLUSH });
  } catch {
    // Foreign bytes: whatever is wrong with them, there is nothing to read.
    return undefined;
  }
}
