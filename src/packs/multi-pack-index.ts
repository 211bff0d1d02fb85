// Reads a multi-pack-index (git's gitformat-pack): only for packs whose own index is gone, since a pack's own index says
// everything that it says. The result looks like a pack's index, with the objects that the file ascribes to that pack.
import { findId, type IndexFault, type PackIndex } from './pack-index.ts';

const MAGIC = 0x4d494458; // MIDX
const CHUNK = { packNames: 0x504e414d, fanout: 0x4f494446, ids: 0x4f49444c, offsets: 0x4f4f4646, long: 0x4c4f4646 };
const HEADER_BYTES = 12;

export interface MultiPackIndex {
  /** File names as listed, such as `pack-….idx`. */
  readonly packNames: readonly string[];
  /** The index of one pack, by its number in packNames. */
  readonly indexOf: (pack: number) => PackIndex;
}

interface Chunk {
  readonly at: number;
  readonly size: number;
}

function readChunks(view: DataView, count: number, end: number): ReadonlyMap<number, Chunk> | undefined {
  const chunks = new Map<number, Chunk>();
  const offsetAt = (i: number): number =>
    view.getUint32(HEADER_BYTES + i * 12 + 4) * 2 ** 32 + view.getUint32(HEADER_BYTES + i * 12 + 8);
  if (HEADER_BYTES + (count + 1) * 12 > end) return undefined;
  for (let i = 0; i < count; i++) {
    const at = offsetAt(i);
    const size = offsetAt(i + 1) - at;
    if (size < 0 || at + size > end) return undefined;
    chunks.set(view.getUint32(HEADER_BYTES + i * 12), { at, size });
  }
  return chunks;
}

function readNames(bytes: Uint8Array, chunk: Chunk, count: number): readonly string[] | undefined {
  const text = Buffer.from(bytes.slice(chunk.at, chunk.at + chunk.size)).toString('utf8');
  const names = text.split('\0').slice(0, count);
  return names.length === count && names.every((name) => /^[^/\\]+\.(?:idx|pack)$/.test(name)) ? names : undefined;
}

/** Takes a multi-pack-index apart. @param bytes  the whole file */
export function parseMultiPackIndex(
  bytes: Uint8Array<SharedArrayBuffer>,
  idBytes: number,
): MultiPackIndex | IndexFault {
  const damaged = (why: string): IndexFault => ({ fault: 'damaged', why });
  if (bytes.length < HEADER_BYTES + idBytes) return damaged('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== MAGIC) return damaged('no multi-pack-index');
  const version = bytes[4];
  if (version !== 1 || bytes[5] !== (idBytes === 20 ? 1 : 2))
    return { fault: 'unknown', why: `version ${version}, hash ${bytes[5]}` };
  const end = bytes.length - idBytes;
  const chunks = readChunks(view, bytes[6] ?? 0, end);
  const names = chunks?.get(CHUNK.packNames);
  const ids = chunks?.get(CHUNK.ids);
  const offsets = chunks?.get(CHUNK.offsets);
  const long = chunks?.get(CHUNK.long);
  const packNames = names && readNames(bytes, names, view.getUint32(8));
  if (!packNames || !ids || !offsets) return damaged('a table is missing');
  const count = Math.floor(offsets.size / 8);
  if (ids.size < count * idBytes) return damaged('its tables differ in length');

  const readOffset = (i: number): number => {
    const short = view.getUint32(offsets.at + i * 8 + 4);
    if (!long || short < 0x80000000) return short;
    const at = (short - 0x80000000) * 8;
    if (at + 8 > long.size) return Number.NaN;
    return view.getUint32(long.at + at) * 2 ** 32 + view.getUint32(long.at + at + 4);
  };
  return {
    packNames,
    indexOf: (pack) => {
      const mine: number[] = [];
      for (let i = 0; i < count; i++) if (view.getUint32(offsets.at + i * 8) === pack) mine.push(i);
      const table = new Uint8Array(new SharedArrayBuffer(mine.length * idBytes));
      for (const [k, i] of mine.entries())
        table.set(bytes.subarray(ids.at + i * idBytes, ids.at + (i + 1) * idBytes), k * idBytes);
      return {
        count: mine.length,
        idBytes,
        bytes: table,
        idStart: 0,
        idStride: idBytes,
        offsetOf: (i) => readOffset(mine[i] ?? 0),
        packChecksum: new Uint8Array(0),
        find: (wanted, at) => findId(table, 0, idBytes, idBytes, [0, mine.length], wanted, at),
      };
    },
  };
}
