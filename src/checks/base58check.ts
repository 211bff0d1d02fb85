// Bitcoin keys in Base58Check: wallet import format and BIP-32 extended private keys. Random text passes once in 2^32.
import { decodeBase58Check, encodeBase58Check } from '../util/base58.ts';
import type { Check } from './check.ts';
import { FAIL, passWith, UNKNOWN } from './outcome.ts';

const WIF_NETWORKS: Readonly<Record<number, string>> = { 128: 'main network', 239: 'test network' };

/** A version byte, 32 bytes, and 01 when the public key is compressed. @source Bitcoin; the known key of number 1 */
export const base58checkWif: Check = {
  name: 'base58check-wif',
  test: (value) => {
    if (!/^(?:[59][1-9A-HJ-NP-Za-km-z]{50}|[KLc][1-9A-HJ-NP-Za-km-z]{51})$/.test(value)) return UNKNOWN;
    const payload = decodeBase58Check(value);
    const network = payload && WIF_NETWORKS[payload[0]!];
    const isWhole = payload?.length === 33 || (payload?.length === 34 && payload[33] === 1);
    return network !== undefined && isWhole ? passWith(network) : FAIL;
  },
  mint: (random, argument) =>
    encodeBase58Check(Uint8Array.from([argument === 'test' ? 0xef : 0x80, ...random.bytes(32), 1])),
};

/** Version bytes of extended private keys (BIP-32 and SLIP-132). */
const EXTENDED_VERSIONS: Readonly<Record<string, number>> = {
  xprv: 0x0488ade4,
  yprv: 0x049d7878,
  zprv: 0x04b2430c,
  tprv: 0x04358394,
  uprv: 0x044a4e28,
  vprv: 0x045f18bc,
};

/** 78 bytes, a zero before the key. @source bitcoin/bips bip-0032 */
export const base58checkXprv: Check = {
  name: 'base58check-xprv',
  test: (value) => {
    const name = /^([xyztuv]prv)[1-9A-HJ-NP-Za-km-z]{107}$/.exec(value)?.[1];
    if (name === undefined) return UNKNOWN;
    const payload = decodeBase58Check(value);
    const version = payload && Buffer.from(payload).readUInt32BE(0);
    const isKey = payload?.length === 78 && version === EXTENDED_VERSIONS[name] && payload[45] === 0;
    return isKey ? passWith(`${/[tuv]/.test(name[0]!) ? 'test' : 'main'} network`, `depth ${payload[4]}`) : FAIL;
  },
  mint: (random, argument) => {
    const payload = Buffer.alloc(78);
    payload.writeUInt32BE(EXTENDED_VERSIONS[argument] ?? 0x0488ade4);
    Buffer.from(random.bytes(32)).copy(payload, 13);
    Buffer.from(random.bytes(32)).copy(payload, 46);
    return encodeBase58Check(payload);
  },
};
