// Times scans of whole trees: `plain` (no repository), `tree` (the same files in a git repository), `small`.
// Beside the product: the floor (reading all files), another build on request, and rival scanners on request.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeContestants, readTimes, SHARED_OPTIONS, SHARED_USAGE, sayRun, scriptContestant } from './contestants.mjs';
import { measureInTurn, tabulate } from './measure.mjs';
import { describeMachine, fail, finish, judgeGoal, say } from './record.mjs';
import { findRivals } from './rivals.mjs';

const USAGE = `node test/bench/bench-tree.mjs --corpus FOLDER [options]
  --corpus FOLDER        made by make-corpus.mjs
  --only plain,small     which trees (default: plain, tree, small)
  --rivals LIST          rg,kingfisher=PATH,detect-secrets=PATH: run on plain and small, never on the repository
  --rival-runs N         rounds for the rivals (default: as --runs)
${SHARED_USAGE}`;
const GOALS = {
  plain: { ms: 800, aim: 600, peakMb: 150 },
  tree: { ms: 800, aim: 600, peakMb: 150 },
  small: { ms: 200, peakMb: 150 },
};

const { values } = parseArgs({
  options: {
    ...SHARED_OPTIONS,
    corpus: { type: 'string' },
    only: { type: 'string', default: 'plain,tree,small' },
    rivals: { type: 'string', default: '' },
    'rival-runs': { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help || values.corpus === undefined) fail(USAGE);
const corpus = resolve(values.corpus);
const summaryFile = join(corpus, 'corpus.json');
if (!existsSync(summaryFile)) fail(`${corpus} has no corpus.json; make it: node test/bench/make-corpus.mjs ${corpus}`);
const summary = JSON.parse(readFileSync(summaryFile, 'utf8'));
const times = readTimes(values, 7);
const rivalRuns = Number(values['rival-runs'] ?? times.runs);

const before = describeMachine();
const measured = [];
const goals = [];
for (const name of values.only.split(',')) {
  const path = join(corpus, name);
  if (!existsSync(path)) fail(`--only ${name}: ${path} is not there`);
  const rivals = name === 'tree' ? [] : findRivals(values.rivals.split(',').filter(Boolean), path, name);
  const contestants = [
    scriptContestant('floor: read all files', 'floor-read.mjs', [path], [name]),
    ...makeContestants(values, { args: ['scan', path], shownArgs: ['scan', name], path }),
    ...rivals.map((rival) => ({ ...rival, runs: rivalRuns })),
  ];
  say(`\n${name}: ${summary[name]?.files} files, ${summary[name]?.megabytes} MB`);
  const result = await measureInTurn(contestants, { ...times, onRun: sayRun });
  say(`\n${tabulate(result)}`);
  measured.push(...result.map((one) => ({ tree: name, ...one })));
  const goal = GOALS[name];
  const product = result.find((one) => one.label === 'product').summary;
  if (goal !== undefined) {
    goals.push(judgeGoal(`${name}, median ms`, product.medianMs, { atMost: goal.ms, aim: goal.aim }));
    if (product.peakMb !== null) goals.push(judgeGoal(`${name}, peak MiB`, product.peakMb, { atMost: goal.peakMb }));
  }
}
const notes = { corpus: summary, text: values.note };
finish('tree', { before, contestants: measured, goals, notes, folder: resolve(values.record) });
