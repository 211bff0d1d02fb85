// Whether decoded bytes are a text worth a look: images, archives, maps and drawings are not.

const HEAD_BYTES = 512;
/** One control character in so many bytes is suffered. */
const CONTROL_SHARE = 50;
/** Drawings, source maps, files of other kinds, and signed lists of public keys: long, frequent, and without secrets. */
const NOISE = new RegExp(
  [
    String.raw`^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,300}-->\s*)?(?:<!DOCTYPE svg[^>]{0,300}>\s*)?<svg[\s>]`,
    String.raw`^\{"version":3,`,
    '^(?:GIF8|%PDF-|RIFF|OTTO|wOF[F2]|ID3)',
    String.raw`^\{\s{0,9}"(?:signed": ?\{\s{0,9}"_type"|mediaType": ?"application/vnd\.)`,
  ].join('|'),
);

/** True for printable ASCII, tabs and line ends. */
export function isTextByte(c: number): boolean {
  return (c >= 32 && c < 127) || c === 10 || c === 13 || c === 9;
}

/** True when the first bytes tell that it is a drawing, a source map, or a file of another kind. */
export function isNoise(head: Buffer): boolean {
  return NOISE.test(head.toString('latin1'));
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
  return !isNoise(head);
}
