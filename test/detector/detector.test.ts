import { describe, expect, it } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { CONFIG, detectText, matcher, SOURCE, smallDetector, summarise } from '../support/small-detector.ts';

const random = new RandomText(7);
const TOKEN = `acm_${random.text('base62', 36)}`;
const HEX = random.text('hex', 32);
const KEY_ID = `AK${'IA'}${random.text('base32', 16)}`;
const SECRET_KEY = random.text('base64', 40);

const detector = smallDetector([
  matcher({
    id: 'acme.token',
    wakeUp: { kind: 'prefix', words: ['acm_'] },
    pattern: 'acm_[A-Za-z0-9]{36}',
    minBytes: 40,
  }),
  matcher({ id: 'acme.short', wakeUp: { kind: 'prefix', words: ['AC-'] }, pattern: 'AC-[0-9]{6}', minBytes: 9 }),
  matcher({
    id: 'dog.key',
    confidence: 'medium',
    wakeUp: { kind: 'near', words: ['datadog', 'dd_api'], withinBytes: 60 },
    pattern: '[a-f0-9]{32}',
  }),
  matcher({
    id: 'aws.id',
    severity: 'medium',
    wakeUp: { kind: 'prefix', words: ['AKIA'] },
    pattern: 'AKIA[A-Z2-7]{16}',
  }),
  matcher({
    id: 'aws.secret',
    confidence: 'medium',
    wakeUp: { kind: 'near', words: ['secret_access_key', 'secretaccesskey'], withinBytes: 40 },
    pattern: '[A-Za-z0-9+/]{40}',
    parts: [{ name: 'accessKeyId', pattern: '\\b(AKIA[A-Z2-7]{16})\\b', withinBytes: 300, isRequired: false }],
  }),
  matcher({
    id: 'url.password',
    kind: 'password',
    wakeUp: { kind: 'anchor', words: ['://'], beforeBytes: 12 },
    pattern: '[a-z]{2,12}://[^\\s:@/]{1,60}:([^\\s@/]{3,100})@',
  }),
  matcher({
    id: 'generic.password',
    kind: 'password',
    wakeUp: { kind: 'assignment', words: ['passw'] },
    pattern: '[^\\s]{4,200}',
  }),
  matcher({ id: 'generic.token', wakeUp: { kind: 'assignment', words: ['token'] }, pattern: '[^\\s]{8,200}' }),
]);
const found = (text: string, traits = SOURCE): string[] => summarise(detectText(detector, text, traits));

describe('prefix rules', () => {
  it('finds the value at its exact place', () => {
    const [detection] = detectText(detector, `const a = "${TOKEN}";`);
    expect(detection).toMatchObject({ ruleId: 'acme.token', span: { start: 11, end: 51 }, confidence: 'high' });
  });
  it.each([
    [`key: ${TOKEN}`],
    [`"text\\n${TOKEN}"`],
    [`a=1&t=${TOKEN}&b=2`],
    [`https://x.test/?t%3D${TOKEN}`],
    [`<a>${TOKEN}</a>`],
    [`(${TOKEN}_old)`],
  ])('%#', (text) => {
    expect(found(text)).toEqual([`acme.token high ${TOKEN}`]);
  });
  it.each([[`x${TOKEN}`], [`${TOKEN}x`], [TOKEN.slice(0, -1)], [TOKEN.toUpperCase()]])('stays silent %#', (text) => {
    expect(found(text)).toEqual([]);
  });
  it('finds tokens too short for a run, case-sensitive and at a word start', () => {
    expect(found('pin AC-123456.')).toEqual(['acme.short high AC-123456']);
    expect(found('pin ac-123456, MAC-123456')).toEqual([]);
  });
});

