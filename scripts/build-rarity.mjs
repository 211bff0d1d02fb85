// Makes src/detector/pair-rarity-table.ts: how rare each pair of neighbouring characters is in words and identifiers.
// Usage: node scripts/build-rarity.mjs FOLDER…   (source text and prose, such as unpacked packages)
// The table is committed; make it anew only on purpose, and then measure detection before and after.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-';
const TEXT = /\.(?:js|ts|mjs|cjs|md|json|py|go|rb|java|rs|c|h|css|html|txt|ya?ml|sh|php|rst)$/;
const SIZE = ALPHABET.length;
const index = new Int16Array(256).fill(-1);
[...ALPHABET].forEach((c, i) => {
  index[c.charCodeAt(0)] = i;
});

const counts = new Float64Array(SIZE * SIZE);
let bytes = 0;
function addFile(path) {
  const text = readFileSync(path);
  if (text.length > 400_000) return;
  bytes += text.length;
  const seen = new Set();
  for (const [word] of text.toString('latin1').matchAll(/[A-Za-z][A-Za-z0-9_-]{2,23}/g)) {
    // Each word once a file: what repeats in one file says little about how people write.
    if (seen.has(word)) continue;
    seen.add(word);
    for (let i = 0; i + 1 < word.length; i++)
      counts[index[word.charCodeAt(i)] * SIZE + index[word.charCodeAt(i + 1)]]++;
  }
}
function walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else if (entry.isFile() && TEXT.test(entry.name)) addFile(path);
  }
}
for (const folder of process.argv.slice(2)) walk(folder);

// Bits of surprise given the first character, in quarters, one printable character each (0 = 'A').
let table = '';
for (let a = 0; a < SIZE; a++) {
  let row = 0;
  for (let b = 0; b < SIZE; b++) row += counts[a * SIZE + b] + 0.5;
  for (let b = 0; b < SIZE; b++) {
    const bits = -Math.log2((counts[a * SIZE + b] + 0.5) / row);
    table += String.fromCharCode(65 + Math.min(57, Math.round(bits * 4)));
  }
}
const rows = table.match(/.{64}/g).map((row) => `  ${JSON.stringify(row)},`);
writeFileSync(
  'src/detector/pair-rarity-table.ts',
  `// Made by scripts/build-rarity.mjs from ${Math.round(bytes / 1e6)} MB of published packages' text; do not edit.
// Row = first character, column = second, both in the order of PAIR_ALPHABET; a character code less 65 is the surprise
// of the pair in quarter bits.
export const PAIR_ALPHABET = '${ALPHABET}';
export const PAIR_RARITY: readonly string[] = [
${rows.join('\n')}
];
`,
);
process.stdout.write(`${Math.round(bytes / 1e6)} MB read\n`);
