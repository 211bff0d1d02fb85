// Decides in which order objects are rebuilt, before anything is read: every delta tree depth-first, the heaviest child
// last, so that its parent's text can go before. Then at most log2(entries) texts live at once, however deep the chains
// are. Plain data in shared memory: every thread works through the same plan, taking units by one shared counter.

import { ENTRY } from '../git/entry-header.ts';
import { findOffset } from './delta-forest.ts';
import { asBuffer, idAt } from './hex-ids.ts';
import type { LooseFile } from './loose-files.ts';
import { isPacked, type ObjectStores, type StoredPack } from './object-stores.ts';

/** Flags of a step. */
export const STEP = { wanted: 1, endsParent: 2 } as const;
/** No slot: a root has no parent's, a leaf needs none of its own. */
export const NO_SLOT = 255;
/** Trees are put together into units of about this size, so that the counter is asked seldom. */
const UNIT_BYTES = 1 << 20;
const LOOSE_A_UNIT = 64;
/** A unit that is more than this part of everything is begun first, so that no thread is left alone with it. */
const HEAVY_PART = 1 / 64;

/** What a thread needs to know of one pack. Typed arrays lie in shared memory. */
export interface PlannedPack {
  readonly file: string;
  /** The whole file, when it is kept in memory. */
  readonly content: Uint8Array | undefined;
  readonly ids: Uint8Array;
  readonly idStart: number;
  readonly idStride: number;
  readonly offsets: Float64Array;
  readonly idNumbers: Uint32Array;
  readonly types: Uint8Array;
  readonly headerBytes: Uint8Array;
  readonly sizes: Uint32Array;
  /** Entries in the order of work. */
  readonly steps: Uint32Array;
  /** Three bytes a step: slot of the parent's text, slot of the own text, flags. */
  readonly places: Uint8Array;
}

/** Can be sent to other threads. */
export interface ReadPlan {
  readonly idBytes: number;
  readonly packs: readonly PlannedPack[];
  readonly loose: readonly LooseFile[];
  /** Types whose content is wanted of loose objects. */
  readonly types: readonly string[];
  /** Three numbers a unit: pack (or -1 for loose files), first step, end. */
  readonly units: Int32Array;
  /** One number: the next unit. */
  readonly counter: Int32Array;
  /** Wanted ids that cannot be read here; of blobs and maybe of other types. */
  readonly doubtful: readonly string[];
  /** Wanted ids whose deltas go round in a circle: nobody can read them, and git must not be asked. */
  readonly circular: readonly string[];
  /** About how many bytes the wanted objects have. */
  readonly estimatedBytes: number;
  /** More than this is not rebuilt by one thread: a bomb of deltas. */
  readonly limitBytes: number;
}

/** Which objects are wanted. */
export interface Wish {
  readonly isWanted: (id: string) => boolean;
  /** When given, nothing else is wanted: then the others' ids need not be made into text. */
  readonly ids?: ReadonlySet<string>;
  readonly types: readonly ('blob' | 'tree' | 'commit' | 'tag')[];
  /** Leaves out what packs hold, save for their doubtful entries. */
  readonly isLooseOnly?: boolean;
}

interface Unit {
  readonly pack: number;
  readonly start: number;
  end: number;
  bytes: number;
}

/** Marks wanted entries; 1 by entry. */
function markWanted(pack: StoredPack, wish: Wish): Uint8Array {
  const { index, forest, repeated } = pack;
  const wanted = new Uint8Array(forest?.count ?? 0);
  if (!forest) return wanted;
  const types = new Set<number>(wish.types.map((type) => ENTRY[type]));
  if (wish.ids) {
    for (const id of wish.ids) {
      const number = index.find(Buffer.from(id, 'hex'), 0);
      if (number < 0 || repeated?.[number] === 1) continue;
      const node = findOffset(forest.offsets, index.offsetOf(number), forest.count);
      if (node >= 0 && types.has(forest.types[node] as number)) wanted[node] = 1;
    }
    return wanted;
  }
  const ids = asBuffer(index.bytes);
  for (const node of forest.order) {
    const number = forest.idNumbers[node] as number;
    if (repeated?.[number] === 1 || !types.has(forest.types[node] as number)) continue;
    if (wish.isWanted(idAt(ids, index.idStart, index.idStride, index.idBytes, number))) wanted[node] = 1;
  }
  return wanted;
}

