import { describe, expect, it } from 'vitest';
import { readGap } from '../../src/detector/near-gap.ts';
import { RandomText } from '../../src/util/random-text.ts';

describe('a name that is assigned the value', () => {
  it.each([
    ['shell and env files', '_API_KEY='],
    ['code', 'ApiKey = "'],
    ['typed code', 'Token string = "'],
    ['typed code with a colon', '_token: str = "'],
    ['typed code with words', 'Token As String = "'],
    ['typed code with references', '_TOKEN: &str = "'],
    ['a variable with attributes', '_token" {\n  type    = string\n  sensitive = true\n  default = "'],
    ['appended', 'Token .= "'],
    ['make', '_TOKEN :::= "'],
    ['make, conditional', '_TOKEN ?= '],
    ['YAML', '_key: '],
    ['YAML, nested', ':\n  api_key: "'],
    ['YAML, name and value', '_KEY\n  value: "'],
    ['JSON', '_key": "'],
    ['JSON, nested', '": { "secret": "'],
    ['JSON, name and value', '_KEY",\n        "value": "'],
    ['INI section', ']\napi_key = '],
    ['hashes', '_token" => "'],
    ['arrays', '_keys = [\n  "'],
    ['XML element', 'Token>'],
    ['XML element, on a line of its own', 'Token>\n    '],
    ['XML attribute', 'Key" value="'],
    ['escaped mark-up', 'Key&quot; value=&quot;'],
    ['calls', '.Client(api_key="'],
    ['setters', '.setKey("'],
    ['environment of Python', '_KEY"] = "'],
    ['environment with a default', '_KEY", "'],
    ['URL', '.com/x?api_key='],
    ['URL, escaped', '.com/x?api_key%3D'],
    ['headers', '.com/api -H "Authorization: Weird '],
    ['a scheme', '_auth: Bearer '],
    ['log lines', ' API\n\t\t[DEBUG] Using Key='],
    ['prose with a colon', ' API key (prod): '],
  ])('%s', (_, gap) => {
    expect(readGap('acme', gap)).toBe('assigned');
  });
});

describe('nothing but structure', () => {
  it.each([
    ['a call with the value alone', '("'],
    ['tables', ' | '],
    ['the name itself', ' = "'],
  ])('%s', (_, gap) => {
    expect(readGap('acme', gap)).toBe('bare');
  });
});

describe('a label and blanks', () => {
  it.each([
    ['Dockerfile', '_API_KEY '],
    ['a line below', '_KEY\n'],
    ['options', ' --token '],
    ['short options', ' login -u ann -p '],
    ['prose', ' api key '],
    ['prose with a verb', ' key is '],
    ['documents', '_KEY` to `'],
    ['capitals', ' ACCESS '],
    ['a dash', " token - '"],
    ['quotes', ' "'],
  ])('%s', (_, gap) => {
    expect(readGap('acme', gap)).toBe('plain');
  });
  it('the word itself may be the label', () => {
    expect(readGap('acmetoken', ' ')).toBe('plain');
    expect(readGap('acme', ' ')).toBeUndefined();
  });
});

describe('no assignment', () => {
  it.each([
    ['prose', ' for the commit '],
    ['prose with a colon', ' has this to say: '],
    ['commits', ' commit: '],
    ['digests', '": { "integrity": "'],
    ['module sums', '-go v1.2.3 h1:'],
    ['package records', '/api.py,sha256='],
    ['identifiers', '_project_id = "'],
    ['public keys', '.publicKey = "'],
    ['identifiers, wrapped', '_instance_id": model.LabelValue("'],
    ['addresses', '_URL='],
    ['a path', '/docs/'],
    ['the rest of a word', '_'],
    ['the next statement', '.init();\nconst other = "'],
    ['another paragraph', '\n\nother: '],
  ])('%s', (_, gap) => {
    expect(readGap('acme', gap)).toBeUndefined();
  });
});

it('takes any text, in time', () => {
  const random = new RandomText(20_261_124);
  const pieces = [
    '=',
    ': ',
    ' -',
    '"',
    "'",
    '\\',
    '%3D',
    '&quot;',
    '(',
    '{',
    '\n',
    ' key',
    'ab',
    '--x ',
    '.',
    '\x93',
    '~',
  ];
  const started = performance.now();
  for (let i = 0; i < 4000; i++) {
    const gap = Array.from({ length: random.integer(60) }, () => random.pick(pieces))
      .join('')
      .slice(0, 100);
    expect([undefined, 'plain', 'bare', 'assigned']).toContain(readGap('acme', gap));
  }
  expect(performance.now() - started).toBeLessThan(4000);
});
