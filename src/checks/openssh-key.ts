// The binary content of OpenSSH private key files. @source OpenSSH PROTOCOL.key
import type { RandomText } from '../util/random-text.ts';

const MAGIC = Buffer.from('openssh-key-v1\0', 'latin1');
/** Files with more keys are allowed and do not occur. */
const MAX_KEYS = 8;

/** Reads a length-prefixed string at `at`; undefined when it is cut. */
function readString(bytes: Buffer, at: number): { content: Buffer; end: number } | undefined {
  if (at + 4 > bytes.length) return undefined;
  const end = at + 4 + bytes.readUInt32BE(at);
  return end > bytes.length ? undefined : { content: bytes.subarray(at + 4, end), end };
}

/** Name of the cipher and the private part. */
interface OpensshParts {
  readonly cipher: string;
  readonly privatePart: Buffer;
  /** Bytes after the private part: an authentication tag of some ciphers. */
  readonly restSize: number;
}

function splitParts(bytes: Buffer): OpensshParts | undefined {
  const cipher = readString(bytes, MAGIC.length);
  const kdf = cipher && readString(bytes, cipher.end);
  const options = kdf && readString(bytes, kdf.end);
  if (!options || options.end + 4 > bytes.length) return undefined;
  const count = bytes.readUInt32BE(options.end);
  let at = options.end + 4;
  for (let i = 0; i < Math.min(count, MAX_KEYS); i++) {
    const key = readString(bytes, at);
    if (!key) return undefined;
    at = key.end;
  }
  const secret = readString(bytes, at);
  if (!secret) return undefined;
  return {
    cipher: cipher.content.toString('latin1'),
    privatePart: secret.content,
    restSize: bytes.length - secret.end,
  };
}

export function hasOpensshMagic(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, MAGIC.length), MAGIC) === 0;
}

/** @returns `encrypted`, `OpenSSH`, or undefined when the content does not hold together */
export function describeOpensshKey(bytes: Uint8Array): string | undefined {
  const parts = splitParts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if (!parts || parts.privatePart.length < 16) return undefined;
  if (parts.cipher !== 'none') return 'encrypted';
  const isOpen = parts.privatePart.readUInt32BE(0) === parts.privatePart.readUInt32BE(4);
  return isOpen && parts.restSize === 0 ? 'OpenSSH' : undefined;
}

function writeString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

/** An Ed25519 file of random bytes in the right frame. */
export function mintOpensshKey(random: RandomText, isEncrypted: boolean): Buffer {
  const publicKey = Buffer.from(random.bytes(32));
  const publicBlob = Buffer.concat([writeString('ssh-ed25519'), writeString(publicKey)]);
  const check = Buffer.from(random.bytes(4));
  const secret = Buffer.concat([random.bytes(32), publicKey]);
  const open = Buffer.concat([check, check, publicBlob, writeString(secret), writeString('me@example.com')]);
  const padded = Buffer.concat([open, Uint8Array.from({ length: (8 - (open.length % 8)) % 8 }, (_, i) => i + 1)]);
  const frame = isEncrypted
    ? ['aes256-ctr', 'bcrypt', Buffer.concat([writeString(random.bytes(16)), Buffer.from([0, 0, 0, 16])])]
    : ['none', 'none', ''];
  return Buffer.concat([
    MAGIC,
    ...frame.map(writeString),
    Buffer.from([0, 0, 0, 1]),
    writeString(publicBlob),
    writeString(isEncrypted ? random.bytes(padded.length) : padded),
  ]);
}
