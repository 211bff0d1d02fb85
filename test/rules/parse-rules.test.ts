import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/model/errors.ts';
import { parseRuleFile, readRuleFile } from '../../src/rules/parse-rules.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { OPTIONS, ruleText } from './sample-rules.ts';

const messagesOf = (text: string) => readRuleFile(text, 'r.yml', OPTIONS).errors.map((e) => e.message);

test('reads every field, with defaults for those left out', () => {
  const rules = parseRuleFile(readFileSync('fixtures/rules/every-field.yml', 'utf8'), 'rules/acme.yml', OPTIONS);
  expect(rules[0]).toEqual({
    matcher: {
      id: 'acme.app-token',
      severity: 'critical',
      confidence: 'medium',
      kind: 'token',
      wakeUp: { kind: 'prefix', words: ['acme_', 'acmx_'] },
      pattern: 'acm[ex]_[a-z0-9]{24}',
      ignoreCase: true,
      maxBytes: 120,
      minBytes: 29,
      check: 'acme-sum',
      minEntropyBits: 2.5,
      parts: [
        { name: 'accountId', pattern: 'acct-([0-9]{8})', withinBytes: 200, isRequired: true },
        { name: 'region', pattern: '[a-z]{2}-[0-9]', withinBytes: 50, isRequired: false },
      ],
    },
    info: {
      id: 'acme.app-token',
      name: 'Acme app token',
      description: 'Acts as the app.',
      severity: 'critical',
      provider: 'acme',
      rotate: { where: 'Acme > Tokens', url: 'https://acme.example/tokens', notes: 'Look at the log first.' },
      temporary: 'A session lives one hour.',
      vault: { kind: 'api-token', jsonKeys: ['token', 'id'] },
      references: ['https://acme.example/docs'],
    },
    examples: ['TOKEN=«acme_{{base36:24}}»'],
    counterExamples: ['TOKEN=acme_short'],
    place: { file: 'rules/acme.yml', line: 2 },
  });
  const rest = rules
    .slice(1)
    .map(({ matcher: m, place }) => [m.wakeUp, m.confidence, m.kind, m.maxBytes, m.minBytes, place.line]);
  expect(rest).toEqual([
    [{ kind: 'near', words: ['acme'], withinBytes: 60 }, 'medium', 'token', 32, 32, 28],
    [{ kind: 'assignment', words: ['acmepw'] }, 'medium', 'password', 64, 8, 38],
    [{ kind: 'anchor', words: ['-----ACME BEGIN'], beforeBytes: 10 }, 'high', 'token', 40, 40, 49],
  ]);
});

test('provider: the file for our own rules, the first segment of the id for others', () => {
  const providerOf = (file: string, isBuiltIn: boolean) =>
    parseRuleFile(ruleText(), file, { ...OPTIONS, isBuiltIn })[0]?.info.provider;
  expect([
    providerOf('rules/other.yml', true),
    providerOf('rules\\o.yaml', true),
    providerOf('rules/other.yml', false),
  ]).toEqual(['other', 'o', 'acme']);
});

test.each([
  ['a byte order mark', (text: string) => `\ufeff${text}`],
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
])('%s changes nothing', (_, change) => {
  expect(parseRuleFile(change(ruleText()), 'r.yml', OPTIONS)).toEqual(parseRuleFile(ruleText(), 'r.yml', OPTIONS));
});

const T = 'rule acme.token:';
const ALL_KEYS =
  'id, name, description, severity, pattern, examples, counterExamples, rotate, references, prefixes, near, assignment, ' +
  'anchors, confidence, kind, check, minEntropyBits, ignoreCase, maxBytes, before, parts, temporary, aws';
