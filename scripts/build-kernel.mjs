// Compiles src/kernel/assembly to WebAssembly and writes it, base64, into src/kernel/scan-wasm.ts. The result is
// committed, so that tests and types need no build; `node scripts/build-kernel.mjs --check` fails when it is out of date.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCE = 'src/kernel/assembly';
/** What all of them export is exported by the one module. */
const FILES = ['scan.ts', 'inflate.ts', 'delta.ts', 'changes.ts', 'lines.ts'];
const TARGET = 'src/kernel/scan-wasm.ts';
const LIMIT_BYTES = 32 * 1024;

let binary;
const options = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1'];
const { error, stderr } = await asc.main([...FILES, ...options, '--outFile', 'kernel.wasm'], {
  readFile: (name) => (existsSync(`${SOURCE}/${name}`) ? readFileSync(`${SOURCE}/${name}`, 'utf8') : null),
  writeFile: (_, content) => {
    binary = content;
  },
  listFiles: () => [],
});
if (error || !binary) throw new Error(`The kernel does not compile:\n${stderr.toString()}`, { cause: error });
if (binary.length > LIMIT_BYTES)
  throw new Error(`The kernel has ${binary.length} bytes; at most ${LIMIT_BYTES} are allowed.`);
const text = `// Made by scripts/build-kernel.mjs from src/kernel/assembly; do not edit.
/** The kernel module, ${binary.length} bytes. */
export const WASM_BASE64 =
  '${Buffer.from(binary).toString('base64')}';
`;
if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== text)
    throw new Error(`${TARGET} is out of date: run node scripts/build-kernel.mjs`);
} else {
  // A file that stays as it is keeps its age; a new one is there at once and whole, for others who build now.
  if (!existsSync(TARGET) || readFileSync(TARGET, 'utf8') !== text) {
    writeFileSync(`${TARGET}.${process.pid}`, text);
    renameSync(`${TARGET}.${process.pid}`, TARGET);
  }
}
process.stdout.write(`kernel: ${binary.length} bytes\n`);
