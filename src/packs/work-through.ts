// Works through a plan: takes units by the shared counter, rebuilds each object in the unpacker's memory and hands it on.
// No recursion and no maps: the plan says which slot holds the base and when a text may go. Every thread calls this.

import { ENTRY } from '../git/entry-header.ts';
import { SLACK, type Unpacker } from '../kernel/unpacker.ts';
import {
  CHANGES_ROOM,
  type ChangeReach,
  createChangeReader,
  type DeltaChanges,
  type ReadDeltaChanges,
} from './delta-changes.ts';
import { asBuffer, idAt } from './hex-ids.ts';
import { readLoose } from './loose-files.ts';
import { openPack, type PackFile, packFromMemory } from './pack-file.ts';
import { createPackWindow, WINDOW_BYTES, WINDOW_ROOM } from './pack-window.ts';
import { NO_SLOT, type PlannedPack, type ReadPlan, STEP } from './read-plan.ts';
import { createTextBlocks } from './text-blocks.ts';

export type StoredType = 'blob' | 'tree' | 'commit' | 'tag';

/** What a sink wants to see again when something builds on a text. */
export interface TextMemo {
  /** Places in the text, ascending: it is told which copied stretches hold one. */
  readonly points: Int32Array;
}

/** What a text was made from. Valid only during the call. */
export interface Lineage {
  /** What the sink gave back for the base. */
  readonly base: TextMemo;
  readonly changes: DeltaChanges;
}

/**
 * Takes one object; `bytes` are valid only during the call.
 *
 * @param lineage  given when the object is a delta and the sink gave something back for its base
 */
export type StoredSink = (
  id: string,
  type: StoredType,
  bytes: Uint8Array,
  lineage: Lineage | undefined,
  // biome-ignore lint/suspicious/noConfusingVoidType: most sinks give nothing back
) => TextMemo | undefined | void;

/** What was not read. */
export interface Leftover {
  /** Damaged, or too large for our memory: git is asked. */
  readonly doubtful: string[];
  /** Left out because more was rebuilt than the plan allows. */
  readonly cut: string[];
}

/** Texts, deltas and large entries that live at once may take this much memory. */
const BUDGET_BYTES = 256 * 2 ** 20;
/** Deltas up to this size are inflated in one place. */
const DELTA_BYTES = 1 << 20;
const LONGEST_TURN_MS = 50;

const TYPE_OF: readonly (StoredType | undefined)[] = Object.entries(ENTRY).reduce<(StoredType | undefined)[]>(
  (list, [name, number]) => {
    if (number <= 4) list[number] = name as StoredType;
    return list;
  },
  [],
);

