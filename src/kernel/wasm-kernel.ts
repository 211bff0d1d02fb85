// Loads the WebAssembly module and lays out its memory: [module's own data | tables | zeros | input | zeros | output].
import type { Kernel } from './kernel.ts';
import { WASM_BASE64 } from './scan-wasm.ts';

/** The smallest module that uses SIMD: (func (result v128) (v128.const …)); validates only where SIMD is there. */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 22, 1, 20, 0, 253, 12],
  ...new Array<number>(16).fill(0),
  11,
);
/** Zero bytes kept before and behind the input, which the module may read. */
const MARGIN = 256;
const TABLES_AT = 4096;
/** Candidates that fit before the caller must drain them; 12 bytes each. */
const OUTPUT_CAPACITY = 32_768;
const PAGE = 65_536;

interface ScanModule {
  readonly memory: WebAssembly.Memory;
  readonly configure: (tablesAt: number, inputAt: number, outputAt: number, capacity: number) => void;
  readonly begin: (size: number) => void;
  readonly run: () => number;
  readonly isDone: () => number;
  readonly cutCount: () => number;
  readonly findZero: (from: number, to: number) => number;
  readonly countNewlines: (from: number, to: number) => number;
  readonly countUnits: (from: number, to: number) => number;
}

export function isSimdSupported(): boolean {
  return WebAssembly.validate(SIMD_PROBE);
}

let compiled: WebAssembly.Module | undefined;

/** The one module of the kernel, compiled once. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Buffer.from(WASM_BASE64, 'base64'));
  return compiled;
}

/** See createKernel. @throws RangeError when memory for the capacity cannot be had */
export function createWasmKernel(tables: Uint8Array, capacity: number): Kernel {
  const module = new WebAssembly.Instance(kernelModule(), {}).exports as unknown as ScanModule;
  const inputAt = (TABLES_AT + tables.length + MARGIN + 63) & ~63;
  const outputAt = (inputAt + capacity + MARGIN + 63) & ~63;
  const total = outputAt + OUTPUT_CAPACITY * 12;
  const missing = Math.ceil(total / PAGE) - module.memory.buffer.byteLength / PAGE;
  if (missing > 0) module.memory.grow(missing);
  const memory = new Uint8Array(module.memory.buffer);
  memory.set(tables, TABLES_AT);
  module.configure(TABLES_AT, inputAt, outputAt, OUTPUT_CAPACITY);
  const input = memory.subarray(inputAt, inputAt + capacity);
  return {
    input,
    candidates: new Int32Array(module.memory.buffer, outputAt, OUTPUT_CAPACITY * 3),
    begin: (size) => {
      // The module reads past the end and counts on zeros there.
      memory.fill(0, inputAt + size, inputAt + size + MARGIN);
      module.begin(size);
      return module.run();
    },
    next: () => module.run(),
    isDone: () => module.isDone() !== 0,
    cutCount: () => module.cutCount(),
    findZero: (from, to) => module.findZero(from, to),
    countNewlines: (from, to) => module.countNewlines(from, to),
    countUnits: (from, to) => module.countUnits(from, to),
  };
}
