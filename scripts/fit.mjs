// Fits the weights of the generic score and writes them to src/detector/generic-weights.ts. Deterministic.
//
//   npm run fit -- --sample DIR --clean DIR[,DIR] [--specific REPORT.json] [--dry]
//
// DIR of the sample holds labels.jsonl and files/<repository>/…; the clean folders hold material without secrets, where
// every value counts as false. REPORT.json is a scan of the sample: its findings by rules of known formats count as met.
// Labelled data never enters the repository; only the numbers do. Printed: a cross-validation over ten groups of
// repositories, which says how well the weights do on repositories they have not seen, and the fit on everything.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { createLabelIndex, measure } from './fit-labels.mjs';
import { fitLogistic, scoreRow } from './fit-logistic.mjs';

const FOLDS = 10;
const STEPS = 250;
/** Penalties of a fact and of a pair: a pair is believed only when many repositories speak for it. */
const L2_FACT = 3;
const L2_PAIR = 60;
const PAIRS_KEPT = 300;
/** From this sum on a value is reported with a medium confidence: the best F1 on repositories held back. */
const MEDIUM = -0.25;
/** A pair must occur in so many repositories. */
const PAIR_REPOSITORIES = 10;
/** What a value on no label weighs, and one of the clean material. */
const UNLABELLED_WEIGHT = 0.5;
const CLEAN_WEIGHT = 0.3;
/** Repositories with many values weigh less for each: n values count as n^(1 - this). */
const REPOSITORY_POWER = 0.5;

const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    clean: { type: 'string', default: '' },
    specific: { type: 'string' },
    pairs: { type: 'string', default: String(PAIRS_KEPT) },
    'l2-fact': { type: 'string', default: String(L2_FACT) },
    'l2-pair': { type: 'string', default: String(L2_PAIR) },
    'clean-weight': { type: 'string', default: String(CLEAN_WEIGHT) },
    medium: { type: 'string', default: String(MEDIUM) },
    dump: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});

const BUILD = 'node_modules/.cache/fit';
async function loadLister() {
  mkdirSync(BUILD, { recursive: true });
  for (const [input, name] of [
    ['scripts/fit-candidates.ts', 'candidates'],
    ['scripts/compile-rules.ts', 'compile'],
  ]) {
    const build = await rolldown({ input, platform: 'node', onLog: () => {} });
    await build.write({ file: `${BUILD}/${name}.mjs`, format: 'esm', codeSplitting: false });
    await build.close();
  }
  const { execFileSync } = await import('node:child_process');
  execFileSync(process.execPath, [`${BUILD}/compile.mjs`, 'rules', BUILD]);
  const { createLister } = await import(pathToFileURL(`${BUILD}/candidates.mjs`).href);
  return createLister(readFileSync(`${BUILD}/rules.bin`));
}

function listFiles(folder, out = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) listFiles(path, out);
    else if (entry.isFile()) out.push(path);
  }
  return out;
}

function hash(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
}

