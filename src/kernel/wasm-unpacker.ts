// The unpacker on the WebAssembly module, in a memory of its own: [module's own data | inflate's tables | free].
import { UNPACK, type Unpacker } from './unpacker.ts';
import { kernelModule } from './wasm-kernel.ts';

const PAGE = 65_536;
/** Memory grows by at least this much, since growing makes new views. */
const STEP_PAGES = 64;
const MAX_PAGES = 65_536;

interface UnpackModule {
  readonly memory: WebAssembly.Memory;
  readonly staticEnd: () => number;
  readonly inflateScratch: () => number;
  readonly configureInflate: (scratchAt: number) => void;
  readonly inflate: (inAt: number, inSize: number, outAt: number, outSize: number) => number;
  readonly readDeltaHeader: (deltaAt: number, deltaSize: number) => number;
  readonly deltaBaseBytes: () => number;
  readonly deltaResultBytes: () => number;
  readonly applyDelta: Unpacker['applyDelta'];
  readonly readChanges: (
    commandsAt: number,
    commandsSize: number,
    baseBytes: number,
    joinBytes: number,
    reachBytes: number,
    pointsAt: number,
    pointCount: number,
    changesAt: number,
    mostChanges: number,
    copiesAt: number,
    mostCopies: number,
  ) => number;
  readonly keptCopies: () => number;
  readonly sparedBytes: () => number;
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}

/** The module says 2 where we say "too large". */
function headerCode(code: number): number {
  return code === -2 ? UNPACK.tooLarge : code;
}

/** See Unpacker. */
export function createWasmUnpacker(): Unpacker {
  const module = new WebAssembly.Instance(kernelModule(), {}).exports as unknown as UnpackModule;
  const scratchAt = align(module.staticEnd());
  const start = align(scratchAt + module.inflateScratch());
  let memory = new Uint8Array(module.memory.buffer);
  const reserve = (end: number): void => {
    if (end <= memory.length) return;
    const wanted = Math.ceil(end / PAGE);
    const there = memory.length / PAGE;
    if (wanted > MAX_PAGES) throw new RangeError(`${end} bytes: more than WebAssembly memory can have`);
    module.memory.grow(Math.max(wanted - there, Math.min(STEP_PAGES, MAX_PAGES - there)));
    memory = new Uint8Array(module.memory.buffer);
  };
  reserve(start);
  module.configureInflate(scratchAt);
  return {
    start,
    memory: () => memory,
    reserve,
    // Addresses are unsigned there and numbers here: both agree up to 4 GiB.
    inflate: module.inflate,
    readDeltaHeader: (deltaAt, deltaSize) => {
      const size = headerCode(module.readDeltaHeader(deltaAt, deltaSize));
      return { size, baseBytes: module.deltaBaseBytes(), resultBytes: module.deltaResultBytes() };
    },
    applyDelta: module.applyDelta,
    readChanges: (commandsAt, commandsSize, baseBytes, pointCount, places) => {
      const { joinBytes, reachBytes, pointsAt, changesAt, mostChanges, copiesAt, mostCopies } = places;
      const count = module.readChanges(
        commandsAt,
        commandsSize,
        baseBytes,
        joinBytes,
        reachBytes,
        pointsAt,
        pointCount,
        changesAt,
        mostChanges,
        copiesAt,
        mostCopies,
      );
      return count < 0 ? UNPACK.full : count;
    },
    keptCopies: module.keptCopies,
    sparedBytes: module.sparedBytes,
  };
}