describe('near rules', () => {
  it.each([
    [`DATADOG_API_KEY=${HEX}`],
    [`datadog:\n  api_key: "${HEX}"`],
    [`"datadogApiKey": "${HEX}"`],
    [`<datadog>${HEX}</datadog>`],
    [`datadog.Client(api_key="${HEX}")`],
    [`os.environ.setdefault("DD_API_KEY", "${HEX}")`],
    [`process.env.DATADOG_KEY || '${HEX}'`],
    [`curl -H "DD-API: x" -H "Datadog-Key: ${HEX}"`],
    [`datadog_auth: Bearer ${HEX}`],
  ])('%s', (text) => {
    expect(found(text)).toEqual([`dog.key medium ${HEX}`]);
  });
  it.each([
    [`see datadog for the commit ${HEX}`],
    [`datadog${' '.repeat(80)}= ${HEX}`],
    [`datadog = ${HEX}0`],
    [`other = ${HEX}`],
  ])('stays silent on %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('composite rules', () => {
  it('joins the id to its secret, whichever comes first, as one finding', () => {
    const text = `aws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${SECRET_KEY}\n`;
    const detections = detectText(detector, text, CONFIG);
    expect(summarise(detections)).toEqual([`aws.secret high ${SECRET_KEY}`]);
    expect(detections[0]?.parts.map((p) => [p.name, p.secret.reveal()])).toEqual([['accessKeyId', KEY_ID]]);
    expect(found(`aws_secret_access_key = ${SECRET_KEY}\nid ${KEY_ID}\n`, CONFIG)).toEqual([
      `aws.secret high ${SECRET_KEY}`,
    ]);
  });
  it('reports either alone', () => {
    expect(found(`id ${KEY_ID}`)).toEqual([`aws.id high ${KEY_ID}`]);
    expect(found(`aws_secret_access_key = ${SECRET_KEY}`, CONFIG)).toEqual([`aws.secret medium ${SECRET_KEY}`]);
  });
});

describe('anchor rules', () => {
  it('looks around the anchor', () => {
    expect(found('db postgres://app:s3cr3tpw@db.test/x')).toEqual(['url.password high s3cr3tpw']);
    expect(found('see https://docs.test/a:b and x@y')).toEqual([]);
  });
});

describe('generic rules', () => {
  it.each([
    ['db_password = "Summer2024!"', CONFIG, 'high Summer2024!'],
    ['spring.datasource.password=Summer2024!', CONFIG, 'high Summer2024!'],
    ['  "password": "Summer2024!",', CONFIG, 'medium Summer2024!'],
    ['<password>Summer2024!</password>', CONFIG, 'high Summer2024!'],
    ["define('DB_PASSWORD', 'Summer2024!');", SOURCE, 'medium Summer2024!'],
    ['--password=Summer2024! --user x', CONFIG, 'high Summer2024!'],
    ['password: "grün3Straße!"', CONFIG, 'high grün3Straße!'],
  ])('%s', (text, traits, expected) => {
    expect(found(text, traits)).toEqual([`generic.password ${expected}`]);
  });
  it.each([
    ['password = os.environ["DB_PASSWORD"]', SOURCE],
    ['"password": "string"', CONFIG],
    ['password: \x24{DB_PASSWORD}', CONFIG],
    ['password = "<your-password>"', CONFIG],
    ['password: password', CONFIG],
    ['passwordField: "Summer2024!"', SOURCE],
    ['password_url = "https://x.test/reset"', CONFIG],
    ['throw new Error("password: must not be empty")', SOURCE],
    ['token: string;', SOURCE],
    ['token = getToken(user)', SOURCE],
    ['tokenType = "Bearer 123456"', SOURCE],
    ['"token": "application.token.name"', CONFIG],
    ['keyboardToken = "abcDefGhi"', SOURCE],
  ])('reports nothing by default on %s', (text, traits) => {
    expect(found(text, traits).filter((row) => !row.includes(' low '))).toEqual([]);
  });
  it('leaves the value to the specific rule', () => {
    expect(found(`token = "${TOKEN}"`)).toEqual([`acme.token high ${TOKEN}`]);
  });
});

describe('binary data', () => {
  it('is searched for specific rules only', () => {
    const traits = { ...CONFIG, isBinary: true };
    expect(found(`\0\0 ${TOKEN} password = "Summer2024!"`, traits)).toEqual([`acme.token high ${TOKEN}`]);
  });
});
