// Says which of the known credential formats the rules cover (npm run coverage). rules/coverage/rows.yml names for each
// format the rules that find it, or why none does. Fails when a rule is named that does not exist, or a row says neither.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'rules');

/** @returns {Set<string>} ids of every rule */
function readRuleIds() {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yml'));
  return new Set(names.flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')).map((rule) => rule.id)));
}

/** @returns {string[]} what is wrong with a row, one line each */
function findFaults(row, ruleIds, seen) {
  const where = `rules/coverage/rows.yml: row ${row.id}`;
  const faults = [];
  if (seen.has(row.id)) faults.push(`${where}: is there twice; delete one`);
  if (!row.why === !row.rules?.length) faults.push(`${where}: give either "rules" or "why"`);
  for (const id of row.rules ?? []) {
    if (!ruleIds.has(id)) faults.push(`${where}: there is no rule ${id}; name another or write "why"`);
  }
  return faults;
}

const ruleIds = readRuleIds();
const rows = parse(readFileSync(join(folder, 'coverage', 'rows.yml'), 'utf8'));
const seen = new Set();
const faults = rows.flatMap((row) => {
  const found = findFaults(row, ruleIds, seen);
  seen.add(row.id);
  return found;
});
const isGeneric = (id) => id.startsWith('generic.');
const ruled = rows.filter((row) => row.rules?.some((id) => !isGeneric(id)));
const part = rows.filter((row) => row.rules?.length && row.rules.every(isGeneric));
const reasons = new Map();
for (const row of rows) if (row.why) reasons.set(row.why, [...(reasons.get(row.why) ?? []), row]);
const without = [...reasons.values()].reduce((sum, list) => sum + list.length, 0);
const lines = [
  `${rows.length} formats of ${new Set(rows.map((row) => row.provider)).size} providers, ${ruleIds.size} rules`,
  `${ruled.length} have a rule of their own, ${part.length} are part of a generic rule, ${without} have a reason:`,
  ...[...reasons].sort((a, b) => b[1].length - a[1].length).map(([why, list]) => `  ${list.length}  ${why}`),
  ...faults,
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
