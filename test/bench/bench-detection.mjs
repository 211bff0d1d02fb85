// Measures detection, not speed: the built product on the labelled development sample, by level and by category, and on
// clean packages; with the counts of the catalogue. The sample and its scorer are no part of this repository: --sample
// names the folder that holds unpack.mjs and score.mjs.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, fail, finish, judgeGoal, makeTable, ROOT, say } from './record.mjs';

const USAGE = `node test/bench/bench-detection.mjs --sample FOLDER [--clean FOLDER] [--note TEXT] [--record FOLDER]
  --sample FOLDER   holds the labelled sample with its unpack.mjs and score.mjs
  --clean FOLDER    unpacked packages that should be silent (made by the sample's clean.mjs)`;
const LEVELS = ['low', 'medium', 'high'];
const UNLEAK = join(ROOT, 'dist/unleak.cjs');

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    clean: { type: 'string' },
    note: { type: 'string', default: '' },
    record: { type: 'string', default: join(ROOT, 'test/bench/runs') },
    help: { type: 'boolean' },
  },
});
if (values.help || values.sample === undefined) fail(USAGE);
const sample = resolve(values.sample);
for (const script of ['unpack.mjs', 'score.mjs']) {
  if (!existsSync(join(sample, script))) fail(`${join(sample, script)} is not there\n${USAGE}`);
}
if (!existsSync(UNLEAK)) fail('dist/unleak.cjs is not there; run: npm run build');

const folder = mkdtempSync(join(tmpdir(), 'unleak-detection-'));
const percent = (share) => `${(100 * (share ?? 0)).toFixed(1)} %`;
const run = (script, ...words) =>
  execFileSync(process.execPath, [script, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });

/** Scans a folder with the built product. @returns the file of the report, and the report */
function scan(path, level, isRevealed) {
  const file = join(folder, `${path.replace(/\W+/g, '-')}.json`);
  const words = [
    'scan',
    '--include-ignored',
    '--min-confidence',
    level,
    '--quiet',
    '--format',
    'json',
    '--output',
    file,
  ];
  if (isRevealed) words.push('--reveal');
  const done = spawnSync(process.execPath, [UNLEAK, ...words, path], { encoding: 'utf8' });
  if (![0, 1, 3].includes(done.status)) fail(`unleak scan ended with ${done.status}: ${done.stderr}`);
  return { file, report: JSON.parse(readFileSync(file, 'utf8')) };
}

/** Scores one part of the sample at each level, and by a key at medium. */
function score(part, by, ...where) {
  const root = join(folder, part, 'files');
  const { file } = scan(root, 'low', true);
  const words = ['--labels', join(folder, part, 'labels.jsonl'), '--findings', file, '--root', root, ...where];
  const scorer = join(sample, 'score.mjs');
  const byLevel = LEVELS.map((level) => JSON.parse(run(scorer, ...words, '--min-confidence', level, '--json')));
  if (!by) return { byLevel, groups: {} };
  // macroRecall: the mean of the groups, so that a large one counts no more than a small one.
  const grouped = JSON.parse(run(scorer, ...words, '--min-confidence', 'medium', '--by', by, '--json'));
  return { byLevel, groups: grouped.groups, macroRecall: grouped.macroRecall };
}

function sayLevels(title, { byLevel }) {
  say(`\n${title}`);
  const rows = byLevel.map(({ recall, precision, f1 }, i) => [
    `${LEVELS[i]} and up`,
    percent(recall),
    percent(precision),
    f1.toFixed(3),
  ]);
  say(makeTable(['level', 'recall', 'precision', 'F1'], rows));
}

function sayGroups({ groups }) {
  const rows = Object.entries(groups)
    .filter(([, { positives }]) => positives >= 10)
    .sort(([, a], [, b]) => b.positives - a.positives)
    .map(([name, { positives, negatives, recall, fp }]) => [name, positives, percent(recall), `${fp} of ${negatives}`]);
  say(`\n${makeTable(['category at medium', 'truths', 'recall', 'false'], rows)}`);
}

function sayClean(path) {
  const { findings, coverage } = scan(resolve(path), 'medium', false).report;
  const byRule = new Map();
  for (const { rule } of findings) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  const rows = [...byRule].sort((a, b) => b[1] - a[1]);
  say(
    `\nclean: ${coverage.files} files, ${Math.round(coverage.bytes / 1e6)} MB, ${findings.length} findings at medium`,
  );
  say(makeTable(['rule', 'findings'], rows));
  return (findings.length * 50e6) / Math.max(1, coverage.bytes);
}

const before = describeMachine();
run(join(sample, 'unpack.mjs'), folder);
say(run(UNLEAK, 'rules', 'check').trim().split('\n').at(-1));
say(run(join(ROOT, 'scripts/check-coverage.mjs')).trim());

const core = ['--where', 'core=true', '--same-value'];
const lines = score('lines', 'category', ...core);
sayLevels('labelled lines of repositories', lines);
sayGroups(lines);
const macro = score('lines', 'repo', ...core).macroRecall;
say(`\nmacro recall over repositories at medium: ${percent(macro)}`);
const cases = score('cases', undefined, '--where', 'weak!=placeholder');
sayLevels('format cases, without weak ones', cases);

const [lowLines, mediumLines] = lines.byLevel;
const goals = [
  judgeGoal('cases: recall, %', 100 * cases.byLevel[0].recall, { atLeast: 98 }),
  judgeGoal('cases: precision, %', 100 * cases.byLevel[0].precision, { atLeast: 99 }),
  judgeGoal('lines: F1 at medium', mediumLines.f1, { atLeast: 0.85 }),
  judgeGoal('lines: precision at medium, %', 100 * mediumLines.precision, { atLeast: 88 }),
  judgeGoal('lines: recall at low, %', 100 * lowLines.recall, { atLeast: 90 }),
];
if (values.clean)
  goals.push(judgeGoal('clean: findings per 50 MB (some are true)', sayClean(values.clean), { atMost: 1 }));
rmSync(folder, { recursive: true });
finish('detection', {
  before,
  contestants: { lines: lines.byLevel.map(({ groups, ...rest }) => rest), cases: cases.byLevel, macroRecall: macro },
  goals,
  notes: values.note,
  folder: values.record,
});