/** Rows of the sample: y is 1 for a core truth, undefined for a truth that does not count. */
function readSample(list, folder) {
  const labels = readFileSync(join(folder, 'labels.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l));
  const touched = createLabelIndex(labels);
  const root = join(folder, 'files');
  const rows = [];
  for (const file of listFiles(root).sort()) {
    for (const row of list(root, relative(root, file))) {
      const met = touched(row);
      const isTrue = met.some((l) => l.label === 'T' && l.core);
      const y = isTrue ? 1 : met.some((l) => l.label === 'T') ? undefined : 0;
      rows.push({ ...row, group: row.path.split('/')[0], y, met, w: isTrue || met.length > 0 ? 1 : UNLABELLED_WEIGHT });
    }
  }
  const sizes = new Map();
  for (const r of rows) sizes.set(r.group, (sizes.get(r.group) ?? 0) + 1);
  for (const r of rows) r.w *= (60 / sizes.get(r.group)) ** REPOSITORY_POWER;
  return { labels, touched, rows };
}

/** Values of clean material; of those with the very same facts in one package two are enough. */
function readClean(list, folders) {
  const rows = [];
  for (const folder of folders) {
    const seen = new Map();
    for (const file of listFiles(folder).sort()) {
      const path = relative(folder, file);
      if (/vectors/.test(path)) continue;
      const group = `~${path.split('/').slice(0, 2).join('/')}`;
      for (const row of list(folder, path)) {
        const key = `${group} ${row.features.join()}`;
        const count = seen.get(key) ?? 0;
        seen.set(key, count + 1);
        // Tests hold made-up credentials, which the sample calls credentials.
        if (count < 2 && !row.features.includes('path:test'))
          rows.push({ ...row, group, y: 0, met: [], w: Number(options['clean-weight']) });
      }
    }
  }
  return rows;
}

const pairKey = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Facts and pairs that occur in enough groups of the rows, in a fixed order. */
function listFacts(rows, wantsPairs) {
  const groups = new Map();
  const note = (id, group) => groups.set(id, (groups.get(id) ?? new Set()).add(group));
  for (const { features, group, y, met } of rows) {
    const facts = [...new Set(features)];
    for (const id of facts) note(id, group);
    // Pairs are looked for in the sample alone: the clean material would bring tens of thousands.
    if (!wantsPairs || (y === 0 && met.length === 0 && group.startsWith('~'))) continue;
    for (let i = 0; i < facts.length; i++)
      for (let j = i + 1; j < facts.length; j++) note(pairKey(facts[i], facts[j]), group);
  }
  const needed = (id) => (id.includes(' ') ? PAIR_REPOSITORIES : 2);
  return [...groups]
    .filter(([id, set]) => set.size >= needed(id))
    .map(([id]) => id)
    .sort();
}

function encode(rows, facts) {
  const index = new Map(facts.map((id, i) => [id, i]));
  for (const row of rows) {
    const ids = [...new Set(row.features)].filter((id) => index.has(id) || facts.hasPairs);
    const x = [];
    for (let i = 0; i < ids.length; i++) {
      const own = index.get(ids[i]);
      if (own !== undefined) x.push(own);
      if (facts.hasPairs) {
        for (let j = i + 1; j < ids.length; j++) {
          const pair = index.get(pairKey(ids[i], ids[j]));
          if (pair !== undefined) x.push(pair);
        }
      }
    }
    row.x = Int32Array.from(x);
  }
}

const penalties = (facts) =>
  Float64Array.from(facts, (id) => Number(id.includes(' ') ? options['l2-pair'] : options['l2-fact']));

/** Fits on `rows`: all pairs first, then again with those that carry most. */
function train(rows) {
  const counted = rows.filter((r) => r.y !== undefined);
  const all = listFacts(counted, true);
  all.hasPairs = true;
  encode(counted, all);
  const first = fitLogistic(counted, all.length, { l2: penalties(all), steps: STEPS / 2 });
  const uses = new Float64Array(all.length);
  for (const r of counted) for (const i of r.x) uses[i] += r.w;
  const worth = (i) => Math.abs(first[i]) * Math.sqrt(uses[i]);
  const pairs = all
    .map((id, i) => [id, worth(i)])
    .filter(([id]) => id.includes(' '))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const kept = new Set(pairs.slice(0, Number(options.pairs)).map(([id]) => id));
  const facts = all.filter((id) => !id.includes(' ') || kept.has(id));
  facts.hasPairs = true;
  encode(counted, facts);
  return { facts, weights: fitLogistic(counted, facts.length, { l2: penalties(facts), steps: STEPS }) };
}

function scoreAll(rows, { facts, weights }, field) {
  encode(rows, facts);
  for (const row of rows) row[field] = scoreRow(weights, row.x);
}

/** Which fold a repository is in: the one with the most labels first, each to the fold with the fewest. */
function shareOut(labels) {
  const sizes = new Map();
  for (const { repo, core } of labels) if (core) sizes.set(repo, (sizes.get(repo) ?? 0) + 1);
  const load = new Array(FOLDS).fill(0);
  const foldOf = new Map();
  for (const [repo, size] of [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const fold = load.indexOf(Math.min(...load));
    foldOf.set(repo, fold);
    load[fold] += size;
  }
  return foldOf;
}

const list = await loadLister();
const { labels, touched, rows } = readSample(list, options.sample);
const clean = readClean(list, options.clean.split(',').filter(Boolean));
process.stdout.write(
  `sample: ${rows.length} values of ${new Set(rows.map((r) => r.group)).size} repositories; clean: ${clean.length} values\n`,
);
const specific = options.specific
  ? JSON.parse(readFileSync(options.specific, 'utf8')).findings.filter((f) => !f.rule.startsWith('generic.'))
  : [];
const known = specific.map((f) => ({
  isLow: f.confidence === 'low',
  // The scan may have started in the sample's folder or in the one that holds its files.
  met: touched({ path: f.path.replace(/^(?:.*\/)?files\/(?=[0-9a-f]{8}\/)/, ''), line: f.line, value: f.secret }),
}));

const foldOf = shareOut(labels);
for (let fold = 0; fold < FOLDS; fold++) {
  const isHeld = (r) => (foldOf.get(r.group) ?? hash(r.group) % FOLDS) === fold;
  const model = train([...rows, ...clean].filter((r) => !isHeld(r)));
  scoreAll([...rows, ...clean].filter(isHeld), model, 'held');
}
const model = train([...rows, ...clean]);
scoreAll([...rows, ...clean], model, 'fitted');

/** Thresholds up to here are those of low; what the product caps counts for them alone. */
const LOW = -1.5;
const percent = (v) => (100 * v).toFixed(1).padStart(5);
function resultAt(field, threshold, withLow) {
  const generic = rows.filter((r) => r[field] >= threshold && !(r.isCapped && threshold > LOW)).map((r) => r.met);
  return measure(labels, [...generic, ...known.filter((k) => withLow || !k.isLow).map((k) => k.met)]);
}
for (const [field, title] of [
  ['held', 'repositories held back, ten folds'],
  ['fitted', 'fitted and measured on the same sample'],
]) {
  process.stdout.write(`\n${title}\nthreshold  recall  macro  precision  F1     clean\n`);
  for (const threshold of [-4, -3, -2.5, -2, -1.5, -1.25, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5, 2, 3]) {
    const m = resultAt(field, threshold, threshold < LOW);
    const cleanCount = clean.filter((r) => r[field] >= threshold).length;
    process.stdout.write(
      `${String(threshold).padStart(9)}  ${percent(m.recall)}  ${percent(m.macroRecall)}  ${percent(m.precision)}      ${m.f1.toFixed(3)}  ${cleanCount}\n`,
    );
  }
}
process.stdout.write('\nfold by fold, held back, at medium\n');
for (let fold = 0; fold < FOLDS; fold++) {
  const own = new Set([...foldOf].filter(([, f]) => f === fold).map(([g]) => g));
  const ownLabels = labels.filter((l) => own.has(l.repo));
  const met = [
    ...rows.filter((r) => own.has(r.group) && r.held >= Number(options.medium) && !r.isCapped).map((r) => r.met),
    ...known.filter((k) => !k.isLow).map((k) => k.met.filter((l) => own.has(l.repo))),
  ];
  const m = measure(ownLabels, met);
  process.stdout.write(
    `${fold}: ${own.size} repositories, ${m.tp}+${m.fp} met, recall ${percent(m.recall)} precision ${percent(m.precision)} F1 ${m.f1.toFixed(3)}\n`,
  );
}
if (options.dump)
  writeFileSync(
    options.dump,
    JSON.stringify(
      [...rows, ...clean].map((r) => ({
        p: r.path,
        l: r.line,
        v: r.value,
        k:
          r.y === 1
            ? 'T'
            : r.group.startsWith('~')
              ? 'clean'
              : r.met.some((l) => l.label === 'X')
                ? 'X'
                : r.met.length
                  ? 'F'
                  : 'none',
        s: r.held,
        sa: r.fitted,
        f: r.features,
      })),
    ),
  );

if (!options.dry) {
  const round = (v) => Math.round(v * 100) / 100;
  const entries = model.facts.map((id, i) => [id, round(model.weights[i])]).filter(([, w]) => w !== 0);
  const singles = entries.filter(([id]) => !id.includes(' ')).map(([id, w]) => `  '${id}': ${w},`);
  const groups = new Map();
  for (const [id, weight] of entries.filter(([id]) => id.includes(' '))) {
    const [first, second] = id.split(' ');
    groups.set(first, [...(groups.get(first) ?? []), `${second}=${weight}`]);
  }
  const pairs = [...groups].map(([first, others]) => `  '${first}': '${others.join(' ')}',`);
  writeFileSync(
    'src/detector/generic-weights.ts',
    `// Made by \`npm run fit\` (scripts/fit.mjs says on what data); do not edit. A positive weight speaks for a secret, a negative
// one against it; the sum is the logarithm of the odds. Pairs count on top when both facts hold.
export const BIAS = ${round(model.weights.at(-1))};
/** Sums from which a value is reported with this confidence. */
export const THRESHOLD = { high: 2, medium: ${options.medium}, low: -3 } as const;

export const WEIGHTS: Readonly<Record<string, number>> = {
${singles.join('\n')}
};

/** First fact → second facts with the weight of both, which keeps the file and the hook's bundle small. */
export const PAIRS: Readonly<Record<string, string>> = {
${pairs.join('\n')}
};
`,
  );
}
