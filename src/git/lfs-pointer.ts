// Recognises a Git LFS pointer: a small text that stands for content kept elsewhere, so there is nothing to scan in it.

const FIRST_LINE = 'version https://git-lfs.github.com/spec/v1\n';
const LEGACY_FIRST_LINE = 'version https://hawser.github.com/spec/v1\n';
const MAX_BYTES = 1024;

/**
 * True when the whole content is an LFS pointer.
 *
 * @param bytes  the whole content, or at least its first 1,025 bytes; a longer content is never a pointer
 * @source https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
export function isLfsPointer(bytes: Uint8Array): boolean {
  // 'v', then the length: two comparisons for nearly every file.
  if (bytes[0] !== 0x76 || bytes.length >= MAX_BYTES || bytes.length < FIRST_LINE.length) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!text.startsWith(FIRST_LINE) && !text.startsWith(LEGACY_FIRST_LINE)) return false;
  // Every further line must be one of the format's own, so that a secret cannot hide behind a forged first line.
  const lines = text.slice(text.indexOf('\n') + 1).split('\n');
  if (lines.pop() !== '') return false;
  const isKnown = lines.every((line) =>
    /^(ext-\d-[a-z0-9.-]{1,40} sha256:[0-9a-f]{64}|oid sha256:[0-9a-f]{64}|size \d{1,19})$/.test(line),
  );
  return isKnown && lines.some((line) => line.startsWith('oid ')) && lines.some((line) => line.startsWith('size '));
}
