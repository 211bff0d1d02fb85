// The options and contestants that all benches of whole processes share: the product, another build of it to compare
// with, the floor, and free extra commands. Paths of the machine are replaced by words before they reach a record.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail, ROOT, say } from './record.mjs';

export const SHARED_OPTIONS = {
  product: { type: 'string', default: `node ${join(ROOT, 'dist/unleak.cjs')}` },
  baseline: { type: 'string' },
  flags: { type: 'string', default: '' },
  extra: { type: 'string', multiple: true, default: [] },
  runs: { type: 'string' },
  timeout: { type: 'string', default: '900' },
  note: { type: 'string', default: '' },
  record: { type: 'string', default: join(ROOT, 'test/bench/runs') },
};

/** What the shared options mean, for the usage text of a bench. */
export const SHARED_USAGE = `  --product "COMMAND"    what is measured (default: node dist/unleak.cjs); it gets the command and path as arguments
  --baseline "COMMAND"   another build of the product, measured in the same rounds
  --flags "FLAGS"        further arguments for the product and the baseline
  --extra "LABEL=LINE"   a shell line to measure too; {path} stands for what is scanned; may be repeated
  --runs N, --timeout S  rounds that count; seconds after which a process is stopped
  --note TEXT            kept in the record;  --record FOLDER  where the record goes (default: test/bench/runs)`;

const words = (line) => line.split(' ').filter((word) => word !== '');

function own(label, line, args, flags, shownArgs, cwd) {
  const [command, ...rest] = words(line);
  const script = rest[0];
  if (command === 'node' && script !== undefined && !existsSync(resolve(script))) {
    fail(`${label}: ${script} is not there; build it first (npm run build) or name another one with --product`);
  }
  const absolute = rest.map((word, i) => (i === 0 && command === 'node' ? resolve(word) : word));
  const node = command === 'node' ? process.execPath : command;
  return {
    label,
    command: node,
    args: [...absolute, ...args, ...words(flags)],
    shown: words([command, script?.split('/').at(-1), ...shownArgs, flags].join(' ')).join(' '),
    // 3: something could not be read. In a bench that is worth a look, not an end: the table shows the code.
    exits: [0, 1, 3],
    cwd,
  };
}

/**
 * The product, its baseline and the extra commands for one thing to scan.
 *
 * @param values parsed SHARED_OPTIONS
 * @param args what comes after the program, such as ['scan', path]; `shownArgs` are the same words for the record
 */
export function makeContestants(values, { args, shownArgs, path, cwd }) {
  const list = [own('product', values.product, args, values.flags, shownArgs, cwd)];
  if (values.baseline !== undefined) list.push(own('baseline', values.baseline, args, values.flags, shownArgs, cwd));
  for (const item of values.extra) {
    const cut = item.indexOf('=');
    if (cut < 1) fail(`--extra ${item}: write LABEL=SHELL LINE`);
    const line = item.slice(cut + 1);
    list.push({
      label: item.slice(0, cut),
      command: 'sh',
      args: ['-c', line.replaceAll('{path}', path)],
      shown: line,
      exits: [0, 1, 3],
      cwd,
    });
  }
  return list;
}

/** Node running one of the scripts beside this file. */
export function scriptContestant(label, script, args, shownArgs, cwd) {
  return {
    label,
    command: process.execPath,
    args: [join(import.meta.dirname, script), ...args],
    shown: ['node', script, ...shownArgs].join(' '),
    exits: [0],
    cwd,
  };
}

/** Rounds and time limit as numbers. */
export function readTimes(values, defaultRuns) {
  const runs = Number(values.runs ?? defaultRuns);
  const seconds = Number(values.timeout);
  if (!Number.isInteger(runs) || runs < 1) fail(`--runs ${values.runs}: not a number of rounds`);
  if (!(seconds > 0)) fail(`--timeout ${values.timeout}: not a number of seconds`);
  return { runs, timeoutMs: seconds * 1000 };
}

/** One line on standard output for each run, so that a long bench shows that it lives. */
export function sayRun(contestant, run, round) {
  const which = round < 0 ? 'warm-up' : `run ${round + 1}`;
  const peak = run.peakMb === null ? '' : `, ${run.peakMb} MiB`;
  say(`${contestant.label}, ${which}: ${run.wallMs} ms${peak}${run.isTimeout ? ', stopped' : ''}`);
}
