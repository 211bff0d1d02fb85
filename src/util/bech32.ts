// Bech32 (BIP 173, final constant 1) without its length limit, as age, Nostr and Sui use it. Lower case only: callers
// fold upper-case forms first, since mixed case is not allowed.

const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECK_LENGTH = 6;

/** Human part and decoded bytes. */
export interface Bech32Text {
  readonly human: string;
  readonly bytes: Uint8Array;
}

function polymod(symbols: Iterable<number>): number {
  let check = 1;
  for (const symbol of symbols) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ symbol;
    for (let i = 0; i < 5; i++) if ((top >>> i) & 1) check ^= GENERATORS[i]!;
  }
  return check >>> 0;
}

function expandHuman(human: string): number[] {
  const codes = Array.from(human, (letter) => letter.charCodeAt(0) & 0xff);
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)];
}

/** Regroups bits; undefined when left-over bits are set or a whole group is left over (only when reading). */
function regroup(values: Iterable<number>, from: number, to: number, isPadded: boolean): number[] | undefined {
  const out: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const value of values) {
    buffer = ((buffer << from) | value) & 0xfff;
    bits += from;
    for (; bits >= to; bits -= to) out.push((buffer >>> (bits - to)) & ((1 << to) - 1));
  }
  if (isPadded) {
    if (bits > 0) out.push((buffer << (to - bits)) & ((1 << to) - 1));
    return out;
  }
  return bits < from && (buffer & ((1 << bits) - 1)) === 0 ? out : undefined;
}

/** @param human lower-case ASCII */
export function encodeBech32(human: string, bytes: Uint8Array): string {
  const data = regroup(bytes, 8, 5, true) ?? [];
  const check = polymod([...expandHuman(human), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  for (let i = 0; i < CHECK_LENGTH; i++) data.push((check >>> (5 * (5 - i))) & 31);
  return `${human}1${data.map((symbol) => LETTERS[symbol]).join('')}`;
}

/**
 * @param text  lower-case; the human part ends at the last `1`
 * @returns undefined when the form, the checksum or the padding bits are wrong
 * @cost linear; callers bound the length
 */
export function decodeBech32(text: string): Bech32Text | undefined {
  const cut = text.lastIndexOf('1');
  if (cut < 1 || text.length - cut - 1 < CHECK_LENGTH) return undefined;
  const human = text.slice(0, cut);
  const symbols = Array.from(text.slice(cut + 1), (letter) => LETTERS.indexOf(letter));
  if (symbols.includes(-1) || polymod([...expandHuman(human), ...symbols]) !== 1) return undefined;
  const bytes = regroup(symbols.slice(0, -CHECK_LENGTH), 5, 8, false);
  return bytes && { human, bytes: Uint8Array.from(bytes) };
}
