// The score by its outcomes: what is silent and why, what is at most low, what is found; and that the tables fit together.
import { describe, expect, it } from 'vitest';
import { readAssignment } from '../../src/detector/assignment.ts';
import { FEATURES } from '../../src/detector/generic-features.ts';
import { isSilentFile, scoreAssignment } from '../../src/detector/generic-score.ts';
import { THRESHOLD, WEIGHTS } from '../../src/detector/generic-weights.ts';
import { listPairs } from '../../src/detector/weigh-facts.ts';
import { isCodePath } from '../../src/util/code-path.ts';
import { pathKind } from '../../src/util/path-kind.ts';
import { RandomText } from '../../src/util/random-text.ts';

const random = new RandomText(3);

/** Scores the value at `^`. */
function score(marked: string, path: string) {
  const text = marked.replace('^', '');
  const wordAt = /pass|pwd|secret|token|auth|key/i.exec(text)!.index;
  const assignment = readAssignment(text, wordAt, marked.indexOf('^'))!;
  const traits = { pathKind: () => pathKind(path), isCode: () => isCodePath(path), isBinary: false };
  return scoreAssignment(assignment, traits, true);
}

describe('silence', () => {
  it.each([
    ['"password": "^string"', 'a.json', 'is the name of a type'],
    ['publicKey = "^abc123abc123abc123"', 'a.ini', 'the name is of something public'],
    [
      '"ARN": "arn:aws:secretsmanager:^eu-west-1:111122223333:secret:prod/db-a1B2c3"',
      'a.json',
      'is a part of an ARN, which is an address',
    ],
    [
      '[badge](https://x.test/a/graph/badge.svg?token=^Xy4fVk2Of8)',
      'README.md',
      'is the token of a picture, which is public',
    ],
    ['cipher_key = "^AES-256-CBC-HMAC-SHA256"', 'a.ini', 'is the name of an algorithm'],
    [
      `"key": "^MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE${random.text('base64', 80)}"`,
      'a.json',
      'is public, a time or a number',
    ],
    ['pass_module==^1.4.0.dev2', 'requirements.in', 'is public, a time or a number'],
    [`secret = "^certs-client-${random.text('hex', 4)}.p12"`, 'a.ini', 'is a path or a file name'],
    ['pass: ^0x8803', 'a.yml', 'is public, a time or a number'],
    ['password: ^$' + '{DB_PASSWORD}', 'a.yml', 'is code'],
    ['password: ^your-password-here', 'a.yml', 'says itself that it is made up'],
    ['primaryKey: "^order_line_item_2024_01"', 'a.yml', 'the name speaks of something else'],
    ['password_url = "^https://x.test/reset"', 'a.ini', 'is an address'],
    ['renderPass = "^translucent"', 'a.js', 'the name speaks of something else'],
    ['token_id = "^a1b2c3d4e5f6"', 'a.ini', 'the name is of an identifier'],
    ['KAFKA_SASL_TOKEN = "^SASL_PLAIN_TEXT"', 'a.ini', 'is the name of a constant'],
    [`key.py,sha256=^${random.text('base62', 43)}`, 'a.txt', 'something else stands between the name and the value'],
    ['refresh_token_lifespan: "^39h0m0s"', 'a.json', 'is public, a time or a number'],
    ['KEYGEN_ALG_KEY = "^RSASSA-PKCS1-v1_5"', 'a.ini', 'is the name of an algorithm'],
    ['refresh_token: "^2022-08-26T09:21:05Z"', 'a.json', 'is public, a time or a number'],
    ['# DATABASE_URL=postgres://nextauth:^hunter2x@127.0.0.1/app', '.env', 'the name is the user of an address'],
    [`sign('', 'my_secret') => '^${random.text('hex', 64)}'`, 'a.js', 'the name is an argument of a function'],
    [`LABEL_KEY},\n  {"^multiLabelSigner512"`, 'a.go', 'something ends between the name and the value'],
    [
      `${random.text('base62', 40)}KEY\n^${random.text('base62', 40)}`,
      'a.pem',
      'the name is a piece of a long text in base64',
    ],
    ['("password", "^swordfish")', 'a.py', 'follows its name after a comma'],
    [`("password", "^${random.text('hex', 32)}")`, 'a.py', 'follows its name after a comma'],
    ['the password is ^provided', 'a.md', 'follows “is” in a sentence'],
    ['set_password("^user2", "word2")', 'a.py', 'is the first of several arguments'],
    ['authority.providers.Load("^step-client")', 'a.go', 'the name is of a part of what the word names'],
    ['  password = ^Password_5_3', 'a.py', 'is a variable, without quotes in code'],
    [`"encrypted_key": "^${random.text('base62', 32)}"`, 'a.json', 'the name is of a digest or a ciphertext'],
    ['"password": "^required|min:8"', 'a.js', 'lists choices'],
    ['token = "^781501"', 'a.ini', 'is a number or a code for one time'],
    ['remote_login_passwordfile=^exclusive', 'a.rsp', 'the name is of a thing about a secret'],
    ['labelPassword: "^Wachtwoord"', 'a.js', 'the name is of a thing about a secret'],
    ['%admins ALL=NOPASSWD:^reboot', 'a.txt', 'the name speaks of something else'],
    ['auth_sock=^/tmp/ssh-P65gpcqArqvH/agent.15541', 'a.ini', 'is a path or a file name'],
    ['nextToken: "^abcdef"', 'a.json', 'the name is of a token that marks a place or a request'],
    [`Key = ^${random.text('hex', 32)}\nIV = ${random.text('hex', 32)}`, 'a.txt', 'stands among test vectors'],
  ])('%s', (marked, path, why) => {
    const { confidence, reasons } = score(marked, path);
    expect(confidence).toBeUndefined();
    expect(reasons.map((reason) => reason.text)).toEqual([why]);
  });
});

