import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../support/git-repository.ts';

const SCRIPT = new URL('../../scripts/check-coverage.mjs', import.meta.url).pathname;

function folderOf(rows: string): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'coverage'));
  writeFileSync(join(folder, 'acme.yml'), '- id: acme.token\n- id: acme.key\n');
  writeFileSync(join(folder, 'generic.yml'), '- id: generic.secret\n');
  writeFileSync(join(folder, 'coverage', 'rows.yml'), rows);
  return folder;
}

test('every known format has a rule or a reason', () => {
  const [first, second] = execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' }).split('\n');
  expect(first).toMatch(/^1253 formats of \d+ providers, \d+ rules$/);
  expect(second).toMatch(/^\d+ have a rule of their own, \d+ are part of a generic rule, \d+ have a reason:$/);
});

test('counts, and says what is wrong', () => {
  const folder = folderOf(`
- { id: a, provider: Acme, kind: token, rules: [acme.token, acme.key] }
- { id: b, provider: Acme, kind: secret, rules: [generic.secret] }
- { id: c, provider: Other, kind: id, why: public }
- { id: c, provider: Other, kind: id, why: public }
- { id: d, provider: Other, kind: key, rules: [other.key] }
- { id: e, provider: Other, kind: key }
`);
  const { stdout, status } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  expect(stdout).toBe(`6 formats of 2 providers, 3 rules
2 have a rule of their own, 1 are part of a generic rule, 2 have a reason:
  2  public
rules/coverage/rows.yml: row c: is there twice; delete one
rules/coverage/rows.yml: row d: there is no rule other.key; name another or write "why"
rules/coverage/rows.yml: row e: give either "rules" or "why"
`);
  expect(status).toBe(1);
});
