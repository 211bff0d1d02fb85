// Measures `unleak history` as a whole process: first and second run, one thread and all, with fifty secrets planted that it has to
// place; beside what git needs to print the same, and another scanner if there is one. Repositories come from make-history.mjs.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureInTurn, tabulate } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, ROOT, say } from './record.mjs';
import { makeRandom } from './seeded-text.mjs';

const USAGE = `node test/bench/bench-history.mjs --repository FOLDER [--runs N] [--product dist/unleak.cjs] [--kingfisher FILE]
  [--record FOLDER] [--note TEXT] [--skip LABEL,…]`;
const PLANTED = 50;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const { values } = parseArgs({
  options: {
    repository: { type: 'string' },
    runs: { type: 'string', default: '3' },
    product: { type: 'string', default: join(ROOT, 'dist/unleak.cjs') },
    kingfisher: { type: 'string' },
    record: { type: 'string', default: join(ROOT, 'test/bench/runs') },
    note: { type: 'string', default: '' },
    skip: { type: 'string', default: '' },
  },
});
if (values.repository === undefined) fail(USAGE);
const repository = resolve(values.repository);
const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));

/** A copy that shares the objects, with commits on five branches that bring the secrets; every second one is removed again. */
function plant(copy) {
  execFileSync('git', ['clone', '--quiet', '--bare', '--shared', repository, copy]);
  const random = makeRandom(50);
  const lines = [];
  const commit = (branch, n, what, change) => {
    lines.push(
      `commit refs/heads/planted-${branch}`,
      `committer Bench <bench@example.org> ${1700000000 + n * 60} +0000`,
    );
    lines.push(`data ${what.length}`, what, change);
  };
  for (let n = 0; n < PLANTED; n++) {
    const value = `gl${'pat-'}${Array.from({ length: 20 }, () => LETTERS[random(LETTERS.length)]).join('')}`;
    const content = `# planted\ntoken: ${value}\n`;
    commit(n % 5, n * 2, `plant ${n}`, `M 644 inline planted/${n}.yml\ndata ${content.length}\n${content}`);
    if (n % 2 === 1) commit(n % 5, n * 2 + 1, `remove ${n}`, `D planted/${n}.yml\n`);
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: copy, input: `${lines.join('\n')}\n` });
}

/** How many of the planted secrets the product finds and places. */
function countPlaced(copy) {
  const file = join(folder, 'report.json');
  spawnSync(
    process.execPath,
    [resolve(values.product), 'history', '--no-cache', '--quiet', '--format', 'json', '--output', file],
    { cwd: copy },
  );
  const { findings } = JSON.parse(readFileSync(file, 'utf8'));
  const placed = findings.filter(
    ({ path, history }) => path.startsWith('planted/') && history.first?.commit && history.last?.commit,
  );
  return new Set(placed.map(({ path }) => path)).size;
}

try {
  const copy = join(folder, 'copy.git');
  plant(copy);
  const placed = countPlaced(copy);
  say(`${placed} of ${PLANTED} planted secrets found and placed`);
  const cores = availableParallelism();
  const cache = join(folder, 'cache');
  const product = (label, cwd, ...args) => ({
    label,
    command: 'env',
    args: [`XDG_CACHE_HOME=${cache}`, process.execPath, resolve(values.product), 'history', '--quiet', ...args],
    cwd,
    shown: `unleak history ${args.join(' ')}`,
    exits: [0, 1, 3],
  });
  const git = (label, line) => ({
    label,
    command: 'sh',
    args: ['-c', `git ${line} > /dev/null`],
    cwd: repository,
    shown: line,
    runs: 1,
  });
  const rival = values.kingfisher && {
    label: 'kingfisher --no-validate',
    command: values.kingfisher,
    args: ['scan', repository, '--no-validate', '--git-history', 'full', '--no-update-check', '--format', 'json'],
    shown: 'kingfisher scan --no-validate --git-history full',
    exits: [0, 200, 205],
    runs: 1,
  };
  const skipped = new Set(values.skip.split(','));
  const contestants = [
    product('first run, 1 thread', repository, '--no-cache', '--jobs', '1'),
    product(`first run, ${cores} threads`, repository, '--no-cache', '--jobs', `${cores}`),
    product(`${PLANTED} planted, ${cores} threads`, copy, '--no-cache', '--jobs', `${cores}`),
    product('second run', repository),
    git('git cat-file --batch', 'cat-file --batch --batch-all-objects --unordered --buffer'),
    git('git log -p', 'log -p -U0 --all'),
    ...(rival ? [rival] : []),
  ].filter(({ label }) => !skipped.has(label));
  const before = describeMachine();
  const onRun = (contestant, run, round) =>
    say(`${round < 0 ? 'warm-up' : `round ${round + 1}`}, ${contestant.label}: ${run.wallMs} ms, CPU ${run.cpuMs} ms`);
  const measured = await measureInTurn(contestants, { runs: Number(values.runs), onRun });
  say(`\n${tabulate(measured)}\n`);
  const of = (label) => measured.find((one) => one.label === label)?.summary;
  const goals = [judgeGoal('planted secrets placed', placed, { atLeast: PLANTED })];
  const judge = (what, figure, goal) => {
    if (figure !== undefined && !Number.isNaN(figure)) goals.push(judgeGoal(what, figure, goal));
  };
  const first = of(`first run, ${cores} threads`);
  judge('first run, s', first?.medianMs / 1000, { atMost: 2.5 });
  judge('with planted secrets, s', of(`${PLANTED} planted, ${cores} threads`)?.medianMs / 1000, { atMost: 6 });
  judge('second run, s', of('second run')?.medianMs / 1000, { atMost: 0.3 });
  judge('git log -p over first run', of('git log -p')?.medianMs / first?.medianMs, { atLeast: 10 });
  judge('1 thread over all', of('first run, 1 thread')?.medianMs / first?.medianMs, { atLeast: 1.6 });
  const peaks = measured.filter(({ label }) => !/git|kingfisher/.test(label)).map(({ summary }) => summary.peakMb ?? 0);
  judge('peak MiB', Math.max(...peaks), { atMost: 500 });
  finish('history', {
    before,
    contestants: measured,
    goals,
    notes: { text: values.note },
    folder: resolve(values.record),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
