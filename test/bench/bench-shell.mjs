// Measures `unleak shell` on mixed histories: 100 MB of ordinary commands in the formats of eight programs, with one
// leaking command in about 2,000. Prints times, peak memory and findings, judges the goals, and writes a record.
// --help tells the options.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, fail, finish, judgeGoal, makeTable, ROOT, say } from './record.mjs';
import { makeRandom } from './seeded-text.mjs';

const USAGE = `node test/bench/bench-shell.mjs [options]   (dist/ must be there, and GNU time)
  --bin FILE       the build that is measured (default dist/unleak.cjs)
  --baseline FILE  another build, measured in the same rounds
  --flags "…"      for both, such as "--jobs 1"
  --mb N           megabytes of histories (default 100)
  --runs N         rounds (default 5), after one that does not count
  --keep FOLDER    makes the histories there, or takes those that are there
  --note TEXT      goes into the record
  --record FOLDER  where the record goes (default test/bench/runs)`;
const { values } = parseArgs({
  options: {
    bin: { type: 'string', default: join(ROOT, 'dist/unleak.cjs') },
    baseline: { type: 'string' },
    flags: { type: 'string', default: '' },
    mb: { type: 'string', default: '100' },
    runs: { type: 'string', default: '5' },
    keep: { type: 'string' },
    note: { type: 'string', default: '' },
    record: { type: 'string', default: join(ROOT, 'test/bench/runs') },
    help: { type: 'boolean' },
  },
});
if (values.help) fail(USAGE);
const before = describeMachine();
const random = makeRandom(7);
const WORDS = 'app web data core infra tools docs test main build cache queue shop api site user'.split(' ');
const word = () => WORDS[random(WORDS.length)];
const path = () => Array.from({ length: 1 + random(3) }, word).join('/');
/** Weighted by how often people type them: git and files first. */
const ORDINARY = [
  () => `cd ~/src/${path()}`,
  () => 'ls -la',
  () => `git status`,
  () => `git commit -m "fix the ${word()} of the ${word()}"`,
  () => `git checkout -b ${word()}-${random(900)}`,
  () => `git push origin ${word()}`,
  () => `git log --oneline -${random(50)}`,
  () => `vim ${path()}/${word()}.ts`,
  () => `npm run ${word()}`,
  () => `grep -rn "${word()} ${word()}" src/${path()}`,
  () => `docker ps -a`,
  () => `docker run --rm -it -p ${8000 + random(999)}:80 -e NODE_ENV=production ${word()}/${word()}:1.${random(99)}`,
  () => `docker compose logs -f ${word()}`,
  () => `kubectl -n ${word()} get pods -o wide`,
  () => `kubectl logs -f deploy/${word()} --tail=${random(500)}`,
  () => `ssh -p 22${random(99)} ${word()}@${word()}.corp.test`,
  () => `curl -s https://${word()}.corp.test/v1/${path()} | jq .`,
  () => `aws s3 ls s3://${word()}-${word()}/ --recursive`,
  () => `terraform plan -var region=eu-west-${random(3)}`,
  () => `make -j${random(16)} ${word()}`,
  () => `psql -h ${word()} -U app ${word()}`,
  () => `mysql -u root -p ${word()}`,
  () => `export PATH="$HOME/bin/${word()}:$PATH"`,
  () => `tar czf ${word()}.tgz ${path()}`,
  () => `for f in *.${word()}; do mv "$f" ${path()}/; done`,
  () => `find . -name "*.${word()}" -mtime -${random(30)} | xargs rm -f`,
];
const LEAKING = [
  (v) => `mysql -uroot -p${v} shop`,
  (v) => `curl -u ada:${v} https://api.corp.test/v1`,
  (v) => `export DB_PASSWORD=${v}`,
  (v) => `docker login -u ada -p ${v}`,
];
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
let leaks = 0;

function makeCommand() {
  if (random(2000) > 0) return ORDINARY[random(ORDINARY.length)]();
  leaks++;
  let value = 'Aa1';
  while (value.length < 12) value += LETTERS[random(LETTERS.length)];
  return LEAKING[random(LEAKING.length)](value);
}

