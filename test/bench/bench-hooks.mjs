// Times hooks as git runs them: a small commit through an installed husky with our lines in it, against the same husky
// with an empty Node script; and pre-push of 100 commits, beside an empty Node script and `git log -p` over the same
// commits. The first figure is the median of the differences round by round: both runs of a round meet the same noise.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readTimes, SHARED_OPTIONS, SHARED_USAGE } from './contestants.mjs';
import { measureInTurn, median, tabulate } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, ROOT, say } from './record.mjs';
import { makeLines, makeRandom } from './seeded-text.mjs';

const USAGE = `node test/bench/bench-hooks.mjs [options]   (git 2.36 or newer; dist/ and node_modules/husky)
${SHARED_USAGE}`;
const FILES = 400;
const COMMITS = 100;
const CHANGED_FILES = 5;
const ADDED_LINES = 20;

function run(cwd, command, args) {
  const people = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'Bench'],
    [`GIT_${who}_EMAIL`, 'bench@example.invalid'],
  ]);
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    ...Object.fromEntries(people),
  };
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (done.status !== 0) fail(`${command} ${args[0]}: ${done.stderr || done.stdout || done.error?.message}`);
  return done.stdout.trim();
}

/** 400 committed files, and a husky whose pre-commit is the given text (undefined: `unleak hook install`). */
function makeHuskyRepository(folder, hook) {
  const random = makeRandom(1);
  const texts = Array.from({ length: FILES }, () => makeLines(random, 120));
  const write = (i, text) => writeFileSync(join(folder, `part-${i % 20}`, `file-${i}.ts`), text);
  for (let i = 0; i < 20; i++) mkdirSync(join(folder, `part-${i}`), { recursive: true });
  run(folder, 'git', ['init', '-q', '-b', 'main']);
  for (const [i, text] of texts.entries()) write(i, text);
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n');
  writeFileSync(join(folder, 'package.json'), '{ "name": "bench", "devDependencies": { "husky": "9" } }\n');
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(join(ROOT, 'dist', 'unleak.cjs'), join(folder, 'node_modules', '.bin', 'unleak'));
  mkdirSync(join(folder, '.husky'));
  if (hook === undefined) run(folder, process.execPath, [join(ROOT, 'dist', 'unleak.cjs'), 'hook', 'install']);
  else writeFileSync(join(folder, '.husky', 'pre-commit'), hook);
  run(folder, 'git', ['add', '.']);
  run(folder, 'git', ['commit', '-q', '-m', 'start']);
  run(folder, process.execPath, [join(ROOT, 'node_modules', 'husky', 'bin.js')]);
  for (let i = 0; i < CHANGED_FILES; i++) write(i * 7, texts[i * 7] + makeLines(random, ADDED_LINES));
  run(folder, 'git', ['add', '.']);
  // As `git commit` does before it runs the hook: the index then knows which folders are as they were.
  run(folder, 'git', ['write-tree']);
  return { folder, write, texts, random };
}

/** 100 commits on top of what the remote has. @returns the line that git gives pre-push */
function addCommits({ folder, write, texts, random }) {
  run(folder, 'git', ['init', '-q', '--bare', '.git/origin']);
  run(folder, 'git', ['remote', 'add', 'origin', '.git/origin']);
  run(folder, 'git', ['push', '-q', '--no-verify', 'origin', 'main']);
  for (let n = 0; n < COMMITS; n++) {
    for (let k = 0; k < CHANGED_FILES; k++) {
      const i = (n * CHANGED_FILES + k) % FILES;
      texts[i] += makeLines(random, ADDED_LINES);
      write(i, texts[i]);
    }
    run(folder, 'git', ['commit', '-q', '-a', '--no-verify', '-m', `change ${n}`]);
  }
  const [head, base] = [run(folder, 'git', ['rev-parse', 'main']), run(folder, 'git', ['rev-parse', 'origin/main'])];
  return `refs/heads/main ${head} refs/heads/main ${base}`;
}

const { values } = parseArgs({ options: { ...SHARED_OPTIONS, help: { type: 'boolean' } } });
if (values.help) fail(USAGE);
const times = readTimes(values, 30);
const before = describeMachine();
const parent = mkdtempSync(join(tmpdir(), 'bench-hooks-'));
try {
  const place = (name) => {
    mkdirSync(join(parent, name));
    return join(parent, name);
  };
  const empty = makeHuskyRepository(place('empty'), `node ${join(import.meta.dirname, 'empty.cjs')}\n`);
  const ours = makeHuskyRepository(place('ours'), undefined);
  const pushed = makeHuskyRepository(place('pushed'), undefined);
  const line = addCommits(pushed);
  const gitHook = { command: 'git', args: ['hook', 'run', 'pre-commit'], exits: [0] };
  const sh = (label, shown, text) => ({
    label,
    command: 'sh',
    args: ['-c', text],
    shown,
    exits: [0],
    cwd: pushed.folder,
  });
  const hooks = [
    { ...gitHook, label: 'husky: empty Node script', shown: 'git hook run pre-commit', cwd: empty.folder },
    { ...gitHook, label: 'husky: unleak', shown: 'git hook run pre-commit', cwd: ours.folder },
  ];
  const pushes = [
    sh('pre-push: empty Node script', 'node empty.cjs', `echo | node ${join(import.meta.dirname, 'empty.cjs')}`),
    sh(
      'pre-push: unleak',
      'unleak hook run pre-push',
      `echo '${line}' | node_modules/.bin/unleak hook run pre-push origin url`,
    ),
    sh('git log -p', 'git log -p -U0 origin/main..main', 'git log -p -U0 origin/main..main'),
  ];
  const measured = [...(await measureInTurn(hooks, times)), ...(await measureInTurn(pushes, times))];
  say(tabulate(measured));
  const find = (label) => measured.find((one) => one.label === label);
  const base = find('husky: empty Node script').runs;
  const over = median(find('husky: unleak').runs.map((one, i) => one.wallMs - base[i].wallMs));
  const goals = [
    judgeGoal('staged by husky, ms over an empty Node script', over, { atMost: 25 }),
    judgeGoal('pre-push of 100 commits, ms', find('pre-push: unleak').summary.medianMs, { atMost: 500 }),
  ];
  const notes = {
    text: values.note,
    commit: `${CHANGED_FILES * ADDED_LINES} lines in ${CHANGED_FILES} files`,
    push: `${COMMITS} commits of the same size`,
  };
  finish('hooks', { before, contestants: measured, goals, notes, folder: resolve(values.record) });
} finally {
  rmSync(parent, { recursive: true, force: true });
}
