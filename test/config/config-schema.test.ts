// The published schema and the parser must agree: the same keys, and for each text either both accept the shape or both
// refuse it. The parser alone knows of rules, patterns that cannot match, runaway expressions and days that do not exist.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { AWS_KEYS, CONFIG_KEYS, parseConfig, RULES_KEYS } from '../../src/config/parse-config.ts';
import { IGNORE_KEYS } from '../../src/config/read-ignores.ts';

const schema = JSON.parse(readFileSync(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv.default({ strict: true, strictRequired: false, allErrors: true });
addFormats.default(ajv);
const accepts = ajv.compile(schema);
const knownRuleIds = () =>
  new Set(['a.b', 'c.d', 'generic.password', 'twilio.key', 'slack.webhook', 'generic.api-key']);

async function parserAccepts(text: string): Promise<boolean> {
  return parseConfig(text, { file: 'f', folder: '', knownRuleIds }).then(
    () => true,
    (error: Error) => {
      expect(error.name).toBe('ConfigError');
      return false;
    },
  );
}

test('the same keys', () => {
  const keys = (part: { properties: object }) => Object.keys(part.properties);
  expect(keys(schema)).toEqual([...CONFIG_KEYS]);
  expect(keys(schema.properties.rules)).toEqual([...RULES_KEYS]);
  expect(keys(schema.properties.ignore.items)).toEqual([...IGNORE_KEYS]);
  expect(keys(schema.properties.aws)).toEqual([...AWS_KEYS]);
});

const full = readFileSync(new URL('../../fixtures/config/full/.unleak.yml', import.meta.url), 'utf8');
const GOOD = [
  full,
  'version: 1',
  'version: 1\nminConfidence: low\nminSeverity: critical',
  'version: 1\nrules: { disable: a.b, files: x.yml }',
  'version: 1\nrules: {}',
  'version: 1\nignore: []',
  'version: 1\nignore: [{ paths: a, reason: r }]',
  'version: 1\nignore: [{ rule: "twilio.*", reason: r, until: 2027-01-01 }]',
  'version: 1\naws: {}',
  'version: 1\naws: { regions: us-gov-west-1 }',
];
const BAD = [
  '',
  '[]',
  'version: 2',
  'version: "1"',
  'versoin: 1',
  'version: 1\nextra: 1',
  'version: 1\nminConfidence: High',
  'version: 1\nminSeverity: 3',
  'version: 1\nfailOnNewPlace: maybe',
  'version: 1\nrules: []',
  'version: 1\nrules: { disable: [] }',
  'version: 1\nrules: { disable: [1] }',
  'version: 1\nrules: { disable: [Nope] }',
  'version: 1\nrules: { severity: { a.b: tiny } }',
  'version: 1\nrules: { severity: { "twilio.*": low } }',
  'version: 1\nrules: { files: [""] }',
  'version: 1\nrules: { other: 1 }',
  'version: 1\nignore: {}',
  'version: 1\nignore: [a]',
  'version: 1\nignore: [{ reason: r }]',
  'version: 1\nignore: [{ paths: a }]',
  'version: 1\nignore: [{ paths: [], reason: r }]',
  'version: 1\nignore: [{ paths: " ", reason: r }]',
  'version: 1\nignore: [{ rule: nodot, reason: r }]',
  'version: 1\nignore: [{ value: "", reason: r }]',
  'version: 1\nignore: [{ value: "(", reason: r }]',
  'version: 1\nignore: [{ fingerprint: abc, reason: r }]',
  'version: 1\nignore: [{ rule: a.b, reason: "" }]',
  'version: 1\nignore: [{ rule: a.b, reason: r, until: tomorrow }]',
  'version: 1\nignore: [{ rule: a.b, reason: r, until: 2027-02-30 }]',
  'version: 1\nignore: [{ rule: a.b, reason: r, since: 1 }]',
  'version: 1\nbaseline: [a]',
  'version: 1\nbaseline: ""',
  'version: 1\naws: x',
  'version: 1\naws: { regions: [] }',
  'version: 1\naws: { regions: [europe] }',
  'version: 1\naws: { namePrefix: "a b" }',
  'version: 1\naws: { profile: 1 }',
  'version: 1\naws: { region: eu-west-1 }',
];
const PARSER_ONLY = [
  'version: 1\nrules: { disable: [no.rule] }',
  'version: 1\nignore: [{ paths: /abs, reason: r }]',
  'version: 1\nignore: [{ paths: "**", reason: r }]',
  'version: 1\nignore: [{ value: ".*", reason: r }]',
  'version: 1\nignore: [{ value: "(a+)+", reason: r }]',
];

describe('schema and parser agree', () => {
  test.each(GOOD)('both accept %j', async (text) => {
    expect([accepts(parseYaml(text)), await parserAccepts(text)]).toEqual([true, true]);
  });
  test.each(BAD)('both refuse %j', async (text) => {
    expect([accepts(parseYaml(text)), await parserAccepts(text)]).toEqual([false, false]);
  });
  test.each(PARSER_ONLY)('the parser alone refuses %j', async (text) => {
    expect([accepts(parseYaml(text)), await parserAccepts(text)]).toEqual([true, false]);
  });
});
