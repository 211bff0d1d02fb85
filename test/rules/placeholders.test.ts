import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/model/errors.ts';
import { fillCounterExample, fillExample, fillPlaceholders } from '../../src/rules/placeholders.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { SAMPLE_CHECKS, sampleRule } from './sample-rules.ts';

const fill = (template: string) => fillPlaceholders(template, new RandomText(7), SAMPLE_CHECKS);

test.each([
  ['{{base62:36}}', /^[A-Za-z0-9]{36}$/],
  ['{{lower:80}}', /^[a-z]{80}$/],
  ['{{upper:80}}', /^[A-Z]{80}$/],
  ['{{digits:80}}', /^[0-9]{80}$/],
  ['{{base36:80}}', /^[a-z0-9]{80}$/],
  ['{{BASE36:80}}', /^[A-Z0-9]{80}$/],
  ['{{hex:80}}', /^[0-9a-f]{80}$/],
  ['{{HEX:80}}', /^[0-9A-F]{80}$/],
  ['{{base64:80}}', /^[A-Za-z0-9+/]{80}$/],
  ['{{base64url:80}}', /^[A-Za-z0-9_-]{80}$/],
  ['{{base32:80}}', /^[A-Z2-7]{80}$/],
  ['{{base32lower:80}}', /^[a-z2-7]{80}$/],
  ['{{base58:80}}', /^[1-9A-HJ-NP-Za-km-z]{80}$/],
  ['{{uuid}}', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ['{{words:3}}', /^[a-z]+-[a-z]+-[a-z]+$/],
  ['{{password:12}}', /^[A-Z][a-z][0-9][!_.+*-][A-Za-z0-9!_.+*-]{8}$/],
  ['{{password:2}}', /^[A-Z][a-z]$/],
  ['{{acme-sum:pre_}}', /^pre_[0-9]{4}$/],
  ['{{acme-sum}}', /^[0-9]{4}$/],
])('%s', (template, shape) => expect(fill(template)).toMatch(shape));

test('alnum is base62', () => expect(fill('{{alnum:36}}')).toBe(fill('{{base62:36}}')));

test.each([
  ['AK{{}}IA', 'AKIA'],
  ['{{{}}{words:3}}', '{{words:3}}'],
  ['{{ .Values.key }} {{a b}} {{', '{{ .Values.key }} {{a b}} {{'],
])('%s becomes %s', (template, text) => expect(fill(template)).toBe(text));

test.each([
  ['{{bse62:3}}', 'unknown placeholder {{bse62:3}}. Did you mean "base62"?'],
  ['{{zzzzzzzz}}', 'unknown placeholder {{zzzzzzzz}}. rules/README.md lists them.'],
  ['{{hex}}', '{{hex}} needs a count from 1 to 20000, such as {{hex:24}}'],
  ['{{hex:0}}', '{{hex:0}} needs a count from 1 to 20000, such as {{hex:24}}'],
  ['{{hex:20001}}', '{{hex:20001}} needs a count from 1 to 20000, such as {{hex:24}}'],
  ['{{uuid:4}}', '{{uuid:4}} takes no argument; write {{uuid}}'],
  ['{{no-mint}}', '{{no-mint}} cannot be filled: the check "no-mint" makes no values; use another placeholder'],
  ['{{hex:20000}}'.repeat(4), 'the filled text is longer than 65536 characters; make it shorter'],
])('%s is an error', (template, message) => expect(() => fill(template)).toThrow(new ConfigError(message)));

describe('examples', () => {
  const rule = sampleRule({
    examples: "['é=«acme_{{base36:24}}»;', '«a»«b»', 'none', '«»']",
    counterExamples: "['x {{hex:4}}', '«x»']",
  });

  test('the span counts UTF-8 bytes', () => {
    const { text, bytes, secret } = fillExample(rule, 0, SAMPLE_CHECKS);
    expect(text).toMatch(/^é=acme_[a-z0-9]{24};$/);
    expect(secret).toEqual({ start: 3, end: 32 });
    expect(new TextDecoder().decode(bytes)).toBe(text);
  });

  test('the same rule and position give the same text, another rule another', () => {
    const other = { ...rule, matcher: { ...rule.matcher, id: 'acme.other' } };
    expect(fillExample(rule, 0, SAMPLE_CHECKS)).toEqual(fillExample(rule, 0, SAMPLE_CHECKS));
    expect(fillExample(other, 0, SAMPLE_CHECKS).text).not.toBe(fillExample(rule, 0, SAMPLE_CHECKS).text);
  });

  test.each([1, 2, 3])('example %i has wrong marks', (index) =>
    expect(() => fillExample(rule, index, SAMPLE_CHECKS)).toThrow(
      new ConfigError('the secret must stand between one « and one »; mark it exactly once'),
    ),
  );

  test('a counter-example has no marks', () => {
    expect(fillCounterExample(rule, 0, SAMPLE_CHECKS)).toMatch(/^x [0-9a-f]{4}$/);
    expect(() => fillCounterExample(rule, 1, SAMPLE_CHECKS)).toThrow(
      new ConfigError('a counter-example has no secret; delete « and »'),
    );
  });
});
