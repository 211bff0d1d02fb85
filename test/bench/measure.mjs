// Times whole processes, several contestants in turn (A B C A B C ...), so that a noisy minute hits all of them.
// CPU time and peak memory come from GNU time where it is there; without it only the wall clock is measured.
// Peak memory is that of the largest single process of a command, as the kernel counts it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, makeTable } from './record.mjs';

const GNU_TIME = '/usr/bin/time';
const hasGnuTime =
  existsSync(GNU_TIME) && spawnSync(GNU_TIME, ['--version'], { encoding: 'utf8' }).stdout?.includes('GNU');

/**
 * One whole process.
 *
 * @param contestant `{ label, command, args, cwd?, exits?, ... }`; `exits` are the exit codes that count as done (0 and 1)
 * @param timeoutMs then the process and its children are killed and the run has `isTimeout`
 * @returns `{ wallMs, cpuMs, peakMb, exit }`; cpuMs and peakMb are null without GNU time
 */
export async function runOnce(contestant, timeoutMs) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const notes = join(folder, 'time');
  const plain = [contestant.command, ...contestant.args];
  const argv = hasGnuTime ? [GNU_TIME, '-q', '-f', '%U %S %M', '-o', notes, ...plain] : plain;
  // A company's CA bundle costs Node 20 some 40 ms at each start and says nothing about the product.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const start = process.hrtime.bigint();
  // A group of its own: what runs out of time is killed with its children, which GNU time would leave alive.
  const child = spawn(argv[0], argv.slice(1), {
    cwd: contestant.cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let complaint = '';
  child.stderr.on('data', (bytes) => {
    complaint = (complaint + bytes).slice(-2000);
  });
  const killGroup = () => process.kill(-child.pid, 'SIGKILL');
  process.once('SIGINT', killGroup);
  let isTimeout = false;
  const timer = setTimeout(() => {
    isTimeout = true;
    killGroup();
  }, timeoutMs);
  const ended = await once(child, 'exit').catch((error) => fail(`${plain[0]}: ${error.message}`));
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  clearTimeout(timer);
  process.removeListener('SIGINT', killGroup);
  const [user, system, kib] = existsSync(notes) ? readFileSync(notes, 'utf8').trim().split(' ').map(Number) : [];
  rmSync(folder, { recursive: true });
  const run = {
    wallMs: round(wallMs),
    cpuMs: user === undefined ? null : Math.round((user + system) * 1000),
    peakMb: kib === undefined ? null : Math.round(kib / 1024),
    exit: ended[0],
  };
  if (isTimeout) return { ...run, isTimeout };
  // Node ends with 1 when a script throws, which is also the code for "findings": a stack tells them apart.
  const isCrash = run.exit === 1 && /^\s+at .+:\d+:\d+\)?$/m.test(complaint);
  if (isCrash || !(contestant.exits ?? [0, 1]).includes(run.exit)) {
    const lines = complaint.trim().split('\n');
    const why = lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
    fail(`${contestant.label}: ${plain.join(' ')} ended with ${run.exit ?? ended[1]}: ${why}`);
  }
  return run;
}

function round(ms) {
  return Math.round(ms * 10) / 10;
}

/** @returns the middle value, or the mean of the two in the middle */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Runs the contestants in turn after one run each that does not count (page cache, disk caches of the tools).
 * A contestant that runs out of time once is left out of the further rounds; one with `isSlow` runs once,
 * without warm-up; one with `runs` takes part in so many rounds.
 *
 * @returns the contestants in their order, as they go into a record: `{ label, shown, summary, runs }`
 */
export async function measureInTurn(contestants, { runs, timeoutMs = 600_000, onRun = () => {} }) {
  const lanes = contestants.map((contestant) => ({ contestant, runs: [], isOut: false }));
  for (let round = -1; round < runs; round++) {
    for (const lane of lanes) {
      if (lane.isOut || !hasTurn(lane.contestant, round)) continue;
      const run = await runOnce(lane.contestant, timeoutMs);
      lane.isOut = run.isTimeout === true;
      if (round >= 0 || lane.isOut) lane.runs.push(run);
      onRun(lane.contestant, run, round);
    }
  }
  return lanes.map(({ contestant, runs: done }) => ({
    label: contestant.label,
    shown: contestant.shown ?? [contestant.command, ...contestant.args].join(' '),
    summary: summarise(done),
    runs: done,
  }));
}

/** Round -1 is the warm-up; a slow contestant has one run, and others may have fewer than the rest. */
function hasTurn(contestant, round) {
  return contestant.isSlow ? round === 0 : round < (contestant.runs ?? Number.POSITIVE_INFINITY);
}

/** Minimum, median and maximum of the wall clock; median CPU time; greatest peak. */
export function summarise(runs) {
  const wall = runs.map((run) => run.wallMs);
  const known = (key) => runs.map((run) => run[key]).filter((value) => value !== null);
  return {
    minMs: Math.min(...wall),
    medianMs: round(median(wall)),
    maxMs: Math.max(...wall),
    cpuMs: known('cpuMs').length > 0 ? median(known('cpuMs')) : null,
    peakMb: known('peakMb').length > 0 ? Math.max(...known('peakMb')) : null,
  };
}

/** The table that every bench of whole processes prints. */
export function tabulate(measured) {
  const rows = measured.map(({ label, summary, runs }) => [
    label,
    summary.minMs,
    runs.some((run) => run.isTimeout) ? `> ${summary.medianMs} (stopped)` : summary.medianMs,
    summary.maxMs,
    summary.cpuMs ?? '-',
    summary.peakMb ?? '-',
    runs.at(-1)?.exit ?? '-',
    runs.length,
  ]);
  return makeTable(['', 'min ms', 'median ms', 'max ms', 'cpu ms', 'peak MiB', 'exit', 'runs'], rows);
}