/** How many entries must be rebuilt at and below each entry; 0 where none is wanted. */
function weigh(order: Uint32Array, parents: Int32Array, wanted: Uint8Array): Uint32Array {
  const weights = new Uint32Array(parents.length);
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k] as number;
    if (wanted[node] !== 1 && weights[node] === 0) continue;
    weights[node]!++;
    const parent = parents[node] as number;
    if (parent >= 0) weights[parent]! += weights[node] as number;
  }
  return weights;
}

/** Children that must be rebuilt, by parent, the heaviest first. */
function listChildren(parents: Int32Array, weights: Uint32Array) {
  const count = parents.length;
  const starts = new Uint32Array(count + 1);
  const hasStep = (i: number): boolean => weights[i] !== 0 && (parents[i] as number) >= 0;
  for (let i = 0; i < count; i++) if (hasStep(i)) starts[(parents[i] as number) + 1]!++;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i] as number;
  const children = new Uint32Array(starts[count] as number);
  const next = starts.slice(0, count);
  for (let i = count - 1; i >= 0; i--) {
    if (!hasStep(i)) continue;
    const parent = parents[i] as number;
    const first = starts[parent] as number;
    const at = next[parent]!++;
    children[at] = i;
    if (at > first && (weights[i] as number) > (weights[children[first] as number] as number)) {
      children[at] = children[first] as number;
      children[first] = i;
    }
  }
  return { starts, children };
}

/** Slots for texts: small numbers, used again. */
function createSlots() {
  const free: number[] = [];
  let made = 0;
  return { take: (): number => free.pop() ?? made++, give: (slot: number): void => void free.push(slot) };
}

/** Lays out the steps of one pack and cuts them into units. */
function planPack(pack: StoredPack, number: number, wish: Wish, units: Unit[]): PlannedPack | undefined {
  const { index, forest } = pack;
  if (!forest) return undefined;
  const { parents, order, types, sizes } = forest;
  const wanted = markWanted(pack, wish);
  const weights = weigh(order, parents, wanted);
  const { starts, children } = listChildren(parents, weights);
  let total = 0;
  for (const weight of weights) if (weight > 0) total++;
  const steps = new Uint32Array(new SharedArrayBuffer(total * 4));
  const places = new Uint8Array(new SharedArrayBuffer(total * 3));
  const slotOf = new Uint8Array(forest.count);
  const left = new Uint32Array(forest.count);
  const slots = createSlots();
  const stack: number[] = [];
  let step = 0;
  for (let root = 0; root < forest.count; root++) {
    if ((parents[root] as number) >= 0 || weights[root] === 0 || types[root] === 0) continue;
    const bytes = (sizes[root] as number) * (weights[root] as number);
    const unit = units.at(-1);
    if (unit && unit.pack === number && unit.bytes + bytes <= UNIT_BYTES) unit.bytes += bytes;
    else units.push({ pack: number, start: step, end: step, bytes });
    stack.push(root);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const parent = parents[node] as number;
      const first = starts[node] as number;
      const end = starts[node + 1] as number;
      const own = end > first ? slots.take() : NO_SLOT;
      const endsParent = parent >= 0 && --left[parent]! === 0;
      steps[step] = node;
      places[step * 3] = parent >= 0 ? (slotOf[parent] as number) : NO_SLOT;
      places[step * 3 + 1] = own;
      places[step * 3 + 2] = (wanted[node] === 1 ? STEP.wanted : 0) | (endsParent ? STEP.endsParent : 0);
      step++;
      if (endsParent) slots.give(slotOf[parent] as number);
      slotOf[node] = own;
      left[node] = end - first;
      for (let k = first; k < end; k++) stack.push(children[k] as number);
    }
    (units.at(-1) as Unit).end = step;
  }
  return {
    file: pack.file,
    content: pack.content,
    ids: index.bytes,
    idStart: index.idStart,
    idStride: index.idStride,
    offsets: forest.offsets,
    idNumbers: forest.idNumbers,
    types,
    headerBytes: forest.headerBytes,
    sizes,
    steps,
    places,
  };
}

