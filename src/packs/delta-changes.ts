// What a delta changed of its base: for whoever knows the base and wants to look at nothing twice. Lists lie in the unpacker's
// memory; a delta with more changes than there is room for is told as one that nothing is known of.
import type { Unpacker } from '../kernel/unpacker.ts';

/** What a text was made from. Valid only during the call that hands it on. */
export interface DeltaChanges {
  readonly changeCount: number;
  /** Start and end of each change, in the order of the text. */
  readonly changes: Int32Array;
  readonly copyCount: number;
  /** Three numbers each: start in the text, start in the base, bytes. Only stretches in which a point of the base stands. */
  readonly copies: Int32Array;
  /** Bytes of the base; the end of it is an end of the text too, or something was cut off. */
  readonly baseBytes: number;
  /** Bytes of copied stretches that are farther than the reach from both ends. */
  readonly sparedBytes: number;
}

/** Which changes belong together, and how far they reach. */
export interface ChangeReach {
  readonly joinBytes: number;
  readonly reachBytes: number;
}

const MOST_POINTS = 1 << 14;
const MOST_CHANGES = 1 << 14;
const MOST_COPIES = 1 << 14;
/** What the lists need. */
export const CHANGES_ROOM = MOST_POINTS * 4 + MOST_CHANGES * 8 + MOST_COPIES * 12;

/** @returns undefined when it is too much */
export type ReadDeltaChanges = (
  commandsAt: number,
  commandsSize: number,
  baseBytes: number,
  points: Int32Array,
) => DeltaChanges | undefined;

interface Lists {
  readonly points: Int32Array;
  readonly changes: Int32Array;
  readonly copies: Int32Array;
}

/** @param at  address of CHANGES_ROOM bytes, a multiple of four */
export function createChangeReader(unpacker: Unpacker, at: number, reach: ChangeReach): ReadDeltaChanges {
  const places = {
    ...reach,
    pointsAt: at,
    changesAt: at + MOST_POINTS * 4,
    mostChanges: MOST_CHANGES,
    copiesAt: at + MOST_POINTS * 4 + MOST_CHANGES * 8,
    mostCopies: MOST_COPIES,
  };
  let memory: Uint8Array | undefined;
  let lists: Lists | undefined;
  /** Views of the memory as it is now. */
  const open = (): Lists => {
    if (lists && memory === unpacker.memory()) return lists;
    memory = unpacker.memory();
    const { buffer, byteOffset } = memory;
    const list = (address: number, count: number): Int32Array => new Int32Array(buffer, byteOffset + address, count);
    lists = {
      points: list(places.pointsAt, MOST_POINTS),
      changes: list(places.changesAt, MOST_CHANGES * 2),
      copies: list(places.copiesAt, MOST_COPIES * 3),
    };
    return lists;
  };
  return (commandsAt, commandsSize, baseBytes, points) => {
    if (points.length > MOST_POINTS) return undefined;
    const { points: known, changes, copies } = open();
    known.set(points);
    const changeCount = unpacker.readChanges(commandsAt, commandsSize, baseBytes, points.length, places);
    if (changeCount < 0) return undefined;
    const copyCount = unpacker.keptCopies();
    return { changeCount, changes, copyCount, copies, baseBytes, sparedBytes: unpacker.sparedBytes() };
  };
}
