// Measures the reader of histories alone, without rules: every blob once, thrown away or given to the kernel, beside what git
// needs to print the same. Whole processes in turn (measure.mjs). Repositories come from make-history.mjs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { measureInTurn, tabulate } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, ROOT, say } from './record.mjs';

const USAGE = `node test/bench/bench-history-reader.mjs --repository FOLDER [--runs N] [--rules dist/rules.bin]
  [--record FOLDER] [--note TEXT] [--skip LABEL,…]`;
const { values } = parseArgs({
  options: {
    repository: { type: 'string' },
    runs: { type: 'string', default: '3' },
    rules: { type: 'string', default: join(ROOT, 'dist/rules.bin') },
    record: { type: 'string', default: join(ROOT, 'test/bench/runs') },
    note: { type: 'string', default: '' },
    skip: { type: 'string', default: '' },
  },
});
if (values.repository === undefined) fail(USAGE);
const repository = resolve(values.repository);
const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));

try {
  const script = join(folder, 'read-history.mjs');
  const bundle = await rolldown({ input: join(ROOT, 'test/bench/read-history.mjs'), platform: 'node' });
  await bundle.write({ file: script, format: 'esm', codeSplitting: false });
  await bundle.close();

  const reader = (label, ...args) => ({
    label,
    command: process.execPath,
    args: [script, repository, ...args, values.rules],
    shown: `read-history ${args.join(' ')}`,
  });
  const git = (label, line) => ({
    label,
    command: 'sh',
    args: ['-c', `git ${line} > /dev/null`],
    cwd: repository,
    shown: line,
  });
  const skipped = new Set(values.skip.split(','));
  const contestants = [
    reader('own, 1 thread', 'own', 'empty', '1'),
    reader('own, 2 threads', 'own', 'empty', '2'),
    reader('own + kernel, 1 thread', 'own', 'kernel', '1'),
    reader('own + kernel, 2 threads', 'own', 'kernel', '2'),
    reader('git reader', 'git', 'empty', '1'),
    git('git cat-file --batch', 'cat-file --batch --batch-all-objects --unordered --buffer'),
    git('git log -p', 'log -p -U0 --all'),
  ].filter(({ label }) => !skipped.has(label));
  const before = describeMachine();
  const onRun = (contestant, run, round) =>
    say(`${round < 0 ? 'warm-up' : `round ${round + 1}`}, ${contestant.label}: ${run.wallMs} ms`);
  const measured = await measureInTurn(contestants, { runs: Number(values.runs), onRun });
  say(`\n${tabulate(measured)}\n`);
  const medianOf = (label) => measured.find((one) => one.label === label)?.summary.medianMs;
  const goals = [];
  const judge = (what, a, b, goal) => {
    if (medianOf(a) !== undefined && medianOf(b) !== undefined)
      goals.push(judgeGoal(what, medianOf(a) / medianOf(b), goal));
  };
  judge('git log -p over own + kernel, 2 threads', 'git log -p', 'own + kernel, 2 threads', { atLeast: 10 });
  judge('1 thread over 2 threads, kernel', 'own + kernel, 1 thread', 'own + kernel, 2 threads', { atLeast: 1.6 });
  const peak = Math.max(
    ...measured.filter(({ label }) => label.startsWith('own')).map(({ summary }) => summary.peakMb ?? 0),
  );
  if (peak > 0) goals.push(judgeGoal('peak MiB', peak, { atMost: 500 }));
  finish('history-reader', {
    before,
    contestants: measured,
    goals,
    notes: { text: values.note },
    folder: resolve(values.record),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
