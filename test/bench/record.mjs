// What every bench says and keeps: the machine, a table on standard output, a JSON record below runs/.
// No timing here (measure.mjs) and no path of the machine in a record: records are committed.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout; benches may be started from any folder. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Writes one line to standard output. */
export function say(line = '') {
  process.stdout.write(`${line}\n`);
}

/** Says on standard error what is wrong and what to do, and ends with 2. */
export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

/** The facts of the machine that a figure depends on. `load` is the one-minute load average: above 0.5 expect noise. */
export function describeMachine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    load: Number(loadavg()[0]?.toFixed(2)),
  };
}

/** @returns a table in Markdown with aligned columns; `rows` are arrays of text as long as `head` */
export function makeTable(head, rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => String(row[i]).length)));
  const line = (cells) => `| ${cells.map((cell, i) => String(cell).padEnd(widths[i])).join(' | ')} |`;
  return [line(head), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

/**
 * Compares a measured figure with its goal.
 *
 * @param goal `{ atMost, aim? }` or `{ atLeast }`, in the unit that `what` names; an aim is wished for, not demanded
 */
export function judgeGoal(what, measured, { atMost, atLeast, aim }) {
  const isMet = atMost === undefined ? measured >= atLeast : measured <= atMost;
  const wanted = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
  const verdict = !isMet ? 'MISSED' : aim !== undefined && measured <= aim ? 'met, aim too' : 'met';
  const goal = aim === undefined ? wanted : `${wanted}, aim ${aim}`;
  return { what, goal, measured: Number(measured.toFixed(2)), verdict };
}

/** Prints the goals and writes DATE-name.json into `folder` (a second record of a day gets a number). */
export function finish(name, { before, contestants, goals, notes, folder }) {
  const machine = { ...before, loadAfter: describeMachine().load };
  const record = { bench: name, date: new Date().toISOString().slice(0, 10), machine, notes, goals, contestants };
  say(`\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, ${machine.platform}, Node ${machine.node}`);
  say(`load before ${machine.load}, after ${machine.loadAfter}`);
  if (goals.length > 0) {
    const rows = goals.map((g) => [g.what, g.goal, g.measured, g.verdict]);
    say(`\n${makeTable(['goal', 'wanted', 'measured', 'verdict'], rows)}`);
  }
  mkdirSync(folder, { recursive: true });
  let file = join(folder, `${record.date}-${name}.json`);
  for (let i = 2; existsSync(file); i++) file = join(folder, `${record.date}-${name}-${i}.json`);
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  say(`\nrecord: ${file}`);
}
