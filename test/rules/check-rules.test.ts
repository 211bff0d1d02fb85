import { expect, test } from 'vitest';
import type { Rule } from '../../src/model/rule.ts';
import { checkRules, type DetectFunction } from '../../src/rules/check-rules.ts';
import { fillExample } from '../../src/rules/placeholders.ts';
import { detectorOf, SAMPLE_CHECKS, sampleRule } from './sample-rules.ts';

async function failuresOf(
  rules: readonly Rule[],
  detect: DetectFunction = detectorOf(rules),
): Promise<(readonly string[])[]> {
  return (await checkRules(rules, { detect, checks: SAMPLE_CHECKS })).map((r) => r.failures);
}

test('a right rule is proved', async () => {
  const rules = [sampleRule()];
  expect(await checkRules(rules, { detect: detectorOf(rules), checks: SAMPLE_CHECKS, now: () => 0 })).toEqual([
    { ruleId: 'acme.token', file: 'rules/acme.yml', line: 1, isOk: true, failures: [] },
  ]);
});

const LINK = 'is no https URL; mend or delete it';
test.each<[string, Record<string, string>, string[]]>([
  ['no examples', { examples: '[]' }, ['examples: there is none; add a text with the secret between « and »']],
  [
    'no counter-examples',
    { counterExamples: '[]' },
    ['counterExamples: there is none; add a text that looks alike and is no secret'],
  ],
  ['no reference', { references: '[]' }, ['references: there is none; add the https URL that describes the format']],
  [
    'links',
    { references: '[http://a.example, nothing]', rotate: '{ where: x, url: "ftp://a.example" }' },
    [`references: http://a.example ${LINK}`, `references: nothing ${LINK}`, `references: ftp://a.example ${LINK}`],
  ],
  [
    'no word',
    { prefixes: '[ACME_]' },
    ["example 1: has none of the rule's words (ACME_); add one or mend the example"],
  ],
  [
    'found in a counter-example',
    { counterExamples: "['x acme_{{base36:24}}']" },
    ['counter-example 1: the rule finds bytes 2-31, expected nothing; make the pattern narrower'],
  ],
  [
    'two found',
    { examples: "['acme_{{base36:24}} «acme_{{base36:24}}»']" },
    ['example 1: the rule finds 2 secrets (bytes 0-29, bytes 30-59), expected one; shorten the example'],
  ],
  ['placeholder', { examples: "['«{{hexx:3}}»']" }, ['example 1: unknown placeholder {{hexx:3}}. Did you mean "hex"?']],
  ['marks', { counterExamples: "['«x»']" }, ['counter-example 1: a counter-example has no secret; delete « and »']],
  [
    'slow',
    { pattern: "'acme_(?:[a-z0-9]|[a-z]){24,90}'" },
    [
      'pattern: the pattern can read the same text in many ways in (?:[a-z0-9]|[a-z]){24,90}; let its parts start differently',
    ],
  ],
])('%s', async (_, changes, failures) => expect(await failuresOf([sampleRule(changes)])).toEqual([failures]));

test.each([
  ['datadog', []],
  ['datacat', ["example 1: has none of the rule's words (datacat); add one or mend the example"]],
])('words of near are looked for in any case: %s', async (word, failures) => {
  const near = { prefixes: undefined, near: `{ words: [${word}], within: 60 }` };
  expect(await failuresOf([sampleRule({ ...near, examples: "['DATADOG=«acme_{{base36:24}}»']" })])).toEqual([failures]);
});

test('silence and a wrong span are told with the value masked', async () => {
  const rule = sampleRule();
  const { text, secret } = fillExample(rule, 0, SAMPLE_CHECKS);
  const value = text.slice(secret.start);
  const masked = `acme********${value.slice(-2)} at bytes 6-35`;
  const silent = await failuresOf([rule], () => []);
  const wrong = await failuresOf([rule], (bytes) =>
    bytes.length > 20 ? [{ ruleId: 'acme.token', span: { start: 6, end: 34 } }] : [],
  );
  expect(silent).toEqual([[`example 1: the rule does not find ${masked}; mend the pattern, its words or the example`]]);
  expect(wrong).toEqual([
    [`example 1: the rule finds bytes 6-34, expected ${masked}; move « and » or mend the pattern`],
  ]);
  expect(JSON.stringify([silent, wrong])).not.toContain(value);
});

test('another specific rule on the example is a failure, a generic one is not', async () => {
  const rule = sampleRule();
  const twin = (id: string): Rule => ({ ...rule, matcher: { ...rule.matcher, id } });
  const detect = detectorOf([rule, twin('acme.twin'), twin('generic.token')]);
  expect(await failuresOf([rule], detect)).toEqual([
    ['example 1: rule acme.twin finds something here too; make one of the patterns narrower'],
  ]);
});

test('ids, providers and anchors are judged over all files', async () => {
  const first = sampleRule();
  const second: Rule = {
    ...first,
    info: { ...first.info, provider: 'other' },
    place: { file: 'rules/other.yml', line: 4 },
  };
  expect(await failuresOf([first, second], detectorOf([first]))).toEqual([
    [],
    [
      'id: rules/acme.yml:1 has it too; rename one',
      'id: must start with "other.", as its file is named; rename the rule or move it',
    ],
  ]);
  const anchor = (n: number): Rule => {
    const words = Array.from({ length: n }, (_, i) => (i === 0 ? 'acme' : `word${i}`));
    return { ...first, matcher: { ...first.matcher, wakeUp: { kind: 'anchor', words, beforeBytes: 40 } } };
  };
  expect(await failuresOf([anchor(40)])).toEqual([[]]);
  expect(await failuresOf([anchor(41)])).toEqual([
    ['anchors: all rules together have more than 40; use prefixes or near'],
  ]);
});

test('a pattern that is slow by the clock is a failure', async () => {
  const rules = [sampleRule()];
  let reading = 0;
  const now = () => (reading += 150);
  const [result] = await checkRules(rules, { detect: detectorOf(rules), checks: SAMPLE_CHECKS, now });
  expect(result?.failures).toEqual([
    'pattern: takes 150 ms on 13 bytes; bound its repeats more tightly or lower maxBytes',
  ]);
});