it.each([
  ['locales/de.json', true],
  ['package-lock.json', true],
  ['static/app.min.js', true],
  ['cryptography_vectors/KDF/scrypt.txt', true],
  ['cryptography_vectors/load.py', false],
  ['src/app.js', false],
])('%s is left out as a whole: %s', (path, expected) => {
  expect(isSilentFile({ pathKind: () => pathKind(path), isCode: () => false, isBinary: false })).toBe(expected);
});

describe('findings', () => {
  it.each([
    [`clientSecret: "^${random.text('base62', 40)}"`, 'config/app.json'],
    [`AUTH_TOKEN=^${random.text('hex', 40)}`, '.env'],
    ['db_password = "^Summer2024!"', 'config.ini'],
    [`"access_token": "^${random.text('base62', 43)}", "expires_in": 3888000}`, 'config/app.json'],
    [`"refresh_token": "^${random.text('base62', 43)}", "expires_in": 3599}`, 'config/app.json'],
  ])('%s is at least medium', (marked, path) => {
    expect(['medium', 'high']).toContain(score(marked, path).confidence);
  });

  it.each([
    ['password: ^password', 'config.yml'],
    [`"password": "^md5$seasalt$${random.text('hex', 32)}"`, 'users.json'],
    [`password: ^$2b$12$${random.text('base62', 53)}`, 'users.yml'],
    [`"access_token": "^${random.text('base62', 43)}", "expires_in": 3599}`, 'config/app.json'],
  ])('%s is at most low', (marked, path) => {
    expect(['low', undefined]).toContain(score(marked, path).confidence);
  });

  it('changeme is often left as it stands, and is never sure', () => {
    expect(score('db_password = "^changeme"', 'config.ini').confidence).toBe('medium');
    const inDocument = score('password: ^changeme', 'README.md');
    expect(inDocument.confidence).toBe(undefined);
    expect(inDocument.reasons.map(({ text }) => text)).toEqual(['says itself that it is made up']);
  });

  it('a piece of JSON is judged by what it holds', () => {
    const hex = random.text('hex', 32);
    const inJson = score(`token: "^{\\"sig\\": \\"${hex}\\", \\"name\\": \\"root\\"}"`, 'a.json');
    expect(inJson).toEqual(score(`token: "^${hex}"`, 'a.json'));
  });

  it('the weights of the reasons add up', () => {
    const { reasons, confidence } = score('db_password = "^Summer2024!"', 'config.ini');
    const sum = reasons.reduce((total, { weight = 0 }) => total + weight, 0);
    expect(sum >= THRESHOLD.high).toBe(confidence === 'high');
  });

  it('the reasons never hold the value', () => {
    const value = random.text('base62', 40);
    expect(JSON.stringify(score(`secret = "^${value}"`, 'a.ini'))).not.toContain(value);
  });
});

describe('tables', () => {
  it('weigh known facts only', () => {
    const named = [...Object.keys(WEIGHTS), ...listPairs().map(([a]) => a), ...listPairs().map(([, b]) => b)];
    expect(named.filter((id) => !FEATURES.has(id))).toEqual([]);
  });
  it('tell every fact in words of its own', () => {
    const texts = [...FEATURES.values()].map(({ text }) => text);
    expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([]);
  });
  it('have thresholds in order', () => {
    expect(THRESHOLD.high > THRESHOLD.medium && THRESHOLD.medium > THRESHOLD.low).toBe(true);
  });
});
