// Distinguished encoding rules (X.690), as far as key files need them: one value with tag and content, and the values
// inside a constructed one. Short tags and definite lengths only; every length is checked against what is there.

/** One value; `content` is a view, not a copy. */
export interface DerValue {
  /** The identifier byte, such as 0x02 INTEGER, 0x04 OCTET STRING, 0x06 OBJECT IDENTIFIER, 0x30 SEQUENCE. */
  readonly tag: number;
  readonly content: Uint8Array;
}

export const DER = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30 } as const;

/**
 * Reads the value at `start`.
 *
 * @returns the value and the offset after it; undefined when it is cut, indefinite or has a long tag
 */
function readAt(bytes: Uint8Array, start: number): { value: DerValue; end: number } | undefined {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || (tag & 31) === 31) return undefined;
  let from = start + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 3 || from + count > bytes.length) return undefined;
    length = 0;
    for (let i = 0; i < count; i++) length = (length << 8) | bytes[from + i]!;
    from += count;
  }
  const end = from + length;
  return end > bytes.length ? undefined : { value: { tag, content: bytes.subarray(from, end) }, end };
}

/** Size in bytes that the first value claims for itself, header included, even when `bytes` is shorter. */
export function claimedDerSize(bytes: Uint8Array): number | undefined {
  const first = bytes[1];
  if (first === undefined || first === 0x80 || first > 0x83) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (bytes.length < 2 + count) return undefined;
  return 2 + count + bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Reads values up to the exact end; undefined when they do not fill `bytes`, or are more than 64. */
export function readDerValues(bytes: Uint8Array): DerValue[] | undefined {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const read = readAt(bytes, at);
    if (!read || values.length === 64) return undefined;
    values.push(read.value);
    at = read.end;
  }
  return values;
}

/** The values inside the one SEQUENCE that `bytes` must be. */
export function readDerSequence(bytes: Uint8Array): DerValue[] | undefined {
  const values = readDerValues(bytes);
  const only = values?.[0];
  return values?.length === 1 && only?.tag === DER.sequence ? readDerValues(only.content) : undefined;
}

/** Writes one value; the counterpart of the reader, for minted examples. Content below 16 MiB. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents);
  const size = content.length;
  let header = [tag, size];
  if (size >= 0x80) header = [tag, 0x81, size];
  if (size >= 0x100) header = [tag, 0x82, size >>> 8, size & 255];
  if (size >= 0x10000) header = [tag, 0x83, size >>> 16, (size >>> 8) & 255, size & 255];
  return Buffer.concat([Uint8Array.from(header), content]);
}
