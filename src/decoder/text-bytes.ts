// Whether decoded bytes are a text worth a look: images, archives, maps and drawings are not.

const HEAD_BYTES = 512;
/** One control character in so many bytes is suffered. */
const CONTROL_SHARE = 50;
/** Drawings and source maps: long, frequent, and without secrets. */
const NOISE =
  /^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,300}-->\s*)?(?:<!DOCTYPE svg[^>]{0,300}>\s*)?<svg[\s>]|^\{"version":3,|^(?:GIF8|%PDF-|RIFF|OTTO|wOF[F2]|ID3)/;

/** True for printable ASCII, tabs and line ends. */
export function isTextByte(c: number): boolean {
  return (c >= 32 && c < 127) || c === 10 || c === 13 || c === 9;
}

export function isReadableText(bytes: Buffer): boolean {
  const size = Math.min(bytes.length, HEAD_BYTES);
  if (size < 4) return false;
  let controls = 0;
  let foreign = 0;
  for (let i = 0; i < size; i++) {
    const c = bytes[i]!;
    if (c === 0) return false;
    if (c >= 128) foreign++;
    else if (!isTextByte(c)) controls++;
  }
  if (controls * CONTROL_SHARE > size) return false;
  const head = bytes.subarray(0, size);
  // Bytes beyond ASCII must be UTF-8; the cut at the end may break a character.
  if (foreign > 0 && (head.toString('utf8').match(/\ufffd/g)?.length ?? 0) > 1) return false;
  return !NOISE.test(head.toString('latin1', 0, HEAD_BYTES));
}
