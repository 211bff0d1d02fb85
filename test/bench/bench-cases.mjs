// Writes made-up credentials down in the forms of case-forms.mjs, scans them with the built product, and says which rules
// and which forms lose values. Two sources: every rule's own examples, filled with fresh text, and lists of formats made
// apart from the rules (--formats: JSON Lines with id, provider, kind, prefix, charset, length, keywords, public).
// Deterministic by --seed; measures nothing but what is written here, so look at the worst lines, not at the sums.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { FORMS, NAMELESS, STYLES } from './case-forms.mjs';
import { fail, say } from './record.mjs';

const ROOT = join(import.meta.dirname, '../..');
const { values: o } = parseArgs({
  options: {
    out: { type: 'string' },
    formats: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    dist: { type: 'string', default: join(ROOT, 'dist') },
    per: { type: 'string', default: '24' },
    level: { type: 'string', default: 'low' },
    list: { type: 'string' },
    only: { type: 'string' },
  },
});
const out = resolve(o.out ?? '/tmp/unleak-cases');

const build = await rolldown({ input: join(ROOT, 'test/bench/case-values.ts'), platform: 'node', onLog() {} });
const bundle = join(ROOT, 'node_modules/.cache/cases', 'case-values.mjs');
await build.write({ file: bundle, format: 'esm' });
const { ruleSeeds, formatSeeds, makeRandomText } = await import(pathToFileURL(bundle).href);

const formatRows = o.formats.flatMap((file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
);
const seeds = [...ruleSeeds(join(ROOT, 'rules')), ...formatSeeds(formatRows)].filter(
  (seed) => !o.only || seed.id.includes(o.only),
);
const random = makeRandomText(Number(o.seed));

function namesOf(words) {
  const names = Object.fromEntries(Object.entries(STYLES).map(([style, write]) => [style, write(words)]));
  const rest = words.length > 1 ? words.slice(1) : ['token'];
  return {
    ...names,
    titleLower: words.join(' '),
    service: words[0],
    rest: STYLES.snake(rest),
    restCamel: STYLES.camel(rest),
    restKebab: STYLES.kebab(rest),
  };
}

rmSync(out, { recursive: true, force: true });
const cases = [];
function write(seed, form, text, value) {
  const file = `${String(cases.length).padStart(6, '0')}/${form.path}`;
  const path = join(out, 'files', file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(text, form.encoding ?? 'utf8'));
  cases.push({ file, form: form.id, seed: seed.id, kind: seed.kind, value });
}
for (const seed of seeds) {
  if (seed.kind === 'whole') {
    for (let i = 0; i < 4; i++) {
      const { text, value } = seed.make(random);
      write(seed, { id: 'whole', path: 'whole.txt' }, `first line\n${text}\nlast line\n`, value);
    }
    continue;
  }
  const forms = seed.hasPrefix ? [...FORMS, ...NAMELESS] : FORMS;
  for (let i = 0; i < Number(o.per); i++) {
    const form = forms[random.integer(forms.length)];
    const { words, value } = seed.make(random);
    write(seed, form, form.write(namesOf(words), value), value);
  }
}
writeFileSync(join(out, 'cases.jsonl'), cases.map((c) => JSON.stringify(c)).join('\n'));

const report = join(out, 'report.json');
const scan = spawnSync(
  process.execPath,
  [
    join(o.dist, 'unleak.cjs'),
    'scan',
    'files',
    '--include-ignored',
    '--min-confidence',
    o.level,
    '--reveal',
    '--quiet',
    '--format',
    'json',
    '--output',
    report,
  ],
  { cwd: out, encoding: 'utf8' },
);
if (![0, 1].includes(scan.status)) fail(scan.stderr);
const found = new Map();
for (const f of JSON.parse(readFileSync(report, 'utf8')).findings) {
  const file = f.path.replace(/^files\//, '');
  found.set(file, [...(found.get(file) ?? []), f]);
}
const overlaps = (a, b) => a.includes(b) || b.includes(a);
function tally(key, rows) {
  const sums = new Map();
  for (const c of rows) {
    const sum = sums.get(c[key]) ?? { all: 0, met: 0, generic: 0 };
    sum.all++;
    if (c.met) sum.met++;
    if (c.by?.startsWith('generic.')) sum.generic++;
    sums.set(c[key], sum);
  }
  return [...sums].sort((a, b) => a[1].met / a[1].all - b[1].met / b[1].all);
}
for (const c of cases) {
  const met = (found.get(c.file) ?? []).filter(
    (f) =>
      overlaps(f.secret, c.value) ||
      c.value.replace(/\s+/g, '').includes(f.secret.replace(/\s+/g, '')) ||
      overlaps(f.secret, Buffer.from(c.value).toString('base64')),
  );
  c.met = met.length > 0;
  c.by = met.find((f) => !f.rule.startsWith('generic.'))?.rule ?? met[0]?.rule;
}
const percent = (n, all) => `${((100 * n) / all).toFixed(1)} %`.padStart(8);
for (const kind of new Set(cases.map((c) => c.kind))) {
  const rows = cases.filter((c) => c.kind === kind);
  say(
    `${kind}: ${rows.length} cases, met ${percent(rows.filter((c) => c.met).length, rows.length)}, of them by a generic rule only ${rows.filter((c) => c.by?.startsWith('generic.')).length}`,
  );
  for (const [form, s] of tally('form', rows).slice(0, 40))
    say(`  ${form.padEnd(22)} ${percent(s.met, s.all)} of ${s.all}  generic ${s.generic}`);
  for (const [seed, s] of tally('seed', rows)
    .filter(([, s]) => s.met < s.all * 0.85)
    .slice(0, 150))
    say(`    ${seed.padEnd(50)} ${s.met}/${s.all}`);
}
if (o.list)
  for (const c of cases.filter((c) => !c.met && (c.form.includes(o.list) || c.seed.includes(o.list))).slice(0, 40))
    say(`--- ${c.seed} ${c.form} ${c.file}\n${readFileSync(join(out, 'files', c.file), 'utf8').slice(0, 400)}`);
