// Times the GitHub Action on a pull request of 50 commits in a repository of 10,000 files that is made here, checked out
// whole, against `git diff` and `git log -p` of the same range in the same rounds. Budget: 2 s, process included.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readTimes, SHARED_OPTIONS, SHARED_USAGE, scriptContestant } from './contestants.mjs';
import { measureInTurn, tabulate } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, ROOT, say } from './record.mjs';
import { makeLines, makeRandom } from './seeded-text.mjs';

const USAGE = `node test/bench/bench-action.mjs [options]
  --files N, --commits N  how large the repository and the pull request are (10000, 50)
  --bundle FILE           the Action's script (default: action/index.mjs)
${SHARED_USAGE}`;
/** Files that each commit of the pull request changes. */
const CHANGED_FILES = 10;

function makeGit(folder) {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return (...args) => {
    const people = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid'];
    const done = spawnSync('git', [...people, ...args], { cwd: folder, env, encoding: 'utf8' });
    if (done.status !== 0) fail(`git ${args[0]}: ${done.stderr ?? done.error?.message}`);
    return done.stdout.trim();
  };
}

/** @returns ids of the base and of the pull request's head */
function makePullRequest(folder, files, commits) {
  const git = makeGit(folder);
  const random = makeRandom(1);
  const nameOf = (i) => join(folder, `part-${i % 100}`, `file-${i}.ts`);
  git('init', '-q', '-b', 'main');
  // Git would tidy up in the background and get in the way.
  git('config', 'gc.auto', '0');
  for (let i = 0; i < files; i++) {
    mkdirSync(dirname(nameOf(i)), { recursive: true });
    writeFileSync(nameOf(i), makeLines(random, 120));
  }
  git('add', '.');
  git('commit', '-q', '-m', 'start');
  const base = git('rev-parse', 'HEAD');
  git('switch', '-q', '-c', 'feature');
  for (let n = 0; n < commits; n++) {
    for (let i = 0; i < CHANGED_FILES; i++) {
      const name = nameOf((n * 197 + i * 31) % files);
      const lines = readFileSync(name, 'utf8').split('\n');
      lines.splice(60, 0, makeLines(random, 20).trimEnd());
      writeFileSync(name, lines.join('\n'));
    }
    git('commit', '-q', '-a', '-m', `change ${n}`);
  }
  git('repack', '-q', '-a', '-d');
  return { base, head: git('rev-parse', 'HEAD') };
}

const options = { files: { type: 'string', default: '10000' }, commits: { type: 'string', default: '50' } };
const bundle = { bundle: { type: 'string', default: join(ROOT, 'action/index.mjs') } };
const { values } = parseArgs({ options: { ...SHARED_OPTIONS, ...options, ...bundle, help: { type: 'boolean' } } });
if (values.help) fail(USAGE);
const [files, commits] = [Number(values.files), Number(values.commits)];
if (!(files >= 100 && commits >= 1)) fail('--files wants a number from 100, --commits one from 1');
const script = resolve(values.bundle);
if (!existsSync(script)) fail(`--bundle: ${script} is not there; build it first (npm run build)`);
const times = readTimes(values, 15);
const before = describeMachine();
const folder = mkdtempSync(join(tmpdir(), 'bench-action-'));
try {
  const cwd = join(folder, 'checkout');
  mkdirSync(cwd);
  const { base, head } = makePullRequest(cwd, files, commits);
  const [payload, summary] = [join(folder, 'event.json'), join(folder, 'summary')];
  const pull_request = { number: 1, base: { sha: base, ref: 'main' }, head: { sha: head, ref: 'feature' } };
  writeFileSync(payload, JSON.stringify({ pull_request }));
  const variables = [
    'GITHUB_ACTIONS=true',
    'GITHUB_EVENT_NAME=pull_request',
    `GITHUB_EVENT_PATH=${payload}`,
    `GITHUB_WORKSPACE=${cwd}`,
    `GITHUB_STEP_SUMMARY=${summary}`,
  ];
  const range = `${base}..${head}`;
  const action = {
    label: 'the Action',
    command: 'env',
    args: [...variables, process.execPath, script],
    cwd,
    exits: [0],
  };
  const contestants = [
    scriptContestant('empty Node script', 'empty.cjs', [], [], cwd),
    {
      label: 'git diff of the range',
      command: 'git',
      args: ['diff', '-U0', range],
      shown: 'git diff -U0 BASE..HEAD',
      cwd,
    },
    {
      label: 'git log -p of the range',
      command: 'git',
      args: ['log', '-p', '-U0', '-m', range],
      shown: 'git log -p -U0 -m BASE..HEAD',
      cwd,
    },
    { ...action, shown: 'node action/index.mjs' },
  ];
  const measured = await measureInTurn(contestants, times);
  // A scan of something else would be quick too.
  if (!readFileSync(summary, 'utf8').includes(`| Commits | ${commits} commit`))
    fail('the Action did not scan the range');
  say(tabulate(measured));
  const { summary: figures } = measured.at(-1);
  const goals = [judgeGoal('pull request, ms', figures.medianMs, { atMost: 2000 })];
  const notes = {
    text: values.note,
    change: `${commits} commits of ${CHANGED_FILES} files, ${files} files in the tree`,
  };
  finish('action', { before, contestants: measured, goals, notes, folder: resolve(values.record) });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
