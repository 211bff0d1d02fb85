// The members of a zip that lies in memory. Members are unpacked in small groups, so that memory stays bounded; a member
// that cannot be unpacked does not take the others with it.
import { type UnzipFileInfo, unzipSync } from 'fflate';
import type { Budget } from './budget.ts';

export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A member that was left out, and why. */
export interface ZipFault {
  readonly name: string;
  readonly message: string;
}

/** Unpacked together: enough to read the directory of the zip not too often. */
const GROUP_BYTES = 16 << 20;
const GROUP_MEMBERS = 500;
const STORED = 0;
const DEFLATED = 8;

/** @throws Error when the directory of the zip cannot be read */
function listMembers(zip: Uint8Array): readonly UnzipFileInfo[] {
  const members: UnzipFileInfo[] = [];
  unzipSync(zip, {
    filter: (member) => {
      members.push({ ...member });
      return false;
    },
  });
  return members;
}

/** The members at [from, to) of the directory. @throws Error when one of them cannot be unpacked */
function unpackGroup(zip: Uint8Array, from: number, to: number, wanted: (index: number) => boolean): Uint8Array[] {
  let index = -1;
  const names: string[] = [];
  const found = unzipSync(zip, {
    filter: ({ name }) => {
      index++;
      const isWanted = index >= from && index < to && wanted(index);
      if (isWanted) names.push(name);
      return isWanted;
    },
  });
  return names.map((name) => found[name]!);
}

/**
 * @param onFault gets each member that was left out
 * @throws Error for no zip, or a broken one; LimitReached
 */
export function* readZip(zip: Uint8Array, budget: Budget, onFault: (fault: ZipFault) => void): Generator<ZipMember> {
  const members = listMembers(zip);
  const isWanted = members.map(({ name, originalSize, compression }) => {
    if (name.endsWith('/')) return false;
    if (compression !== STORED && compression !== DEFLATED) {
      onFault({ name, message: `is packed by method ${compression}, which is not supported` });
      return false;
    }
    if (originalSize > budget.limits.memberBytes) {
      onFault({ name, message: `is larger than ${budget.limits.memberBytes >> 20} MiB; not unpacked` });
      return false;
    }
    return true;
  });
  for (let from = 0; from < members.length; ) {
    // Of two members of one name in a group the library would keep the last alone.
    const names = new Set<string>();
    let to = from;
    let size = 0;
    while (to < members.length && to - from < GROUP_MEMBERS && size < GROUP_BYTES && !names.has(members[to]!.name)) {
      names.add(members[to]!.name);
      size += isWanted[to] ? members[to]!.originalSize : 0;
      to++;
    }
    budget.takeBytes(size);
    yield* unpackEach(zip, members, isWanted, [from, to], budget, onFault);
    from = to;
  }
}

/** Unpacks a group at once, or one by one when one of them is broken. */
function* unpackEach(
  zip: Uint8Array,
  members: readonly UnzipFileInfo[],
  isWanted: readonly boolean[],
  [from, to]: readonly [number, number],
  budget: Budget,
  onFault: (fault: ZipFault) => void,
): Generator<ZipMember> {
  const indexes = members.flatMap((_, i) => (i >= from && i < to && isWanted[i] ? [i] : []));
  if (indexes.length === 0) return;
  let unpacked: readonly (Uint8Array | undefined)[];
  try {
    unpacked = unpackGroup(zip, from, to, (i) => isWanted[i]!);
  } catch {
    // Found out below which one it is.
    unpacked = indexes.map((i) => unpackOne(zip, members[i]!.name, i, onFault));
  }
  for (const [k, bytes] of unpacked.entries()) {
    if (!bytes) continue;
    budget.takeMember();
    yield { name: members[indexes[k]!]!.name, bytes };
  }
}

function unpackOne(
  zip: Uint8Array,
  name: string,
  index: number,
  onFault: (fault: ZipFault) => void,
): Uint8Array | undefined {
  try {
    return unpackGroup(zip, index, index + 1, () => true)[0];
  } catch {
    onFault({ name, message: 'cannot be unpacked: damaged or encrypted' });
    return undefined;
  }
}
