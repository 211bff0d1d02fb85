// Measures `unleak shell` on mixed histories: 100 MB of ordinary commands in the formats of eight programs, with one
// leaking command in about 2,000. Prints time, peak memory and findings of each run, and judges the goals.
//   node test/bench/bench-shell.mjs [--bin dist/unleak.cjs] [--mb 100] [--runs 5] [--keep FOLDER]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRandom } from './seeded-text.mjs';

const { values } = parseArgs({
  options: {
    bin: { type: 'string', default: 'dist/unleak.cjs' },
    mb: { type: 'string', default: '100' },
    runs: { type: 'string', default: '5' },
    keep: { type: 'string' },
  },
});
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
const times = [];
let peak = 0;
const script = `
const { spawnSync } = require('node:child_process');
const start = performance.now();
const r = spawnSync(process.execPath, [${JSON.stringify(resolve(values.bin))}, 'shell', '--home', ${JSON.stringify(home)}, '--format', 'json', '--quiet'], { maxBuffer: 1 << 30, encoding: 'utf8' });
const ms = performance.now() - start;
if (r.stderr) process.stderr.write(r.stderr);
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024, findings: JSON.parse(r.stdout).findings.length }));`;
for (let run = 0; run < Number(values.runs); run++) {
  // A process of its own for each run: the peak of its child is read from outside.
  const timed = spawnSync('/usr/bin/env', ['time', '-f', '%M', process.execPath, '-e', script], { encoding: 'utf8' });
  const { ms, findings } = JSON.parse(timed.stdout);
  const kilobytes = Number(/(\d+)\s*$/.exec(timed.stderr)?.[1] ?? Number.NaN);
  times.push(ms);
  peak = Math.max(peak, kilobytes / 1024);
  process.stdout.write(`run ${run + 1}: ${ms.toFixed(0)} ms, ${findings} findings\n`);
}
times.sort((a, b) => a - b);
const middle = times[times.length >> 1];
process.stdout.write(`median ${middle.toFixed(0)} ms (goal 1000), peak ${peak.toFixed(0)} MB\n`);
if (!values.keep) rmSync(home, { recursive: true, force: true });
