import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/registry.ts';
import type { RuleMatcher } from '../../src/model/rule.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { CONFIG, detectText, matcher, smallDetector, summarise } from '../support/small-detector.ts';

const random = new RandomText(41);
const TOKEN = `${random.text('base62', 38)}47`;
const HEX = random.text('hex', 32);
const near = (given: Partial<RuleMatcher> & Pick<RuleMatcher, 'id' | 'pattern'>, ...words: string[]): RuleMatcher =>
  matcher({ confidence: 'medium', wakeUp: { kind: 'near', words, withinBytes: 60 }, ...given });

const rules = [
  near({ id: 'ably.key', pattern: '[A-Za-z0-9_-]{40}' }, 'ably'),
  near({ id: 'acme.hex', pattern: '[0-9a-f]{32}|[A-Za-z0-9_]{20,40}' }, 'acme', 'swell_key'),
  near({ id: 'service.key', pattern: '[A-Za-z0-9]{40}' }, 'ably', 'bannerbear'),
];
const detector = smallDetector(rules);
const found = (text: string): string[] => summarise(detectText(detector, text, CONFIG));

describe('near rules', () => {
  it('lower their confidence where only a label stands before the value', () => {
    expect(found(`acme_key = ${HEX}`)).toEqual([`acme.hex medium ${HEX}`]);
    expect(found(`acme TOKEN ${HEX}`)).toEqual([`acme.hex low ${HEX}`]);
  });
  it('find a value that their pattern could also begin in its name', () => {
    expect(found(`ABLY_API_KEY=${TOKEN}`)).toEqual([`ably.key medium ${TOKEN}`]);
  });
  it('do not take a short or composed word inside a longer one', () => {
    expect(found(`probably_key = "${TOKEN}"`)).toEqual([]);
    expect(found(`PROBABLY_KEY = "${TOKEN}"`)).toEqual([]);
    expect(found(`myAblyKey = "${TOKEN}"`)).toEqual([`ably.key medium ${TOKEN}`]);
    expect(found(`unswell_key = ${HEX}`)).toEqual([]);
    expect(found(`swell_key = ${HEX}`)).toEqual([`acme.hex medium ${HEX}`]);
  });
  it.each([
    ['a path', 'ably_key = project_Destination-Project_1656705098123'.slice(0, 51)],
    ['an identifier', 'ably_key = Type_0_is_not_assignable_to_type_1_Did_you'],
    ['a name', `ably: { "${TOKEN}": { "a": 1 } }`],
    ['a constant', 'swell_key = WINDOWS_CORE_2019_x86_64'],
  ])('leave %s alone', (_, text) => {
    expect(found(text)).toEqual([]);
  });
  it('take a word and a value that are a line of their own, digests left out', () => {
    expect(found(`a list\n  bannerbear ${TOKEN}\n`)).toEqual([`service.key low ${TOKEN}`]);
    expect(found(`<id>{bannerbear ${TOKEN}}</id>`)).toEqual([`service.key low ${TOKEN}`]);
    expect(found(`see bannerbear ${TOKEN}\n`)).toEqual([]);
    expect(found(`bannerbear ${TOKEN} and more\n`)).toEqual([]);
    expect(found(`acme ${HEX}\n`)).toEqual([]);
  });
  it('believe what may be an id only under a name of a credential, where they know no form', () => {
    const uuidLike = near({ id: 'service.key', pattern: '[0-9a-f]{40}' }, 'bannerbear');
    const value = random.text('hex', 40);
    const find = (text: string): string[] => summarise(detectText(smallDetector([uuidLike]), text, CONFIG));
    expect(find(`bannerbear_key = ${value}`)).toEqual([`service.key medium ${value}`]);
    expect(find(`bannerbear_page = ${value}`)).toEqual([`service.key low ${value}`]);
    expect(find(`bannerbear: ${value}`)).toEqual([`service.key low ${value}`]);
  });
  it('doubt a counting row', () => {
    const row = '0123456789abcdef0123456789abcdef';
    expect(found(`acme_key = ${row}`)).toEqual([`acme.hex low ${row}`]);
  });
  it('take any joint between the words of a name', () => {
    for (const name of ['SWELL-KEY', 'swell.key', 'Swell key', 'SwellKey'])
      expect(found(`${name}: "${HEX}"`)).toEqual([`acme.hex medium ${HEX}`]);
  });
  it('give way to a rule that knows the provider', () => {
    expect(found(`ably_key = ${TOKEN}`)).toEqual([`ably.key medium ${TOKEN}`]);
    expect(found(`bannerbear_key = ${TOKEN}`)).toEqual([`service.key medium ${TOKEN}`]);
  });
});