/** Ids of entries that are not sound and that no other store has. */
function listDoubtful(stores: ObjectStores, wish: Wish) {
  const loose = new Set(stores.loose.map(({ id }) => id));
  const doubtful = new Set<string>();
  const circular = new Set<string>();
  for (const { index, forest, sound } of stores.packs) {
    const isCircular = new Set(forest?.circular.map((node) => forest.idNumbers[node] as number));
    const ids = asBuffer(index.bytes);
    if (wish.ids) {
      // A few objects are wanted: the many others need no look.
      for (const id of wish.ids) {
        const number = index.find(Buffer.from(id, 'hex'), 0);
        if (number < 0 || sound[number] === 1 || loose.has(id) || isPacked(stores.packs, Buffer.from(id, 'hex')))
          continue;
        (isCircular.has(number) ? circular : doubtful).add(id);
      }
      continue;
    }
    for (let number = sound.indexOf(0); number >= 0; number = sound.indexOf(0, number + 1)) {
      const id = idAt(ids, index.idStart, index.idStride, index.idBytes, number);
      const isElsewhere = loose.has(id) || isPacked(stores.packs, Buffer.from(id, 'hex'));
      if (!isElsewhere && wish.isWanted(id)) (isCircular.has(number) ? circular : doubtful).add(id);
    }
  }
  return { doubtful: [...doubtful].filter((id) => !circular.has(id)), circular: [...circular] };
}

/** Heavy units first, the others as they lie in the packs, which is the cheapest way to read them. */
function orderUnits(units: readonly Unit[], totalBytes: number): Unit[] {
  const isHeavy = (unit: Unit): boolean => unit.bytes > totalBytes * HEAVY_PART && unit.bytes > UNIT_BYTES;
  const heavy = units.filter(isHeavy).sort((a, b) => b.bytes - a.bytes || a.pack - b.pack || a.start - b.start);
  return [...heavy, ...units.filter((unit) => !isHeavy(unit))];
}

/** Plans the reading of all wanted objects, each once. */
export function makeReadPlan(stores: ObjectStores, idBytes: number, wish: Wish): ReadPlan {
  const units: Unit[] = [];
  const packs: PlannedPack[] = [];
  for (const pack of stores.packs) {
    const planned = wish.isLooseOnly ? undefined : planPack(pack, packs.length, wish, units);
    if (planned) packs.push(planned);
  }
  const estimatedBytes = units.reduce((sum, unit) => sum + unit.bytes, 0);
  const ordered = orderUnits(units, estimatedBytes);
  const loose = stores.loose.filter(({ id }) => wish.isWanted(id));
  for (let start = 0; start < loose.length; start += LOOSE_A_UNIT)
    ordered.push({ pack: -1, start, end: Math.min(start + LOOSE_A_UNIT, loose.length), bytes: 0 });
  const flat = new Int32Array(new SharedArrayBuffer(ordered.length * 12));
  for (const [i, { pack, start, end }] of ordered.entries()) flat.set([pack, start, end], i * 3);
  return {
    idBytes,
    packs,
    loose,
    types: wish.types,
    units: flat,
    counter: new Int32Array(new SharedArrayBuffer(4)),
    ...listDoubtful(stores, wish),
    estimatedBytes,
    limitBytes: Math.max(64 * 2 ** 30, stores.packBytes * 1000),
  };
}
