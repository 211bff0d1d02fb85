// Times the scan of a staged change of 200 lines in ten files, in a small repository that is made here, against an
// empty Node script in the same rounds. The figure is the median of the differences round by round: both runs of a
// round meet the same noise. `git diff --cached` alone stands beside it, because the product cannot do without it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeContestants, readTimes, SHARED_OPTIONS, SHARED_USAGE, scriptContestant } from './contestants.mjs';
import { measureInTurn, median, tabulate } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, say } from './record.mjs';
import { makeLines, makeRandom } from './seeded-text.mjs';

const USAGE = `node test/bench/bench-staged.mjs [options]
${SHARED_USAGE}`;
const FILES = 400;
const CHANGED_FILES = 10;
const ADDED_LINES = 20;

/** A repository with 400 committed files and 200 lines staged in ten of them. */
function makeRepository(folder) {
  const git = (...args) => {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    const done = spawnSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (done.status !== 0) fail(`git ${args[0]}: ${done.stderr ?? done.error?.message}`);
  };
  const random = makeRandom(1);
  const nameOf = (i) => join(folder, `part-${i % 20}`, `file-${i}.ts`);
  git('init', '-q', '-b', 'main');
  const texts = Array.from({ length: FILES }, () => makeLines(random, 120));
  texts.forEach((text, i) => {
    mkdirSync(join(folder, `part-${i % 20}`), { recursive: true });
    writeFileSync(nameOf(i), text);
  });
  git('add', '.');
  git('commit', '-q', '-m', 'start');
  for (let i = 0; i < CHANGED_FILES; i++) {
    writeFileSync(nameOf(i * 7), texts[i * 7] + makeLines(random, ADDED_LINES));
  }
  git('add', '.');
  // As `git commit` does before it runs the hook: the index then knows which folders are as they were.
  git('write-tree');
}

const { values } = parseArgs({ options: { ...SHARED_OPTIONS, help: { type: 'boolean' } } });
if (values.help) fail(USAGE);
const times = readTimes(values, 40);
const before = describeMachine();
const cwd = mkdtempSync(join(tmpdir(), 'bench-staged-'));
try {
  makeRepository(cwd);
  const contestants = [
    scriptContestant('empty Node script', 'empty.cjs', [], [], cwd),
    ...makeContestants(values, { args: ['staged'], shownArgs: ['staged'], path: cwd, cwd }),
    { label: 'git diff --cached -U0', command: 'git', args: ['diff', '--cached', '-U0'], cwd },
  ];
  const measured = await measureInTurn(contestants, times);
  say(tabulate(measured));
  const empty = measured[0].runs;
  const over = ({ label, runs }) => ({ label, ms: median(runs.map((run, i) => run.wallMs - empty[i].wallMs)) });
  const product = measured.find((one) => one.label === 'product');
  for (const one of measured.slice(1)) {
    say(`${one.label}: ${over(one).ms.toFixed(1)} ms over an empty Node script (median of the rounds)`);
  }
  const goals = [judgeGoal('staged, ms over an empty Node script', over(product).ms, { atMost: 15, aim: 6 })];
  if (product.summary.peakMb !== null) {
    goals.push(judgeGoal('staged, peak MiB', product.summary.peakMb, { atMost: 80 }));
  }
  const notes = { text: values.note, change: `${CHANGED_FILES * ADDED_LINES} lines in ${CHANGED_FILES} files` };
  finish('staged', { before, contestants: measured, goals, notes, folder: resolve(values.record) });
} finally {
  rmSync(cwd, { recursive: true, force: true });
}