/** Changes to a right rule, and the whole of what is said about them. */
const WRONG: [name: string, changes: Record<string, string | undefined>, messages: string[]][] = [
  ['unknown key', { referencs: '[x]' }, [`r.yml:11: ${T} unknown key "referencs". Did you mean "references"?`]],
  ['unknown key, nothing near', { zzzzzz: '1' }, [`r.yml:11: ${T} unknown key "zzzzzz". Allowed: ${ALL_KEYS}.`]],
  [
    'missing field',
    { name: undefined, rotate: undefined },
    [`r.yml:1: ${T} "name" is missing; add it`, `r.yml:1: ${T} "rotate" is missing; add it`],
  ],
  ['missing field below', { rotate: '{ notes: x }' }, [`r.yml:9: ${T} "rotate.where" is missing; add it`]],
  ['number for text', { name: '12' }, [`r.yml:2: ${T} "name" must be text, is a number; put it in quotes`]],
  ['empty text', { name: '' }, [`r.yml:2: ${T} "name" must be text, is empty; fill it in or delete the key`]],
  ['blank text', { name: "' '" }, [`r.yml:2: ${T} "name" must be text, is empty; fill it in or delete the key`]],
  ['list for text', { name: '[a]' }, [`r.yml:2: ${T} "name" must be text, is a list; put it in quotes`]],
  [
    'text for list',
    { examples: 'x' },
    [`r.yml:7: ${T} "examples" must be a list, is text; write [a, b] or "- a" lines`],
  ],
  [
    'number in list',
    { references: '[a, 5]' },
    [`r.yml:10: ${T} "references" item 2 must be text, is a number; put it in quotes`],
  ],
  ['text for mapping', { rotate: 'x' }, [`r.yml:9: ${T} "rotate" must be a mapping, is text; keys: where, url, notes`]],
  ['word for flag', { ignoreCase: 'yes' }, [`r.yml:11: ${T} "ignoreCase" must be true or false, is text`]],
  [
    'choice',
    { severity: 'hihg' },
    [`r.yml:4: ${T} "severity" must be one of critical, high, medium, low, is "hihg". Did you mean "high"?`],
  ],
  [
    'choice of a wrong type',
    { kind: 'true' },
    [`r.yml:11: ${T} "kind" must be one of token, password, is true or false.`],
  ],
  [
    'maxBytes too large',
    { maxBytes: '16385' },
    [`r.yml:11: ${T} "maxBytes" must be a whole number from 1 to 16384, is 16385`],
  ],
  [
    'maxBytes not whole',
    { maxBytes: '1.5' },
    [`r.yml:11: ${T} "maxBytes" must be a whole number from 1 to 16384, is 1.5`],
  ],
  ['entropy', { minEntropyBits: '9' }, [`r.yml:11: ${T} "minEntropyBits" must be a number from 0 to 8, is 9`]],
  ['check', { check: 'acme-smu' }, [`r.yml:11: ${T} there is no check "acme-smu". Did you mean "acme-sum"?`]],
  [
    'bad id',
    { id: 'Acme' },
    ['r.yml:1: rule Acme: the id must be <provider>.<what> of a-z, 0-9 and single hyphens, such as github.app-token'],
  ],
  [
    'long id',
    { id: `acme.${'x'.repeat(36)}` },
    [`r.yml:1: rule acme.${'x'.repeat(36)}: the id has 41 characters; at most 40`],
  ],
  ['no id', { id: '' }, ['r.yml:1: entry 1: "id" must be text, is empty; fill it in or delete the key']],
  [
    'no wake-up',
    { prefixes: undefined },
    [`r.yml:1: ${T} nothing wakes the rule up; give exactly one of prefixes, near, assignment, anchors`],
  ],
  ['two wake-ups', { anchors: '[abcd]' }, [`r.yml:11: ${T} prefixes and anchors are both given; keep exactly one`]],
  ['short word', { prefixes: '[ab]' }, [`r.yml:5: ${T} "prefixes" word "ab" is too short; at least 3 characters`]],
  [
    'foreign word',
    { prefixes: '[añb]' },
    [`r.yml:5: ${T} "prefixes" word "añb" may only have printable ASCII characters`],
  ],
  ['repeated word', { prefixes: '[acme, acme]' }, [`r.yml:5: ${T} "prefixes" word "acme" is given twice; delete one`]],
  ['no words', { prefixes: '[]' }, [`r.yml:5: ${T} "prefixes" is empty; name at least one`]],
  [
    'near',
    { prefixes: undefined, near: '{ words: [ab], within: 97 }' },
    [
      `r.yml:10: ${T} "near.words" word "ab" is too short; at least 3 characters`,
      `r.yml:10: ${T} "near.within" must be a whole number from 1 to 96, is 97`,
    ],
  ],
  ['before without anchors', { before: '3' }, [`r.yml:11: ${T} "before" is for rules with anchors only; delete it`]],
  [
    'pattern does not compile',
    { pattern: "'acme_[a-z'" },
    [`r.yml:6: ${T} "pattern" does not compile (unterminated character class); mend the regular expression`],
  ],
  [
    'back-reference',
    { pattern: "'(acme)\\1'" },
    [`r.yml:6: ${T} "pattern" has a back-reference (\\1); write the text out`],
  ],
  [
    'two groups',
    { pattern: "'(a)(b)'" },
    [`r.yml:6: ${T} "pattern" has 2 capturing groups; keep the one around the secret, write (?:…) for the others`],
  ],
  [
    'endless repeat',
    { pattern: "'acme_[a-z]+?'" },
    [`r.yml:6: ${T} "pattern" repeats without an end (+?); give a largest count, such as {1,200}`],
  ],
  [
    'part',
    { parts: '[{ nam: x }, y]' },
    [
      `r.yml:11: ${T} unknown key "parts 1: nam". Did you mean "name"?`,
      `r.yml:11: ${T} "parts 1: name" is missing; add it`,
      `r.yml:11: ${T} "parts 1: pattern" is missing; add it`,
      `r.yml:11: ${T} "parts 1: withinBytes" is missing; add it`,
      `r.yml:11: ${T} "parts" item 2 must be a mapping`,
    ],
  ],
];

