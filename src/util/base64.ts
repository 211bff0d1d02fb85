// Strict base64 and base64url. Buffer accepts nearly anything; here a foreign character, wrong padding or a set unused
// bit means "this is not such a text". Padding may be left out in both alphabets.

export type Base64Alphabet = 'base64' | 'base64url';

const FORMS: Readonly<Record<Base64Alphabet, RegExp>> = {
  base64: /^[A-Za-z0-9+/]*={0,2}$/,
  base64url: /^[A-Za-z0-9_-]*={0,2}$/,
};

/**
 * @returns the bytes; undefined when `text` is not what an encoder would have written
 * @cost linear
 */
export function decodeBase64(text: string, alphabet: Base64Alphabet): Buffer | undefined {
  if (!FORMS[alphabet].test(text)) return undefined;
  const firstPad = text.indexOf('=');
  const body = firstPad < 0 ? text : text.slice(0, firstPad);
  if (body.length % 4 === 1 || (firstPad >= 0 && text.length % 4 !== 0)) return undefined;
  const bytes = Buffer.from(body, alphabet);
  // Only the last character can differ: by bits that no byte uses.
  return bytes.toString(alphabet).startsWith(body) ? bytes : undefined;
}

export function encodeBase64(bytes: Uint8Array, alphabet: Base64Alphabet): string {
  return Buffer.from(bytes).toString(alphabet);
}
