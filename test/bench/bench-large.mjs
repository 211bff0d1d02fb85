// Scans single files of 1x, 2x and 4x the size: they must end, memory must not grow with the file, time must grow no
// faster than the file. Growth is judged on the fastest runs, less the fastest empty Node script of the same rounds: the
// small files take too little time for a median to stand above the noise.
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeContestants, readTimes, SHARED_OPTIONS, SHARED_USAGE, sayRun, scriptContestant } from './contestants.mjs';
import { measureInTurn, tabulate } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, say } from './record.mjs';

const USAGE = `node test/bench/bench-large.mjs --files FOLDER [options]
  --files FOLDER         made by make-large.mjs
  --only text,line,run   which families (default: all)
${SHARED_USAGE}`;
const FAMILIES = { text: [250, 500, 1000], line: [25, 50, 100], run: [25, 50, 100] };
const PEAK_LIMIT_MB = 150;
// Four times the bytes in at most 4.6 times the time: linear, with 15 % for noise.
const GROWTH_LIMIT = 4.6;

const { values } = parseArgs({
  options: {
    ...SHARED_OPTIONS,
    files: { type: 'string' },
    only: { type: 'string', default: 'text,line,run' },
    help: { type: 'boolean' },
  },
});
if (values.help || values.files === undefined) fail(USAGE);
const times = readTimes(values, 5);
const before = describeMachine();
const measured = [];
const goals = [];
for (const family of values.only.split(',')) {
  const names = (FAMILIES[family] ?? fail(`--only ${family}: not known\n${USAGE}`)).map((mb) => `${family}-${mb}.txt`);
  const contestants = names.flatMap((name) => {
    const path = join(resolve(values.files), name);
    if (!existsSync(path)) fail(`${path} is not there; make it: node test/bench/make-large.mjs ${values.files}`);
    const megabytes = statSync(path).size / 1e6;
    const here = makeContestants(values, { args: ['scan', path], shownArgs: ['scan', name], path });
    const floor = scriptContestant('floor: read the file', 'floor-read.mjs', [path], [name]);
    return [floor, ...here].map((one) => ({ ...one, label: `${one.label}, ${name}`, megabytes, kind: one.label }));
  });
  contestants.unshift(scriptContestant('empty Node script', 'empty.cjs', [], []));
  const result = await measureInTurn(contestants, { ...times, onRun: sayRun });
  say(`\n${tabulate(result)}\n`);
  measured.push(...result);
  judgeFamily(family, contestants, result);
}
finish('large', {
  before,
  contestants: measured,
  goals,
  notes: { text: values.note },
  folder: resolve(values.record),
});

function judgeFamily(family, contestants, result) {
  const startMs = result[0].summary.minMs;
  const product = result.filter((_, i) => contestants[i].kind === 'product');
  const sizes = contestants.filter((one) => one.kind === 'product').map((one) => one.megabytes);
  const workMs = product.map((one) => Math.max(one.summary.minMs - startMs, 0.1));
  product.forEach((one, i) => {
    say(`${one.label}: ${((sizes[i] / workMs[i]) * 1000).toFixed(0)} MB/s without start-up`);
  });
  const isStopped = product.some((one) => one.runs.some((run) => run.isTimeout));
  goals.push(judgeGoal(`${family}, files that did not end in time`, isStopped ? 1 : 0, { atMost: 0 }));
  goals.push(judgeGoal(`${family}, time of 4x over time of 1x`, workMs.at(-1) / workMs[0], { atMost: GROWTH_LIMIT }));
  const peaks = product.map((one) => one.summary.peakMb).filter((peak) => peak !== null);
  if (peaks.length > 0) goals.push(judgeGoal(`${family}, peak MiB`, Math.max(...peaks), { atMost: PEAK_LIMIT_MB }));
}