describe('says what is wrong, where, and what to do', () => {
  test.each(WRONG)('%s', (_, changes, messages) => expect(messagesOf(ruleText(changes))).toEqual(messages));

  test('repeated key', () =>
    expect(messagesOf(`${ruleText()}  name: again\n`)).toEqual([`r.yml:11: ${T} "name" is given twice; delete one`]));
  test('repeated id', () =>
    expect(messagesOf(ruleText() + ruleText())).toEqual([`r.yml:11: ${T} the id is used in line 1 too; rename one`]));
});

test('throws one error that lists all, placed at the first', () => {
  let thrown: unknown;
  try {
    parseRuleFile(ruleText({ name: '1', severity: 'x' }), 'r.yml', OPTIONS);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ConfigError);
  expect((thrown as ConfigError).place).toEqual({ file: 'r.yml', line: 2 });
  expect((thrown as ConfigError).message).toBe(
    `r.yml:2: ${T} "name" must be text, is a number; put it in quotes\n` +
      `r.yml:4: ${T} "severity" must be one of critical, high, medium, low, is "x".`,
  );
});

test('stops after fifty errors', () => {
  const messages = messagesOf('- a\n'.repeat(1000));
  expect(messages).toHaveLength(51);
  expect(messages[50]).toBe('r.yml: more than 50 errors; the rest is not shown');
});

