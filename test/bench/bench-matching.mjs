// Measures the matcher: quality on the made benchmark of fixtures/matching, and time and memory with 10,000 entries and
// 5,000 secrets.
//
//   npm run bench:matching [-- --split dev|held-out] [--misses] [--speed]
//
// --misses prints the dev cases that went wrong; those of the held-out half are never printed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

const { values: options } = parseArgs({
  options: { split: { type: 'string' }, misses: { type: 'boolean' }, speed: { type: 'boolean' } },
});

const print = (line) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'unleak-bench-'));
const load = async (input) => {
  const build = await rolldown({ input, platform: 'node', onLog: () => {} });
  const name = `${input.replace(/\W/g, '-')}.mjs`;
  await build.write({ dir: folder, format: 'esm', entryFileNames: name, codeSplitting: false });
  await build.close();
  return import(pathToFileURL(join(folder, name)).href);
};
const percent = ({ hit, of }) => `${((hit / Math.max(1, of)) * 100).toFixed(1)} % (${hit} of ${of})`;

const { openBenchmark, sumUp } = await load('test/plan/score-matching.ts');
for (const split of options.split ? [options.split] : ['dev', 'held-out']) {
  const { cases, run } = openBenchmark(process.cwd(), split);
  const outcomes = cases.map(run);
  const scores = sumUp(outcomes);
  print(`\n${split}: ${cases.length} cases`);
  print(`  right entry first          ${percent(scores.rightFirst)}   target 95 %`);
  print(`  no confident wrong match   ${percent(scores.notConfidentlyWrong)}   target 99 %`);
  print(`  no match left alone        ${percent(scores.leftAlone)}`);
  print(`  ties kept                  ${percent(scores.tiesKept)}`);
  print(`  right and confident        ${percent(scores.confident)}`);
  for (const groupOf of [(one) => one.case.theme, (one) => one.case.index]) {
    const groups = new Map();
    for (const one of outcomes) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one]);
    for (const [name, some] of [...groups].sort()) {
      const { rightFirst, notConfidentlyWrong } = sumUp(some);
      print(
        `    ${name.padEnd(26)} first ${percent(rightFirst).padEnd(22)} not confidently wrong ${percent(notConfidentlyWrong)}`,
      );
    }
  }
  if (!options.misses || split !== 'dev') continue;
  for (const one of outcomes) {
    const isMissed = one.case.expected === null ? one.isConfident : !one.isRight;
    if (!isMissed && !one.isConfidentlyWrong) continue;
    const { id, theme, expected, ties, why, finding } = one.case;
    print(
      `\n${one.isConfidentlyWrong ? 'WRONG' : 'miss'} ${id} ${theme}: ${finding.path} ${finding.keyPath ?? finding.name} ${finding.ruleId}\n${finding.lines.map((line) => `    | ${line}`).join('\n')}`,
    );
    print(`  wants ${expected} ${ties.join(' ')}: ${why}`);
    for (const { entry, score, reasons } of one.result.matches.slice(0, 3))
      print(`  got ${one.result.level} ${score} ${entry.name}: ${reasons.join('; ')}`);
    if (one.first.length > 1) print(`  tie ${one.first.map(({ name }) => name).join(' ')}`);
  }
}

if (options.speed || !options.split) {
  await load('test/plan/large-index.ts');
  const script = `import { measureMatching } from ${JSON.stringify(pathToFileURL(join(folder, 'test-plan-large-index-ts.mjs')).href)}; console.log(JSON.stringify(measureMatching(10_000, 5_000)));`;
  print(`\n10,000 entries, 5,000 secrets, a process each (Node ${process.version})`);
  for (let i = 0; i < 3; i++) {
    const { milliseconds, cpuMilliseconds, peakMegabytes, sure, matched } = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
    );
    print(
      `  ${milliseconds.toFixed(0)} ms (${cpuMilliseconds.toFixed(0)} ms of processor time), ${peakMegabytes.toFixed(0)} MB resident; ${matched} matched, ${sure} of them sure   target 1000 ms, 300 MB`,
    );
  }
}
rmSync(folder, { recursive: true });
