// SHA-256 and the rest of node:crypto, loaded on first use: importing node:crypto at start costs milliseconds that the
// pre-commit hook does not have.

/** node:crypto, loaded by the first call. */
export function loadCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}

/** 32 bytes. A text is taken as latin1. */
export function sha256(data: string | Uint8Array): Uint8Array {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  return loadCrypto().createHash('sha256').update(bytes).digest();
}