describe('hostile or broken YAML', () => {
  const deep = 'nested too deep for a rule file; a rule needs three levels';
  const bomb = `- &a [x,x]\n${Array.from({ length: 30 }, (_, i) => `- &b${i} [*a,*a]\n`).join('')}`;
  test.each([
    ['empty', '', 'r.yml:1: the file has no rules; write a list of rules, or take the file out of the configuration'],
    [
      'comment only',
      '# x\n',
      'r.yml:1: the file has no rules; write a list of rules, or take the file out of the configuration',
    ],
    ['mapping', '\nid: x\n', 'r.yml:2: a rule file must be a list of rules; start each rule with "- id: …"'],
    ['list of words', '- x\n', 'r.yml:1: entry 1 must be a mapping; start it with "- id: …"'],
    [
      'alias bomb',
      bomb,
      'r.yml:1: an anchor (&name) is not allowed in a rule file; delete it, or put the value in quotes',
    ],
    [
      'alias',
      '- *a\n',
      'r.yml:1: an alias (*name) is not allowed in a rule file; write the value out, or put it in quotes',
    ],
    [
      'tag',
      '- !!js/function x\n',
      'r.yml:1: a tag (!name) is not allowed in a rule file; delete it, or put the value in quotes',
    ],
    [
      'directive',
      '%YAML 1.1\n---\n- a\n',
      'r.yml:1: a directive (%name) is not allowed in a rule file; delete the line',
    ],
    ['explicit key', '- ? a\n', 'r.yml:1: a "? key" is not allowed in a rule file; write "key: value"'],
    [
      'two documents',
      '---\n- a: 1\n---\n- b: 1\n',
      'r.yml:3: a second document (---) is not allowed in a rule file; make it one list',
    ],
    ['stray bracket', '- a: 1\n- ]\n', 'r.yml:2: "]" closes nothing; delete it, or put the value in quotes'],
    [
      'open bracket',
      '- a: 1\n- [b,\n- c: 2\n',
      'r.yml:2: a bracket is not closed; close it, or put the value in quotes',
    ],
    ['too large', ' '.repeat(4 * 1024 * 1024 + 1), 'r.yml:1: the file is larger than 4 MiB; split it'],
    ['lines without end', '#\n'.repeat(2e6), 'r.yml:250001: more than 500000 words and signs; split the file'],
    ['brackets without end', '['.repeat(4e6), `r.yml:1: ${deep}`],
    ['lists without end', '- '.repeat(2e6), `r.yml:1: ${deep}`],
    ['keys without end', 'a: '.repeat(1e6), `r.yml:1: ${deep}`],
    ['deep indent', `- a:\n${' '.repeat(65)}b: 1\n`, `r.yml:2: ${deep}`],
  ])('%s', (_, text, message) => expect(messagesOf(text)).toEqual([message]));

  test('only the first syntax error is told, with its line', () => {
    expect(messagesOf('- id: x\n  name: y\n bad: 1\n worse: 2\n')).toEqual([
      'r.yml:3: not valid YAML: Sequence item without - indicator; mend the line or put the value in quotes',
    ]);
  });
});

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_124);
test(`whatever the text, only ConfigErrors come out (FUZZ_SEED=${SEED})`, () => {
  const random = new RandomText(SEED);
  const base = readFileSync('fixtures/rules/every-field.yml', 'utf8');
  const pieces = [
    '[',
    ']',
    '{',
    '}',
    ':',
    '- ',
    '\n',
    ' ',
    '"',
    "'",
    '|',
    '>',
    '&a',
    '*a',
    '!',
    '%',
    '#',
    '?',
    '---\n',
    '\t',
    '\0',
    '\ufeff',
    '«',
    '(',
    ')+',
    '1e999',
    '~',
    '<<: ',
    '\r',
    '\u2028',
    '\ud800',
  ];
  let rejected = 0;
  for (let round = 0; round < 800; round++) {
    let text = base;
    for (let edits = 1 + random.integer(4); edits > 0; edits--) {
      const at = random.integer(text.length + 1);
      const cut = random.integer(3) === 0 ? random.integer(40) : random.integer(2);
      const insert = random.integer(4) === 0 ? text.slice(at, at + random.integer(60)) : random.pick(pieces);
      text = text.slice(0, at) + insert + text.slice(at + cut);
    }
    try {
      parseRuleFile(text, 'r.yml', OPTIONS);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw new Error(`round ${round}: ${JSON.stringify(text)}`, { cause: error });
      expect(error.message).toMatch(/^r\.yml:\d+: \S/);
      rejected++;
    }
  }
  // Were nearly all texts refused, or nearly none, the mutations would test little.
  expect(rejected).toBeGreaterThan(200);
  expect(rejected).toBeLessThan(795);
});
