// Every rule of rules/commands/ proves itself: leaking examples are found with their exact bytes, safe ones are silent, and
// the safe form never holds the value. The proof is that of `unleak rules check`.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKS } from '../../src/checks/registry.ts';
import { createCommandEngine } from '../../src/shell/command-engine.ts';
import { readCommandRuleFolder } from '../../src/shell/parse-command-rules.ts';
import { createPrefilter } from '../../src/shell/prefilter.ts';
import { proveCommandRules } from '../../src/shell/prove-command-rules.ts';
import { maskSpans, safeForm } from '../../src/shell/safe-form.ts';
import { RandomText } from '../../src/util/random-text.ts';

const RULES = readCommandRuleFolder(join(import.meta.dirname, '..', '..', 'rules', 'commands'));
const MATCHERS = RULES.map((rule) => rule.matcher);
const ENGINE = createCommandEngine(MATCHERS);

test('every rule is proved by its examples', () => {
  const failures = proveCommandRules(RULES, CHECKS).flatMap((proof) =>
    proof.failures.map((f) => `${proof.ruleId}: ${f}`),
  );
  expect(failures).toEqual([]);
  // 100 families of the field guide and as many forms of our own; fewer means that files were lost.
  expect(RULES.flatMap((rule) => rule.examples).length).toBeGreaterThan(450);
  expect(RULES.flatMap((rule) => rule.counterExamples).length).toBeGreaterThan(450);
});

test('a proof notices a rule that is wrong', () => {
  const [rule] = RULES;
  const broken = { ...rule!, matcher: { ...rule!.matcher, forms: ['--nothing=<v>'] } };
  const [proof] = proveCommandRules([broken], CHECKS);
  expect(proof?.isOk).toBe(false);
});

function values(line: string, dialect: 'sh' | 'fish' | 'powershell' = 'sh'): readonly string[] {
  return ENGINE.findInLine(line, 0, line.length, dialect, 'bash').findings.map((one) => one.value);
}

test.each([
  ["mysql -p'it'\\''s x1'", ["it's x1"]],
  ['mysql "-pSum mer"', ['Sum mer']],
  ['mysql -p$(cat x)', []],
  ['mysql -pSum$X', []],
  ['mysql -p`cat x`', []],
  ["mysql -p$'a\\x62c!'", ['abc!']],
  ['mysql -pa\\ b1', ['a b1']],
  ['\\mysql -pSummer19', ['Summer19']],
  ['/usr/bin/mysql -pSummer19', ['Summer19']],
  ['sudo -u root -E mysql -pSummer19', ['Summer19']],
  ['env -i A=b timeout 5 nice -n 3 mysql -pSummer19', ['Summer19']],
  ['cd /tmp && (mysql -pSummer19 | tee x) || true', ['Summer19']],
  ['if mysql -pSummer19; then echo y; fi', ['Summer19']],
  ['x=$(mysql -pSummer19 -e "select 1")', ['Summer19']],
  ['echo `mysql -pSummer19`', ['Summer19']],
  ['diff <(mysql -pSummer19) b', ['Summer19']],
  ['ssh -p 2222 h1 mysql -pSummer19', ['Summer19']],
  ["ssh h1 'mysql -pSummer19'", ['Summer19']],
  ['bash -c "sudo mysql -pSummer19"', ['Summer19']],
  ['su - ada -c "mysql -pSummer19"', ['Summer19']],
  ['kubectl exec -it db-0 -- mysql -pSummer19', ['Summer19']],
  ['# mysql -pSummer19', []],
  ['echo mysql -pSummer19', []],
  ['git commit -m "mysql -pSummer19"', []],
  ['mysql -pSummer19 # root', ['Summer19']],
  ['mysql -p<password>', []],
  ['mysql < dump.sql -pSummer19', ['Summer19']],
  ['docker login --password-stdin <<EOF\nSummer19\nEOF', ['Summer19']],
  ['docker login --password-stdin <<EOF\n$PW\nEOF', []],
  ['mysql -u root \\\n  -pSummer19 \\\n  shop', ['Summer19']],
])('%j gives %j', (line, expected) => {
  expect(values(line)).toEqual(expected);
});

test('a mask hides every value and nothing else; the safe form too', () => {
  const line = 'curl -u ada:Summer19 -H "X-Api-Key: Winter22x" https://x.test';
  const { findings } = ENGINE.findInLine(line, 0, line.length, 'sh', 'bash');
  const all = findings.flatMap((one) => one.spans);
  expect(maskSpans(line, { start: 0, end: line.length }, all)).toBe(
    'curl -u ada:******** -H "X-Api-Key: ********" https://x.test',
  );
  expect(safeForm(findings[0]!, line, all, 'sh').lines).toEqual([
    'curl -u ada -H "X-Api-Key: ********" https://x.test',
  ]);
});

test('the first look passes over no line in which the engine finds something; the engine never fails', () => {
  const prefilter = createPrefilter(MATCHERS);
  const pieces = RULES.flatMap((rule) => [...rule.examples, ...rule.counterExamples])
    .flatMap((line) => line.replace(/«|»|\{\{[^}]*\}\}/g, 'Aa1!xyzw').split(/(?<= )/))
    .concat(["'", '"', '\\', '$(', ')', '`', '|', '<<', '<<<', '\n', ';', '{', '}', '\0', '\xff']);
  for (let seed = 1; seed <= 3000; seed++) {
    const random = new RandomText(seed);
    const line = Array.from({ length: 1 + random.integer(9) }, () => random.pick(pieces)).join('');
    const dialect = random.pick(['sh', 'fish', 'powershell'] as const);
    for (let at = 0; at < line.length; ) {
      const { findings, end } = ENGINE.findInLine(line, at, line.length, dialect, 'bash');
      expect(end, `seed ${seed}`).toBeGreaterThan(at);
      const { places } = prefilter(Buffer.from(line.slice(at, end), 'latin1'));
      if (findings.length > 0) expect(places.length, `seed ${seed}: ${findings[0]?.rule.id}`).toBeGreaterThan(0);
      for (const { spans } of findings) {
        for (const span of spans) expect(span.start >= at && span.end <= end, `seed ${seed}`).toBe(true);
      }
      at = end;
    }
  }
});
