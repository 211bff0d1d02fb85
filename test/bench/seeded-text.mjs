// Text that looks like source code and holds no secret, the same for the same seed: lines of identifiers, calls,
// strings, an import, now and then a hash, an id or a password-like word without a value, about as often as in real code.
const SYLLABLES = 'ba co di fe gu ha ki lo mu ne po qui ra se ti vo we xe ya zo'.split(' ');
const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @returns a function that gives an integer in [0, bound). @source mulberry32 (public domain) */
export function makeRandom(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

function makeWord(random) {
  let word = '';
  for (let i = 2 + random(3); i > 0; i--) word += SYLLABLES[random(SYLLABLES.length)];
  return word;
}

function makeRun(random, letters, length) {
  let text = '';
  for (let i = 0; i < length; i++) text += letters[random(letters.length)];
  return text;
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

function makeLine(random) {
  const word = () => makeWord(random);
  const kind = random(100);
  if (kind < 40) return `  const ${word()}${capital(word())} = ${word()}.${word()}(${word()}, ${random(1000)});`;
  if (kind < 60) return `  if (${word()} !== '${word()} ${word()}') return ${word()}${capital(word())}(${word()});`;
  if (kind < 75) return `  // ${word()} ${word()} ${word()} ${word()} ${word()} ${word()}.`;
  if (kind < 85) return `import { ${word()} } from './${word()}/${word()}.js';`;
  if (kind < 92) return `  { "${word()}": "${word()}", "${word()}": [${random(99)}, ${random(99)}, ${random(99)}] },`;
  if (kind < 96) return '}';
  if (kind < 98) return `  readonly ${word()}: { password: string; token?: ${capital(word())} };`;
  if (kind < 99) return `  "integrity": "sha512-${makeRun(random, BASE64, 86)}==",`;
  return `  "commit": "${makeRun(random, HEX, 40)}",`;
}

/** `count` lines, each ended by a line feed; about 45 bytes a line. */
export function makeLines(random, count) {
  let text = '';
  for (let i = 0; i < count; i++) text += `${makeLine(random)}\n`;
  return text;
}

/** One block of about `bytes` bytes: whole lines, then spaces up to the exact size. */
export function makeBlock(random, bytes) {
  let text = makeLines(random, Math.floor(bytes / 64));
  while (text.length < bytes - 256) text += makeLines(random, 1);
  return Buffer.from(`${text}${' '.repeat(bytes - text.length - 1)}\n`, 'latin1');
}

/** One block of token characters without a break: the worst that a scanner of token runs can meet. */
export function makeTokenBlock(random, bytes) {
  return Buffer.from(makeRun(random, BASE64, bytes), 'latin1');
}
