// Chooses the unpacker: the WebAssembly module, and without SIMD its plain twin.
import { createPlainUnpacker } from './plain-unpacker.ts';
import type { Unpacker } from './unpacker.ts';
import { isSimdSupported } from './wasm-kernel.ts';
import { createWasmUnpacker } from './wasm-unpacker.ts';

/** An unpacker with a memory of its own. */
export function createUnpacker(): Unpacker {
  return isSimdSupported() ? createWasmUnpacker() : createPlainUnpacker();
}
