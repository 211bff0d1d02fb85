// Times the kernel alone on one core: 128 MB of source text in memory, in pieces of 1 MiB. The copy into the kernel's
// memory is timed apart. Beside it in the same rounds: another checkout's kernel (--baseline), and the plain twin on a
// part of the text. The number of candidates stands in the record: a faster kernel must find the same.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadKernel } from './load-kernel.mjs';
import { median } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, makeTable, ROOT, say } from './record.mjs';

const USAGE = `node test/bench/bench-kernel.mjs --corpus FOLDER [options]
  --corpus FOLDER    made by make-corpus.mjs; its folder plain is read
  --rules FILE       compiled rules as the build writes them (without it: stand-in words)
  --baseline ROOT    another checkout of the product, measured in the same rounds
  --megabytes N, --runs N, --chunk BYTES, --note TEXT, --record FOLDER`;
const SOURCE = new Set(
  '.js .mjs .cjs .ts .mts .tsx .jsx .json .css .scss .md .py .java .kt .c .cc .cpp .h .m .mm'.split(' '),
);
/** The twin takes a tenth of the speed: a part of the text is enough. */
const TWIN_BYTES = 16e6;

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    rules: { type: 'string' },
    baseline: { type: 'string' },
    megabytes: { type: 'string', default: '128' },
    runs: { type: 'string', default: '15' },
    chunk: { type: 'string', default: String(1 << 20) },
    note: { type: 'string', default: '' },
    record: { type: 'string', default: join(ROOT, 'test/bench/runs') },
    help: { type: 'boolean' },
  },
});
if (values.help || values.corpus === undefined) fail(USAGE);
const plain = join(resolve(values.corpus), 'plain');
if (!existsSync(plain)) fail(`${plain} is not there; make it: node test/bench/make-corpus.mjs ${values.corpus}`);
if (values.rules !== undefined && !existsSync(values.rules)) fail(`--rules ${values.rules}: is not there`);
const chunkBytes = Number(values.chunk);
const runs = Number(values.runs);

/** Whole source files, evenly taken from the whole corpus, up to `bytes`. */
function readText(bytes) {
  const paths = readdirSync(plain, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && SOURCE.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const text = Buffer.alloc(bytes);
  let size = 0;
  // Every seventh file, then the ones behind them: any amount of text is a mixture of all packages.
  const mixed = Array.from({ length: 7 }, (_, first) => paths.filter((_path, i) => i % 7 === first)).flat();
  for (const path of mixed) {
    if (size >= bytes) break;
    size += readFileSync(path).copy(text, size);
  }
  if (size < bytes) fail(`${plain} holds less than ${bytes} bytes of source; take a smaller --megabytes`);
  return text;
}

/** One pass over the text. @returns bytes, candidates, milliseconds of scan and copy, and CPU milliseconds of both */
function pass(kernel, text) {
  let copyNs = 0n;
  let scanNs = 0n;
  let candidates = 0;
  const cpuBefore = process.cpuUsage();
  for (let at = 0; at < text.length; at += chunkBytes) {
    const piece = text.subarray(at, at + chunkBytes);
    const start = process.hrtime.bigint();
    kernel.input.set(piece);
    const copied = process.hrtime.bigint();
    candidates += kernel.begin(piece.length);
    while (!kernel.isDone()) candidates += kernel.next();
    scanNs += process.hrtime.bigint() - copied;
    copyNs += copied - start;
  }
  const cpu = process.cpuUsage(cpuBefore);
  return {
    bytes: text.length,
    candidates,
    scanMs: Number(scanNs) / 1e6,
    copyMs: Number(copyNs) / 1e6,
    cpuMs: (cpu.user + cpu.system) / 1e3,
  };
}

const before = describeMachine();
const text = readText(Number(values.megabytes) * 1e6);
const loaded = await loadKernel(ROOT, values.rules, chunkBytes);
const lanes = [
  { label: 'kernel', kernel: loaded.kernel, text },
  { label: 'plain twin', kernel: loaded.twin, text: text.subarray(0, TWIN_BYTES) },
];
if (values.baseline !== undefined) {
  const other = await loadKernel(resolve(values.baseline), values.rules, chunkBytes);
  lanes.splice(1, 0, { label: 'baseline', kernel: other.kernel, text });
}
say(`${text.length / 1e6} MB of source text in pieces of ${chunkBytes} bytes; ${loaded.words}`);

// The first pass runs partly in unoptimised code; it is kept as `first`, because short scans never get beyond it.
for (const lane of lanes) lane.first = pass(lane.kernel, lane.text);
for (const lane of lanes) lane.passes = [];
for (let round = 0; round < runs; round++) {
  for (const lane of lanes) lane.passes.push(pass(lane.kernel, lane.text));
}
const rate = (one, key = 'scanMs') => Math.round(one.bytes / 1e3 / one[key]);
const contestants = lanes.map(({ label, first, passes }) => {
  const rates = passes.map((one) => rate(one));
  return {
    label,
    minMbPerS: Math.min(...rates),
    medianMbPerS: Math.round(median(rates)),
    maxMbPerS: Math.max(...rates),
    cpuMbPerS: Math.round(median(passes.map((one) => rate(one, 'cpuMs')))),
    firstPassMbPerS: rate(first),
    copyMbPerS: Math.round(median(passes.map((one) => rate(one, 'copyMs')))),
    candidatesPerMb: Math.round(first.candidates / (first.bytes / 1e6)),
    candidates: first.candidates,
    passes: passes.length,
  };
});
const head = ['MB/s', 'min', 'median', 'max', 'by CPU time', 'first pass', 'copy alone', 'candidates/MB'];
const rows = contestants.map((c) => [
  c.label,
  c.minMbPerS,
  c.medianMbPerS,
  c.maxMbPerS,
  c.cpuMbPerS,
  c.firstPassMbPerS,
  c.copyMbPerS,
  c.candidatesPerMb,
]);
say(`\n${makeTable(head, rows)}`);
const goals = [judgeGoal('kernel, median MB/s', contestants[0].medianMbPerS, { atLeast: 1500 })];
const notes = { text: values.note, megabytes: text.length / 1e6, chunkBytes, words: loaded.words };
finish('kernel', { before, contestants, goals, notes, folder: resolve(values.record) });
