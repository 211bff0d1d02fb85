// Each store of the table: a file as its program writes it, the values in it, and the forms that are no plain text.
import { expect, test } from 'vitest';
import { mintOpensshKey } from '../../src/checks/openssh-key.ts';
import type { StoreContent } from '../../src/credentials/store.ts';
import { STORES } from '../../src/credentials/stores.ts';
import { RandomText } from '../../src/util/random-text.ts';

const random = new RandomText(808);
const V = random.text('base62', 24);
const W = random.text('base62', 20);

/** Reads a text with the reader of the store that has this path. */
function read(path: string, text: string): StoreContent {
  const store = STORES.find(({ paths }) => paths.some((pattern) => pattern === path || matches(pattern, path)));
  if (!store) throw new Error(`no store has ${path}`);
  return store.read(text, path);
}

function matches(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace('*', '[^/]+');
  return new RegExp(`^${escaped}$`).test(path);
}

function valuesIn(path: string, text: string): readonly (readonly [string, string])[] {
  const content = read(path, text);
  if (content.kind !== 'values') throw new Error(`${path}: ${JSON.stringify(content)}`);
  return content.values.map(({ name, value }) => [name, value]);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const CASES: readonly (readonly [path: string, text: string, expected: readonly (readonly [string, string])[]])[] = [
  [
    '.aws/credentials',
    `[default]\naws_access_key_id = X\naws_secret_access_key = ${V}\n`,
    [['default: aws_secret_access_key', V]],
  ],
  ['.aws/config', `[profile a]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = b\n`, []],
  ['.aws/config', `[profile a]\r\naws_secret_access_key=${V}\r\n`, [['profile a: aws_secret_access_key', V]]],
  ['.s3cfg', `[default]\naccess_key = X\nsecret_key = ${V}\n`, [['default: secret_key', V]]],
  ['.passwd-s3fs', `KEYID:${V}\n`, [['s3fs', V]]],
  [
    '.aws/cli/cache/a.json',
    JSON.stringify({ Credentials: { SecretAccessKey: V, Expiration: 'x' } }),
    [['Credentials.SecretAccessKey', V]],
  ],
  [
    '.netrc',
    `machine a login u password ${V}\ndefault login x password "${W}"\n`,
    [
      ['a', V],
      ['a', W],
    ],
  ],
  ['.netrc', `# password x\nmachine a\n  login password\n  password ${V}\nmacdef m\n  password zzz\n\n`, [['a', V]]],
  [
    '.npmrc',
    `//r/:_authToken=${V}\n//s/:_authToken=\${NPM_TOKEN}\n; //t/:_authToken=zzz\nemail=a\n//u/:_password="${W}"\n`,
    [
      ['//r/:_authToken', V],
      ['//u/:_password', W],
    ],
  ],
  [
    '.yarnrc.yml',
    `npmScopes:\n  a:\n    npmAuthToken: "${V}"\nnpmAuthToken: "\${T}"\n`,
    [['npmScopes.a.npmAuthToken', V]],
  ],
  ['.pypirc', `[pypi]\nusername = __token__\npassword = ${V}\n`, [['pypi: password', V]]],
  ['.config/pip/pip.conf', `[global]\nindex-url = https://u:${V}@h/simple\n`, [['u@h', V]]],
  [
    '.docker/config.json',
    JSON.stringify({ auths: { h: { auth: base64(`u:${V}:x`) }, i: { identitytoken: W } } }),
    [
      ['auths.h', `${V}:x`],
      ['auths.i (token)', W],
    ],
  ],
  [
    '.git-credentials',
    `https://u:${V}%40@h\nhttp://u2:${W}@h:80/p\n`,
    [
      ['u@h', `${V}@`],
      ['u2@h', W],
    ],
  ],
  [
    '.gitconfig',
    `[http "https://h"]\n\textraHeader = ${V}\n[url "https://u:${W}@h/"]\n\tinsteadOf = h:\n`,
    [
      ['u@h', W],
      ['http "https://h": extraHeader', V],
    ],
  ],
  [
    '.pgpass',
    `# c\nh:5432:d:u:${V}\\:\\\\x\n*:*:*:v:${W}\n`,
    [
      ['u@h/d', `${V}:\\x`],
      ['v@*/*', W],
    ],
  ],
  ['.my.cnf', `[client]\nuser=u\npassword = "${V}"\n`, [['client: password', V]]],
  [
    '.kube/config',
    `users:\n- name: a\n  user:\n    token: ${V}\n- name: b\n  user:\n    exec:\n      command: aws\n- name: c\n  user:\n    client-key-data: ${W}\n`,
    [
      ['users.0.user.token', V],
      ['users.2.user.client-key-data', W],
    ],
  ],
  [
    '.config/gcloud/application_default_credentials.json',
    JSON.stringify({ type: 'authorized_user', refresh_token: V, client_id: 'x' }),
    [['refresh_token', V]],
  ],
  ['.config/gcloud/credentials.db', `\0{"refresh_token": "${V}"}\0`, [['refresh token 1', V]]],
  [
    '.azure/service_principal_entries.json',
    `\ufeff${JSON.stringify([{ client_id: 'x', client_secret: V }])}`.slice(1),
    [['0.client_secret', V]],
  ],
  ['.config/gh/hosts.yml', `github.com:\n    oauth_token: ${V}\n`, [['github.com.oauth_token', V]]],
  ['.config/glab-cli/config.yml', `hosts:\n  gitlab.com:\n    token: ${V}\n`, [['hosts.gitlab.com.token', V]]],
  ['.python-gitlab.cfg', `[a]\nprivate_token = ${V}\n`, [['a: private_token', V]]],
  [
    '.terraform.d/credentials.tfrc.json',
    JSON.stringify({ credentials: { h: { token: V } } }),
    [['credentials.h.token', V]],
  ],
  ['.terraformrc', `credentials "h" {\n  token = "${V}"\n}\n`, [['token', V]]],
  ['.vault-token', `${V}\n`, [['token', V]]],
  [
    '.pulumi/credentials.json',
    JSON.stringify({ accessTokens: { 'https://api.pulumi.com': V } }),
    [['accessTokens.https://api.pulumi.com', V]],
  ],
  ['.cargo/credentials.toml', `[registry]\ntoken = "${V}"\n`, [['registry.token', V]]],
  ['.gem/credentials', `---\n:rubygems_api_key: ${V}\n`, [[':rubygems_api_key', V]]],
  ['.bundle/config', `---\nBUNDLE_GEMS__EXAMPLE__COM: "u:${V}"\n`, [['BUNDLE_GEMS__EXAMPLE__COM', `u:${V}`]]],
  [
    '.m2/settings.xml',
    `<settings><servers><!-- <server><id>z</id><password>zzz</password></server> --><server><id>a</id><password>${V}</password></server><server><id>b</id><password>{abc=}</password></server><server><id>c</id><password>\${env.X}</password></server></servers></settings>`,
    [['a: password', V]],
  ],
  [
    '.gradle/gradle.properties',
    `org.gradle.daemon=true\nsigning.password=${V}\nossrhToken=${W}\n`,
    [
      ['signing.password', V],
      ['ossrhToken', W],
    ],
  ],
  [
    '.composer/auth.json',
    JSON.stringify({ 'http-basic': { h: { username: 'u', password: V } }, 'github-oauth': { 'github.com': W } }),
    [
      ['http-basic.h.password', V],
      ['github-oauth.github.com', W],
    ],
  ],
  [
    '.nuget/NuGet/NuGet.Config',
    `<configuration><packageSourceCredentials><a><add key="ClearTextPassword" value="${V}" /><add key="Password" value="zzz" /></a></packageSourceCredentials></configuration>`,
    [['ClearTextPassword', V]],
  ],
  ['.config/doctl/config.yaml', `access-token: ${V}\n`, [['access-token', V]]],
  ['.config/hcloud/cli.toml', `[[contexts]]\nname = "a"\ntoken = "${V}"\n`, [['contexts.0.token', V]]],
  ['.fly/config.yml', `access_token: ${V}\n`, [['access_token', V]]],
  ['.local/share/com.vercel.cli/auth.json', JSON.stringify({ token: V }), [['token', V]]],
  ['.databrickscfg', `[DEFAULT]\nhost = h\ntoken = ${V}\n`, [['DEFAULT: token', V]]],
  ['.snowsql/config', `[connections.a]\npassword = ${V}\n#password = zzz\n`, [['connections.a: password', V]]],
  ['.cache/huggingface/token', V, [['token', V]]],
  ['.kaggle/kaggle.json', JSON.stringify({ username: 'u', key: V }), [['key', V]]],
  [
    '.claude/.credentials.json',
    JSON.stringify({ claudeAiOauth: { accessToken: V, scopes: ['a'] } }),
    [['claudeAiOauth.accessToken', V]],
  ],
  ['.sentryclirc', `[auth]\ntoken=${V}\n`, [['auth: token', V]]],
  ['.config/rclone/rclone.conf', `[s]\ntype = s3\nsecret_access_key = ${V}\n`, [['s: secret_access_key', V]]],
  [
    '.env',
    `# A_TOKEN=zzz\nexport A_TOKEN=${V}\nB_KEY='${W}'\nC=1\n`,
    [
      ['export A_TOKEN', V],
      ['B_KEY', W],
    ],
  ],
];

test.each(CASES.map(([path, text, expected], i) => [`${path} (${i + 1})`, path, text, expected] as const))(
  '%s',
  (_, path, text, expected) => {
    expect(valuesIn(path, text)).toEqual(expected);
  },
);

test('AWS profiles with a session token end by themselves', () => {
  const content = read(
    '.aws/credentials',
    `[a]\naws_secret_access_key = ${V}\n[b]\naws_secret_access_key = ${W}\naws_session_token = ${V}${W}\n`,
  );
  expect(content.kind === 'values' && content.values.map(({ isTemporary }) => isTemporary ?? false)).toEqual([
    false,
    true,
    true,
  ]);
});

test('private keys: open ones are values, encrypted ones are told apart, damaged ones too', () => {
  const pem = (bytes: Uint8Array | string, label = 'OPENSSH PRIVATE KEY'): string => {
    const body = Buffer.from(bytes).toString('base64').replace(/.{70}/g, '$&\n');
    return `${'-'.repeat(5)}BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
  };
  const open = mintOpensshKey(random, false);
  expect(read('.ssh/id_ed25519', pem(open)).kind).toBe('values');
  expect(valuesIn('.ssh/id_ed25519', pem(open))).toEqual([['openssh private key', pem(open).trim()]]);
  expect(read('.ssh/id_ed25519', pem(mintOpensshKey(random, true)))).toEqual({
    kind: 'encrypted',
    how: 'with a passphrase',
  });
  expect(read('.ssh/id_ed25519', pem(open.subarray(0, 60)))).toEqual({
    kind: 'unknown',
    why: 'the private key is damaged',
  });
  expect(read('.ssh/id_rsa', pem('x', 'ENCRYPTED PRIVATE KEY')).kind).toBe('encrypted');
  expect(read('.ssh/id_rsa', pem('x', 'RSA PRIVATE KEY').replace('\n', '\nProc-Type: 4,ENCRYPTED\n')).kind).toBe(
    'encrypted',
  );
  expect(valuesIn('.ssh/id_rsa', pem('x', 'RSA PRIVATE KEY')).map(([name]) => name)).toEqual(['rsa private key']);
  expect(read('a.ppk', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\n').kind).toBe('encrypted');
  expect(valuesIn('a.ppk', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n').length).toBe(1);
  expect(valuesIn('.ssh/known_hosts', 'host ssh-ed25519 AAAA\n')).toEqual([]);
  expect(valuesIn('.ssh/id_ed25519.pub', 'ssh-ed25519 AAAA a@b\n')).toEqual([]);
});

test('logins in a key ring and an encrypted rclone file are no plain text', () => {
  expect(read('.docker/config.json', JSON.stringify({ auths: { h: {} }, credsStore: 'pass' }))).toEqual({
    kind: 'encrypted',
    how: 'logins are in pass',
  });
  expect(
    read('.config/rclone/rclone.conf', '# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nabc\n'),
  ).toEqual({
    kind: 'encrypted',
    how: 'with a password',
  });
});

test('what is in no known form is told, without a piece of it', () => {
  for (const path of [
    '.docker/config.json',
    '.terraform.d/credentials.tfrc.json',
    '.cargo/credentials.toml',
    '.kube/config',
  ]) {
    const content = read(path, `{ token: ${V}\n\t- [ "`);
    expect(content.kind).toBe('unknown');
    expect(JSON.stringify(content)).not.toContain(V);
  }
});

test('fuzz: no reader throws or hangs on odd bytes', () => {
  const seed = 9091;
  const odd = new RandomText(seed);
  const pieces = [
    '[a]\n',
    'password=',
    ': ',
    '{',
    '}',
    '"',
    '\n',
    'machine x ',
    'password ',
    '://u:',
    '@h',
    '\0',
    '\ufffd',
    '- ',
    '&a ',
    '*a',
    `\${X}`,
    '<server>',
    '</server>',
    '-----BEGIN RSA PRIVATE KEY-----',
  ];
  for (let round = 0; round < 120; round++) {
    const text = Array.from({ length: 1 + odd.integer(40) }, () =>
      odd.integer(3) === 0 ? odd.text('base64', 8) : odd.pick(pieces),
    ).join('');
    for (const store of STORES) {
      const content = store.read(text, store.paths[0] ?? '');
      expect(['values', 'encrypted', 'unknown'], `seed ${seed}, round ${round}, ${store.name}`).toContain(content.kind);
    }
  }
});
