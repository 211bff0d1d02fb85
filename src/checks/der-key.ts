// What kind of private key some DER is: PKCS#1, SEC 1, DSA, PKCS#8 plain and encrypted. By structure, not by label,
// because converted files often carry the wrong one. @source RFC 8017, RFC 5915, RFC 5958
import { DER, type DerValue, readDerSequence, readDerValues, writeDer } from '../util/der.ts';
import type { RandomText } from '../util/random-text.ts';

const ALGORITHMS: Readonly<Record<string, string>> = {
  '2a864886f70d010101': 'RSA',
  '2a864886f70d01010a': 'RSA',
  '2a8648ce3d0201': 'EC',
  '2a8648ce380401': 'DSA',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
  '2b656e': 'X25519',
  '2b656f': 'X448',
};

function bitLength(content: Uint8Array): number {
  let start = 0;
  while (start < content.length && content[start] === 0) start++;
  return start === content.length ? 0 : (content.length - start) * 8 - Math.clz32(content[start]!) + 24;
}

/** Name of the algorithm in an AlgorithmIdentifier; '' when it has an identifier that is not listed. */
function algorithmName(value: DerValue | undefined): string | undefined {
  if (value?.tag !== DER.sequence) return undefined;
  const oid = readDerValues(value.content)?.[0];
  if (oid?.tag !== DER.oid) return undefined;
  return ALGORITHMS[Buffer.from(oid.content).toString('hex')] ?? '';
}

/**
 * @param bytes  one DER value to the exact end
 * @returns `encrypted`, or a short name such as `RSA 2048 bits`; undefined when it is no private key
 */
export function describeDerKey(bytes: Uint8Array): string | undefined {
  const values = readDerSequence(bytes);
  const [first, second, third] = values ?? [];
  if (!values || !first || !second) return undefined;
  if (first.tag === DER.sequence && second.tag === DER.octets && values.length === 2) {
    return algorithmName(first) === undefined ? undefined : 'encrypted';
  }
  if (first.tag !== DER.integer || first.content.length !== 1) return undefined;
  if (second.tag === DER.sequence && third?.tag === DER.octets) {
    const name = algorithmName(second);
    return name === undefined ? undefined : `PKCS#8 ${name}`.trim();
  }
  if (second.tag === DER.octets && first.content[0] === 1) {
    const size = second.content.length;
    return size >= 14 && size <= 72 ? 'EC' : undefined;
  }
  const integers = values.filter((value) => value.tag === DER.integer && value.content.length > 0).length;
  if (integers === 6 && values.length === 6) return `DSA ${bitLength(second.content)} bits`;
  return integers >= 9 && bitLength(second.content) >= 256 ? `RSA ${bitLength(second.content)} bits` : undefined;
}

function integer(random: RandomText, size: number): Uint8Array {
  const bytes = random.bytes(size);
  bytes[0] = bytes[0]! | 0x80;
  return writeDer(DER.integer, Uint8Array.from([0]), bytes);
}

function oid(hex: string): Uint8Array {
  return writeDer(DER.oid, Buffer.from(hex, 'hex'));
}

const ZERO = Uint8Array.from([DER.integer, 1, 0]);
const P256 = '2a8648ce3d030107';

/** Keys of random numbers in the right frame: they parse and open nothing. */
export const MINT_DER: Readonly<Record<string, (random: RandomText) => Uint8Array>> = {
  rsa: (random) => {
    const halves = [128, 128, 128, 128, 128].map((size) => integer(random, size));
    const exponent = writeDer(DER.integer, Uint8Array.from([1, 0, 1]));
    return writeDer(DER.sequence, ZERO, integer(random, 256), exponent, integer(random, 256), ...halves);
  },
  dsa: (random) => writeDer(DER.sequence, ZERO, ...[128, 20, 128, 128, 20].map((size) => integer(random, size))),
  ec: (random) =>
    writeDer(
      DER.sequence,
      writeDer(DER.integer, Uint8Array.from([1])),
      writeDer(DER.octets, random.bytes(32)),
      writeDer(0xa0, oid(P256)),
      writeDer(0xa1, writeDer(0x03, Uint8Array.from([0, 4]), random.bytes(64))),
    ),
  pkcs8: (random) => {
    const algorithm = writeDer(DER.sequence, oid('2a864886f70d010101'), writeDer(0x05));
    return writeDer(DER.sequence, ZERO, algorithm, writeDer(DER.octets, MINT_DER.rsa!(random)));
  },
  ed25519: (random) => {
    const algorithm = writeDer(DER.sequence, oid('2b6570'));
    return writeDer(DER.sequence, ZERO, algorithm, writeDer(DER.octets, writeDer(DER.octets, random.bytes(32))));
  },
  encrypted: (random) => {
    const parameters = writeDer(
      DER.sequence,
      writeDer(DER.octets, random.bytes(8)),
      writeDer(DER.integer, Uint8Array.from([8, 0])),
    );
    const algorithm = writeDer(DER.sequence, oid('2a864886f70d01050d'), parameters);
    return writeDer(DER.sequence, algorithm, writeDer(DER.octets, random.bytes(1232)));
  },
};
