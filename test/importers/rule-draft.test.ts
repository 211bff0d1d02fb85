// Rules of other tools → entries of ours: what wakes them up, their pattern, an example; and why there is none.
import { expect, test } from 'vitest';
import { draftRule, importedId } from '../../src/importers/rule-draft.ts';

function draft(regex: string, more: object = {}) {
  const made = draftRule(
    { kind: 'rule', at: 1, id: 'My Rule', description: 'x', regex, secretGroup: 0, entropy: 0, keywords: [], ...more },
    'f.toml',
  );
  if (typeof made === 'string') return made;
  const { prefixes, near, anchors, before, pattern, ignoreCase, examples } = made;
  return Object.fromEntries(
    Object.entries({ prefixes, near, anchors, before, pattern, ignoreCase, examples }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

test.each([
  ['acme-live', 'imported.acme-live'],
  ['My Token (v2)!', 'imported.my-token-v2'],
  ['a'.repeat(60), `imported.${'a'.repeat(31)}`],
  ['___', 'imported.rule'],
])('%s becomes %s', (id, wanted) => {
  expect(importedId(id)).toBe(wanted);
});

test('a token with a form of its own wakes up by its prefix', () => {
  expect(draft('\\b((?:acme|acmf)_[a-z0-9]{24,})(?:[\\x60\'"\\s;]|\\\\[nr]|$)')).toEqual({
    prefixes: ['acme_', 'acmf_'],
    pattern: '((?:acme|acmf)_[a-z0-9]{24,200})',
    examples: ['key = "«ac{{}}me_{{base36:24}}»"'],
  });
});

test('a key that a name gives away wakes up near the name', () => {
  const regex = `(?i)[\\w.-]{0,50}?(?:acme|zork)(?:[ \\t\\w.-]{0,20})[\\s'"]{0,3}(?:=|>|:{1,3}=|\\|\\||:|=>|\\?=|,)[\\x60'"\\s=]{0,5}([a-z0-9]{32})(?:[\\x60'"\\s;]|\\\\[nr]|$)`;
  expect(draft(regex)).toEqual({
    near: { words: ['acme', 'zork'], within: 60 },
    pattern: '[a-z0-9]{32}',
    ignoreCase: true,
    examples: ['acme_key = "«{{base36:32}}»"'],
  });
});

test('all else wakes up at a fixed text, best at one of its keywords', () => {
  expect(draft('(?:user|login)=[a-z]{3,9};secretKey=([A-F0-9]+)', { keywords: ['secretkey'] })).toEqual({
    anchors: [';secretKey='],
    before: 15,
    pattern: '(?:user|login)=[a-z]{3,9};secretKey=([A-F0-9]{1,200})',
    examples: ['user={{lower:9}};secretKey=«{{HEX:24}}»'],
  });
});

test('the group of the secret is the only one', () => {
  expect(draft('(acme)-(id)-(k[0-9]{30})', { secretGroup: 3 })).toMatchObject({
    pattern: '(?:acme)-(?:id)-(k[0-9]{30})',
  });
});

test.each([
  ['[a-z]{32}', 'has no fixed text of three characters or more that each match holds'],
  ['abc++', 'has a possessive repeat'],
  ['(abc)+', 'repeats the group of the secret'],
])('%s: %s', (regex, why) => {
  expect(draft(regex)).toBe(why);
});
