// The message in the bytes of a commit or an annotated tag: what follows the first empty line. Headers (people, dates,
// signatures) are left out; a signature in the message of a tag stays, it holds no secret.

const NEWLINE = 0x0a;

/** @returns a view of the bytes; empty when there is no message */
export function messageOf(bytes: Uint8Array): Uint8Array {
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    if (bytes[at + 1] === NEWLINE) return bytes.subarray(at + 2);
  }
  return bytes.subarray(bytes.length);
}

/** Ids named by `tree` and `parent` headers of a commit, or by `object` of a tag. Stops at the first other header. */
export function linksOf(bytes: Uint8Array): readonly string[] {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024)).toString('latin1');
  const links: string[] = [];
  for (const line of head.split('\n')) {
    const id = /^(?:tree|parent|object) ([0-9a-f]{40,64})$/.exec(line)?.[1];
    if (id === undefined) break;
    links.push(id);
  }
  return links;
}