const stamp = (i) => 1_600_000_000 + i * 7;
const FORMATS = [
  ['.bash_history', 0.3, (i) => `#${stamp(i)}\n${makeCommand()}\n`],
  ['.zsh_history', 0.2, (i) => `: ${stamp(i)}:0;${makeCommand()}\n`],
  ['.local/share/fish/fish_history', 0.15, (i) => `- cmd: ${makeCommand()}\n  when: ${stamp(i)}\n`],
  ['.bash_history.bak', 0.1, () => `${makeCommand()}\n`],
  ['.local/share/powershell/PSReadLine/ConsoleHost_history.txt', 0.05, () => `${makeCommand()}\n`],
  ['.history', 0.05, (i) => `#+${stamp(i)}\n${makeCommand()}\n`],
  [
    '.claude/projects/a/b.jsonl',
    0.15,
    (i) =>
      `${JSON.stringify({
        type: 'assistant',
        timestamp: new Date(stamp(i) * 1000).toISOString(),
        message: {
          content: [{ type: 'tool_use', input: { command: makeCommand(), description: `look at "${word()}"\n` } }],
        },
      })}\n`,
  ],
];

function makeHome(home, bytes) {
  for (const [name, share, make] of FORMATS) {
    const file = join(home, name);
    mkdirSync(join(file, '..'), { recursive: true });
    const parts = [];
    let size = 0;
    for (let i = 0; size < bytes * share; i++) {
      const text = make(i);
      size += text.length;
      parts.push(text);
    }
    writeFileSync(file, parts.join(''));
  }
}

const home = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), 'unleak-shell-'));
if (!existsSync(join(home, '.bash_history'))) {
  makeHome(home, Number(values.mb) * 1e6);
  writeFileSync(join(home, 'leaks.txt'), String(leaks));
}
const total = FORMATS.reduce((sum, [name]) => sum + statSync(join(home, name)).size, 0);
process.stdout.write(`${(total / 1e6).toFixed(1)} MB in ${FORMATS.length} files, ${leaks || '?'} leaking commands\n`);
/** Runs a build once. @returns wall clock and CPU time of the process in seconds, peak in MiB, findings */
function measure(bin) {
  const words = [resolve(bin), 'shell', '--home', home, '--format', 'json', '--quiet', ...values.flags.split(' ')];
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const timed = ['time', '-f', '%e %U %S %M', process.execPath, ...words.filter(Boolean)];
  const { stdout, stderr } = spawnSync('/usr/bin/env', timed, { env, encoding: 'utf8', maxBuffer: 1 << 30 });
  const numbers = /([\d.]+) ([\d.]+) ([\d.]+) (\d+)\s*$/.exec(stderr);
  if (!numbers || !stdout.startsWith('{')) fail(`the build or GNU time failed: ${stderr}`);
  const [wall, user, system, kilobytes] = numbers.slice(1).map(Number);
  return { wall, cpu: user + system, peakMib: kilobytes / 1024, findings: JSON.parse(stdout).findings.length };
}

const builds = [['unleak', values.bin], ...(values.baseline ? [['baseline', values.baseline]] : [])];
const runs = new Map(builds.map(([name]) => [name, []]));
for (const [, bin] of builds) measure(bin);
for (let round = 0; round < Number(values.runs); round++)
  for (const [name, bin] of builds) runs.get(name).push(measure(bin));
const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const contestants = [...runs].map(([name, all]) => ({
  name,
  wallSeconds: { median: middle(all.map((r) => r.wall)), least: Math.min(...all.map((r) => r.wall)) },
  cpuSeconds: { median: middle(all.map((r) => r.cpu)), least: Math.min(...all.map((r) => r.cpu)) },
  peakMib: Math.round(Math.max(...all.map((r) => r.peakMib))),
  findings: all[0].findings,
}));
const rows = contestants.map((c) =>
  [c.name, c.wallSeconds.median, c.wallSeconds.least, c.cpuSeconds.median.toFixed(2), c.peakMib, c.findings].map(
    String,
  ),
);
say(makeTable(['build', 'median s', 'least s', 'CPU s', 'peak MiB', 'findings'], rows));
const goals = [
  judgeGoal('seconds', contestants[0].wallSeconds.median, { atMost: 1 }),
  judgeGoal('peak, MiB', contestants[0].peakMib, { atMost: 150 }),
];
const notes = [`${(total / 1e6).toFixed(1)} MB of histories`, values.flags, values.note].filter(Boolean);
finish('shell', { before, contestants, goals, notes, folder: values.record });
if (!values.keep) rmSync(home, { recursive: true, force: true });
