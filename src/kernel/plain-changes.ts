// The plain twin of assembly/changes.ts: what a delta changes, and the copied stretches with one of the base's points.
import { type ChangePlaces, UNPACK } from './unpacker.ts';

/** What stands in memory afterwards. */
export interface ReadChanges {
  /** Number of changes, or UNPACK.full. */
  readonly changes: number;
  readonly copies: number;
  readonly spared: number;
}

interface Stretch {
  textAt: number;
  baseAt: number;
  size: number;
}

/** Copied stretches in the order of the text; what is contiguous in both texts is one. The first may have no bytes. */
function readCopies(commands: Uint8Array): { readonly copies: readonly Stretch[]; readonly textBytes: number } {
  let last: Stretch = { textAt: 0, baseAt: 0, size: 0 };
  const copies = [last];
  let textAt = 0;
  for (let at = 0; at < commands.length; ) {
    const command = commands[at++]!;
    if (command < 128) {
      at += command;
      textAt += command;
      continue;
    }
    let offset = 0;
    let size = 0;
    for (let i = 0; i < 4; i++) if (command & (1 << i)) offset += commands[at++]! * 256 ** i;
    for (let i = 0; i < 3; i++) if (command & (16 << i)) size += commands[at++]! * 256 ** i;
    if (size === 0) size = 0x10000;
    if (textAt === last.textAt + last.size && offset === last.baseAt + last.size) last.size += size;
    else {
      last = { textAt, baseAt: offset, size };
      copies.push(last);
    }
    textAt += size;
  }
  return { copies, textBytes: textAt };
}

/** See Unpacker.readChanges. */
export function readPlainChanges(
  memory: Uint8Array,
  commands: Uint8Array,
  baseBytes: number,
  pointCount: number,
  { joinBytes, reachBytes, pointsAt, changesAt, mostChanges, copiesAt, mostCopies }: ChangePlaces,
): ReadChanges {
  const listAt = (address: number, count: number): Int32Array =>
    new Int32Array(memory.buffer, memory.byteOffset + address, count);
  const points = listAt(pointsAt, pointCount);
  const { copies, textBytes } = readCopies(commands);
  const changes: number[] = [];
  const addChange = (start: number, end: number): void => {
    if (changes.length > 0 && start - changes.at(-1)! <= joinBytes) changes[changes.length - 1] = end;
    else changes.push(start, end);
  };
  let spared = 0;
  for (const [i, { textAt, size }] of copies.entries()) {
    const before = copies[i - 1];
    if (before) addChange(before.textAt + before.size, textAt);
    spared += Math.max(0, size - 2 * reachBytes);
  }
  const last = copies.at(-1)!;
  const lastEnd = last.textAt + last.size;
  if (textBytes !== lastEnd || last.baseAt + last.size !== baseBytes) addChange(lastEnd, textBytes);
  const kept = copies.filter(({ baseAt, size }) => points.some((point) => point >= baseAt && point < baseAt + size));
  if (changes.length > mostChanges * 2 || kept.length > mostCopies) return { changes: UNPACK.full, copies: 0, spared };
  listAt(changesAt, changes.length).set(changes);
  listAt(copiesAt, kept.length * 3).set(kept.flatMap(({ textAt, baseAt, size }) => [textAt, baseAt, size]));
  return { changes: changes.length / 2, copies: kept.length, spared };
}