describe('a near rule that scores its values', () => {
  const typed = near({ id: 'generic.typed', pattern: '[A-Za-z0-9]{20,80}', confidence: 'high' }, 'token');
  const find = (text: string): string[] => summarise(detectText(smallDetector([typed]), text, CONFIG));
  it('takes the forms in which the kernel reads no value', () => {
    for (const text of [
      `val deployToken: String = "${TOKEN}"`,
      `const DEPLOY_TOKEN: &str = "${TOKEN}";`,
      `<deployToken>\n    ${TOKEN}\n</deployToken>`,
    ])
      expect(find(text)).toEqual([`generic.typed high ${TOKEN}`]);
  });
  it('leaves the others to the rules with an assignment', () => {
    for (const text of [
      `deploy_token = "${TOKEN}"`,
      `{"deployToken":"${TOKEN}"}`,
      `<deployToken>${TOKEN}</deployToken>`,
      `DEPLOY_TOKEN=${TOKEN}`,
    ])
      expect(find(text)).toEqual([]);
  });
});

describe('offline checks', () => {
  const mint = (name: string, argument: string): string => {
    const text = CHECKS.get(name)?.mint?.(random, argument);
    if (text === undefined) throw new Error(`the check ${name} makes no values`);
    return text;
  };
  const withCheck = (check: string, pattern: string, confidence: RuleMatcher['confidence'] = 'medium') =>
    smallDetector([near({ id: 'acme.checked', pattern, check, confidence, maxBytes: 4000 }, 'acme')]);
  const judged = (checked: ReturnType<typeof withCheck>, text: string) =>
    detectText(checked, text, CONFIG).map(({ severity, confidence }) => ({ severity, confidence }));

  it('raise and lower confidence', () => {
    const checked = withCheck('github-crc32', 'ghp_[A-Za-z0-9]{36}');
    expect(judged(checked, `acme=${mint('github-crc32', 'ghp_')}`)).toEqual([{ severity: 'high', confidence: 'high' }]);
    expect(judged(checked, `acme=gh${'p_'}${random.text('base62', 36)}`)).toEqual([
      { severity: 'high', confidence: 'low' },
    ]);
  });
  it('do not raise it when random text passes as well', () => {
    const checked = withCheck('base64url-32', '[A-Za-z0-9_-]{43}');
    expect(judged(checked, `acme=${mint('base64url-32', '')}`)).toEqual([{ severity: 'high', confidence: 'medium' }]);
  });
  it('make an encrypted key less severe and less sure', () => {
    const pattern =
      '-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\\n:,. -]{64,3000}-----END [A-Z ]{0,30}PRIVATE KEY-----';
    const keys = smallDetector([
      matcher({
        id: 'acme.key',
        wakeUp: { kind: 'anchor', words: ['-----BEGIN'], beforeBytes: 0 },
        pattern,
        check: 'private-key',
        maxBytes: 4000,
      }),
    ]);
    expect(judged(keys, mint('private-key', 'rsa'))).toEqual([{ severity: 'high', confidence: 'high' }]);
    expect(judged(keys, mint('private-key', 'rsa-locked'))).toEqual([{ severity: 'low', confidence: 'medium' }]);
  });
  it('silence values that are public', () => {
    const header = Buffer.from('{"u":"demo","a":"x"}').toString('base64url');
    const checked = withCheck('mapbox-token', '[sp]k\\.[A-Za-z0-9_-]{10,200}\\.[A-Za-z0-9_-]{22}');
    const tail = random.text('base64url', 22);
    expect(judged(checked, `acme=sk.${header}.${tail}`)).toEqual([{ severity: 'high', confidence: 'high' }]);
    expect(judged(checked, `acme=pk.${header}.${tail}`)).toEqual([]);
  });
});
