// Writes the large files, seeded and streamed: text of 250, 500 and 1,000 MB; one line of 25, 50 and 100 MB; one run of
// token characters of the same three sizes. A smaller file is the start of the next one, so growth can be judged.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statfsSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, say } from './record.mjs';
import { makeBlock, makeRandom, makeTokenBlock } from './seeded-text.mjs';

const USAGE = 'node test/bench/make-large.mjs OUT [--scale N]   (--scale 0.01 makes files of a hundredth, for a trial)';
const BLOCK_BYTES = 4_000_000;
const FAMILIES = [
  { name: 'text', megabytes: [250, 500, 1000], makeBlock },
  { name: 'line', megabytes: [25, 50, 100], makeBlock: (random, bytes) => joinLines(makeBlock(random, bytes)) },
  { name: 'run', megabytes: [25, 50, 100], makeBlock: makeTokenBlock },
];

/** As a bundler does it: no line feed is left, and no space at a line's start. */
function joinLines(block) {
  for (let i = 0; i < block.length; i++) if (block[i] === 0x0a) block[i] = 0x3b;
  return block;
}

/** Repeats the block, each time from another place of it, so that the same bytes never stand at the same distance. */
function writeLarge(path, block, bytes) {
  const file = openSync(`${path}.part`, 'w');
  const hash = createHash('sha256');
  for (let written = 0, turn = 0; written < bytes; turn++) {
    const cut = (turn * 1_000_003) % block.length;
    for (const part of [block.subarray(cut), block.subarray(0, cut)]) {
      const piece = part.subarray(0, Math.min(part.length, bytes - written));
      for (let done = 0; done < piece.length; ) done += writeSync(file, piece, done);
      hash.update(piece);
      written += piece.length;
    }
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
  return hash.digest('hex');
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string', default: '1' } },
});
const scale = Number(values.scale);
if (positionals.length !== 1 || !(scale > 0)) fail(`say where the files go: ${USAGE}`);
const out = resolve(positionals[0]);
mkdirSync(out, { recursive: true });

const wantedBytes = FAMILIES.flatMap((family) => family.megabytes).reduce((sum, mb) => sum + mb * scale * 1e6, 0);
const disk = statfsSync(out);
if (disk.bavail * disk.bsize < wantedBytes) {
  fail(
    `${out}: the files need ${(wantedBytes / 1e9).toFixed(1)} GB, the disk has less; take --scale 0.5 or another place`,
  );
}
for (const family of FAMILIES) {
  const block = family.makeBlock(makeRandom(7), Math.min(BLOCK_BYTES, Math.round(25e6 * scale)));
  for (const megabytes of family.megabytes) {
    const path = join(out, `${family.name}-${megabytes}.txt`);
    if (existsSync(path)) say(`${path}: there already`);
    else say(`${path}: ${writeLarge(path, block, Math.round(megabytes * scale * 1e6))}`);
  }
}
