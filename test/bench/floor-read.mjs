// The floor of every tree figure: one thread that lists the files below a path and reads each into one reused buffer.
// The last argument is the path (a file or a folder), so that it can stand in for the product: `floor-read.mjs scan PATH`.
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';

const buffer = new Uint8Array(1 << 20);

function readFile(path) {
  const file = openSync(path, 'r');
  let bytes = 0;
  for (let got = readSync(file, buffer); got > 0; got = readSync(file, buffer)) bytes += got;
  closeSync(file);
  return bytes;
}

function readFolder(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) bytes += readFile(path);
    else if (entry.isDirectory() && entry.name !== '.git') bytes += readFolder(path);
  }
  return bytes;
}

const path = process.argv.at(-1);
process.stdout.write(`${statSync(path).isDirectory() ? readFolder(path) : readFile(path)} bytes\n`);