/** Rebuilds the units of a plan, one at a time. */
function createUnitRunner(
  plan: ReadPlan,
  unpacker: Unpacker,
  sink: StoredSink,
  leftover: Leftover,
  reach: ChangeReach | undefined,
) {
  const windowAt = Math.ceil(unpacker.start / 64) * 64;
  const deltaAt = windowAt + Math.ceil(WINDOW_ROOM / 64) * 64;
  const changesAt = deltaAt + DELTA_BYTES + 1024;
  const blocksAt = changesAt + (reach ? CHANGES_ROOM : 0);
  unpacker.reserve(blocksAt + SLACK);
  const window = createPackWindow(unpacker, windowAt);
  const blocks = createTextBlocks(unpacker, blocksAt, BUDGET_BYTES);
  const files: (PackFile | undefined)[] = [];
  const idBuffers = plan.packs.map((pack) => asBuffer(pack.ids));
  const slotAt = new Float64Array(256);
  const slotSize = new Float64Array(256);
  /** What the sink gave back for the text in a slot. */
  const slotMemo = new Array<TextMemo | undefined>(256).fill(undefined);
  const readChanges: ReadDeltaChanges | undefined = reach && createChangeReader(unpacker, changesAt, reach);
  /** Of the text that was rebuilt last. */
  let lineage: Lineage | undefined;
  /** Address and size of what was rebuilt last; address 0 means that it failed. */
  let textAt = 0;
  let textSize = 0;
  let rebuiltBytes = 0;

  const fileOf = (number: number): PackFile | undefined => {
    const { content, file } = plan.packs[number] as PlannedPack;
    if (!(number in files)) files[number] = content ? packFromMemory(content) : openPack(file, 0);
    return files[number];
  };

  /** Inflates an entry to `outAt`. @returns true when it has exactly the size it should have */
  function inflateEntry(pack: PlannedPack, file: PackFile, node: number, outAt: number): boolean {
    const size = pack.sizes[node] as number;
    const start = (pack.offsets[node] as number) + (pack.headerBytes[node] as number);
    // Where other objects stand between, only so much is read as deflate can need.
    const most = size + Math.floor(size / 256) + 1024;
    const packed = Math.min((pack.offsets[node + 1] as number) - start, most);
    if (packed <= 0) return false;
    if (packed <= WINDOW_BYTES) {
      const at = window.locate(file, start, packed);
      return at >= 0 && unpacker.inflate(at, packed, outAt, size) === size;
    }
    const at = blocks.take(packed);
    if (at < 0) return false;
    const got = file.read(unpacker.memory().subarray(at, at + packed), start);
    const isWhole = got === packed && unpacker.inflate(at, packed, outAt, size) === size;
    blocks.give(at);
    return isWhole;
  }

  function rebuildWhole(pack: PlannedPack, file: PackFile, node: number): boolean {
    textSize = pack.sizes[node] as number;
    textAt = textSize < BUDGET_BYTES ? blocks.take(textSize) : -1;
    if (textAt < 0) return false;
    if (inflateEntry(pack, file, node, textAt)) return true;
    blocks.give(textAt);
    return false;
  }

  function rebuildDelta(pack: PlannedPack, file: PackFile, node: number, slot: number): boolean {
    const size = pack.sizes[node] as number;
    const baseAt = slotAt[slot] as number;
    if (baseAt === 0 || size >= BUDGET_BYTES) return false;
    const at = size <= DELTA_BYTES ? deltaAt : blocks.take(size);
    if (at < 0) return false;
    const isRebuilt = inflateEntry(pack, file, node, at) && applyTo(slot, at, size);
    if (at !== deltaAt) blocks.give(at);
    return isRebuilt;
  }

  function applyTo(slot: number, deltaAt: number, deltaSize: number): boolean {
    const header = unpacker.readDeltaHeader(deltaAt, deltaSize);
    if (header.size < 0 || header.baseBytes !== slotSize[slot] || header.resultBytes >= BUDGET_BYTES) return false;
    textSize = header.resultBytes;
    textAt = blocks.take(textSize);
    if (textAt < 0) return false;
    const commands = deltaSize - header.size;
    const baseAt = slotAt[slot] as number;
    if (unpacker.applyDelta(deltaAt + header.size, commands, baseAt, header.baseBytes, textAt, textSize) === 0) {
      const base = slotMemo[slot];
      const changes = base && readChanges?.(deltaAt + header.size, commands, header.baseBytes, base.points);
      lineage = base && changes && { base, changes };
      return true;
    }
    blocks.give(textAt);
    return false;
  }

  function runPackUnit(number: number, start: number, end: number): void {
    const pack = plan.packs[number] as PlannedPack;
    const file = fileOf(number);
    const ids = idBuffers[number] as Buffer;
    blocks.reset();
    for (let step = start; step < end; step++) {
      const node = pack.steps[step] as number;
      const parentSlot = pack.places[step * 3] as number;
      const ownSlot = pack.places[step * 3 + 1] as number;
      const flags = pack.places[step * 3 + 2] as number;
      const isCut = rebuiltBytes > plan.limitBytes;
      const isRebuilt =
        file !== undefined &&
        !isCut &&
        (parentSlot === NO_SLOT ? rebuildWhole(pack, file, node) : rebuildDelta(pack, file, node, parentSlot));
      if (isRebuilt) rebuiltBytes += textSize;
      let memo: TextMemo | undefined;
      if (flags & STEP.wanted) {
        const id = idAt(ids, pack.idStart, pack.idStride, plan.idBytes, pack.idNumbers[node] as number);
        const type = TYPE_OF[pack.types[node] as number];
        if (isRebuilt && type) {
          const bytes = unpacker.memory().subarray(textAt, textAt + textSize);
          memo = sink(id, type, bytes, parentSlot === NO_SLOT ? undefined : lineage) ?? undefined;
        } else (isCut ? leftover.cut : leftover.doubtful).push(id);
      }
      if (flags & STEP.endsParent && slotAt[parentSlot] !== 0) blocks.give(slotAt[parentSlot] as number);
      if (ownSlot !== NO_SLOT) {
        slotAt[ownSlot] = isRebuilt ? textAt : 0;
        slotSize[ownSlot] = textSize;
        slotMemo[ownSlot] = memo;
      } else if (isRebuilt) blocks.give(textAt);
    }
  }

  function runLooseUnit(start: number, end: number): void {
    for (const loose of plan.loose.slice(start, end)) {
      const content = readLoose(loose, unpacker, blocksAt, BUDGET_BYTES, (type) => plan.types.includes(type));
      if (!content) leftover.doubtful.push(loose.id);
      else if (plan.types.includes(content.type))
        sink(
          loose.id,
          content.type as StoredType,
          unpacker.memory().subarray(content.at, content.at + content.sizeBytes),
          undefined,
        );
    }
  }

  return {
    run: (unit: number): void => {
      const [pack = 0, start = 0, end = 0] = plan.units.subarray(unit * 3, unit * 3 + 3);
      if (pack < 0) runLooseUnit(start, end);
      else runPackUnit(pack, start, end);
    },
    close: (): void => {
      for (const file of files) file?.close();
    },
  };
}

/**
 * Takes units of the plan until none is left.
 *
 * @param unpacker  of this thread; its memory grows to what the largest texts need
 * @param reach  when given, the sink is told what deltas change
 * @returns what this thread could not read; the plan's own `doubtful` is not in it
 */
export async function workThrough(
  plan: ReadPlan,
  unpacker: Unpacker,
  sink: StoredSink,
  reach?: ChangeReach,
): Promise<Leftover> {
  const leftover: Leftover = { doubtful: [], cut: [] };
  const runner = createUnitRunner(plan, unpacker, sink, leftover, reach);
  const total = plan.units.length / 3;
  let last = performance.now();
  try {
    for (let unit = Atomics.add(plan.counter, 0, 1); unit < total; unit = Atomics.add(plan.counter, 0, 1)) {
      runner.run(unit);
      if (performance.now() - last < LONGEST_TURN_MS) continue;
      // Lets Ctrl-C, progress and other threads' messages in.
      await new Promise<void>((resolve) => setImmediate(resolve));
      last = performance.now();
    }
  } finally {
    runner.close();
  }
  return leftover;
}
