// `unleak shell --credential-files` as a user runs it, and the promise that one value has one fingerprint everywhere.
import { chmodSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { mintOpensshKey } from '../../src/checks/openssh-key.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak } from '../cli/unleak-process.ts';

const random = new RandomText(717);
const KEY = random.text('base62', 40);
const PASSWORD = random.text('base62', 17);
const KEY_ID = `${'AK'}IA${random.text('BASE36', 16)}`;

function makeHome(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'unleak-files-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text, { mode: 0o600 });
  }
  return home;
}

function run(home: string, words: readonly string[], cwd = home) {
  const done = runUnleak(words, { cwd, env: { HOME: home } });
  for (const value of [KEY, PASSWORD]) expect(done.stdout + done.stderr).not.toContain(value);
  return done;
}

const pem = (bytes: Buffer): string =>
  `${'-'.repeat(5)}BEGIN OPENSSH PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;

const AWS = `[default]\naws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${KEY}\n`;

test('lists what is there, with age, mode, the same value elsewhere, and the better way', () => {
  const home = makeHome({
    '.aws/credentials': AWS,
    '.netrc': `machine db.example.com login ada password ${PASSWORD}\n`,
    '.bash_history': `true\nmysql -uroot -p${PASSWORD} db\n`,
    '.ssh/id_ed25519': pem(mintOpensshKey(random, true)),
    '.npmrc': `//registry.npmjs.org/:_authToken=\${NPM_TOKEN}\n`,
  });
  const old = (Date.now() - 200.5 * 86_400_000) / 1000;
  utimesSync(join(home, '.aws/credentials'), old, old);
  chmodSync(join(home, '.netrc'), 0o644);
  const { exitCode, stdout, stderr } = run(home, ['shell', '--credential-files']);
  expect([exitCode, stderr]).toEqual([1, '']);
  expect(stdout).toMatchInlineSnapshot(`
    "~/.aws/credentials (AWS keys), written 200 days ago, due for a change
      default: aws_secret_access_key: tTks********iA [99f62752b144c8a32a5f54854c04a724]
      → Use short-lived credentials: aws configure sso, then aws sso login; or a
        profile with role_arn, source_profile and mfa_serial in ~/.aws/config. Then
        deactivate and delete the key in IAM.

    ~/.netrc (netrc), written 0 days ago
      db.example.com: ******** [5cb6196e19ff8636622c653a7a68c685]
        the same secret is in ~/.bash_history entry 2
      mode 0644: everybody on this machine may read it; chmod 600 it
      → Use a credential helper of the program (git, curl with a key ring), or
        short-lived tokens.

    ~/.ssh/id_ed25519 (private key), written 0 days ago
      (encrypted) with a passphrase

    2 files with 2 different values in plain text.
    "
  `);
});

test('a value in a store, in a history and in a repository has one fingerprint', () => {
  const home = makeHome({
    '.aws/credentials': AWS,
    '.netrc': `machine db.example.com login ada password ${PASSWORD}\n`,
    '.bash_history': `mysql -uroot -p${PASSWORD} db\n`,
  });
  const repository = makeHome({
    '.env': `AWS_ACCESS_KEY_ID=${KEY_ID}\nAWS_SECRET_ACCESS_KEY=${KEY}\n`,
    'db.ts': `const password = '${PASSWORD}';\n`,
  });
  interface Found {
    readonly fingerprint: string;
    readonly rule: string;
  }
  const findingsOf = (words: readonly string[], cwd: string): readonly Found[] => {
    const { findings } = JSON.parse(run(home, [...words, '--format', 'json'], cwd).stdout) as {
      findings: readonly Found[];
    };
    return findings;
  };
  const stores = JSON.parse(run(home, ['shell', '--credential-files', '--format', 'json']).stdout) as {
    stores: readonly { values: readonly (Found & { alsoIn: readonly string[] })[] }[];
  };
  const [key, password] = stores.stores.map(({ values }) => values[0]);
  const scanned = findingsOf(['scan', '.'], repository).map(({ fingerprint }) => fingerprint);
  const typed = findingsOf(['shell'], home).map(({ fingerprint }) => fingerprint);
  expect([key?.alsoIn, password?.alsoIn]).toEqual([[], ['~/.bash_history entry 1']]);
  expect(typed).toEqual([password?.fingerprint]);
  expect(scanned.sort()).toEqual([key?.fingerprint, password?.fingerprint].sort());
});

test('an empty home is clean; operands and other formats are refused', () => {
  const home = makeHome({ '.bash_history': 'true\n' });
  expect(run(home, ['shell', '--credential-files'])).toMatchObject({
    exitCode: 0,
    stdout: 'No credentials in plain text were found in the places that are known.\n',
  });
  expect(run(home, ['shell', '--credential-files', 'x'])).toMatchObject({
    exitCode: 2,
    stderr: 'unleak: --credential-files takes no operands; name the home with --home DIR\n',
  });
  expect(run(home, ['shell', '--credential-files', '--home', join(home, 'none')]).exitCode).toBe(2);
});
