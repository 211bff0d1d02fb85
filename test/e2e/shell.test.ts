// `unleak shell` as a user runs it, on a home folder with the histories of a dozen programs. Values are made at test time;
// none may be seen in what is printed.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import initSqlJs from 'sql.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak } from '../cli/unleak-process.ts';

const home = mkdtempSync(join(tmpdir(), 'unleak-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const random = new RandomText(20);
const made: string[] = [];
/** A password that no other file has. */
function password(): string {
  const value = `Aa1${random.text('base62', 9)}`;
  made.push(value);
  return value;
}

function put(path: string, content: string | Uint8Array): void {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
}

async function makeDatabase(...statements: readonly string[]): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const database = new Database();
  for (const statement of statements) database.run(statement);
  return database.export();
}

beforeAll(async () => {
  put(
    '.bash_history',
    `#1700000000\nls\n#1700000010\ncat <<E > x\nexport DB_PASSWORD=${password()}\nE\n#1700000020\nls\n`,
  );
  put(
    '.zsh_history',
    `: 1700000000:0;echo \xc3\x83\x80\nplain\n: 1700000005:0;mysql -u root \\\\\n  -p${password()} shop\n`,
  );
  put(
    '.local/share/fish/fish_history',
    `- cmd: ls\n  when: 1700000000\n- cmd: echo a\\nset -x API_TOKEN ${password()}\n  when: 1700000009\n`,
  );
  put('.sh_history', `\x81\x01ls\n\0\0sshpass -p ${password()} ssh h1\n\0`);
  put('.history', `#+1700000001\nsetenv ADMIN_PASSWORD ${password()}\n`);
  put('.local/share/powershell/PSReadLine/ConsoleHost_history.txt', `Connect-App \`\`\n  -Password ${password()}\n`);
  put('.psql_history', `select 1;\n\\c postgres://app:${password()}@db1/shop\n`);
  put('.rediscli_history', `AUTH ${password()}\n`);
  put('.node_repl_history', `fetch("https://ada:${password()}@x.test/")\n1 + 1`);
  const command = `cd app && PGPASSWORD="${password()}" psql -c "select 1"`;
  put(
    '.claude/projects/app/s.jsonl',
    `{"a":1}\n${JSON.stringify({ timestamp: '2025-01-02T03:04:05Z', message: { content: [{ input: { command } }] } })}\n`,
  );
  put('dotfiles/zsh_history.bak', `curl -u ada:${password()} https://x.test\n`);
  put('.profile', 'export HISTFILE="$HOME/.cache/own"\n');
  put('.cache/own', `redis-cli -a ${password()} ping\n`);
  put(
    '.local/share/atuin/history.db',
    await makeDatabase(
      'CREATE TABLE history (id TEXT PRIMARY KEY, timestamp INTEGER, command TEXT)',
      `INSERT INTO history VALUES ('a', 1700000000000000000, 'helm repo add c https://c.test --password ${password()}')`,
    ),
  );
  put(
    '.aws/cli/history/history.db',
    await makeDatabase(
      'CREATE TABLE records (id TEXT, event_type TEXT, timestamp INTEGER, payload TEXT)',
      `INSERT INTO records VALUES ('a', 'CLI_ARGUMENTS', 1700000000000, '["secretsmanager","create-secret","--secret-string","${password()}"]')`,
    ),
  );
});

interface Found {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly shell: { program: string; entry: number; time?: string; command: string; safely: string[] };
}

function scan(...words: readonly string[]) {
  const { stdout, stderr, exitCode } = runUnleak(['shell', ...words], { cwd: home });
  for (const value of made) expect(stdout + stderr).not.toContain(value);
  return { stdout, stderr, exitCode };
}

test('every history is found and read; what is shown holds no value', () => {
  const { stdout, exitCode } = scan('--home', home, '--format', 'json');
  const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
  const rows = findings.map(({ path, line, rule, shell }) => [
    `${path}:${line}`,
    `${shell.program} ${shell.entry} ${shell.time ?? '-'}`,
    rule,
    shell.command,
    shell.safely.join(' ; '),
  ]);
  expect(rows).toMatchInlineSnapshot(`
    [
      [
        ".aws/cli/history/history.db:2",
        "AWS CLI 2 2023-11-14T22:13:20Z",
        "command.aws-secret-string",
        "'aws' 'secretsmanager' 'create-secret' '--secret-string' '********'",
        "'aws' 'secretsmanager' 'create-secret' --secret-string file:///dev/stdin",
      ],
      [
        ".bash_history:5",
        "bash 2 2023-11-14T22:13:30Z",
        "command.secret-variable",
        "export DB_PASSWORD=********",
        "read -rs DB_PASSWORD && export DB_PASSWORD",
      ],
      [
        ".cache/own:1",
        "bash 1 -",
        "command.redis-password",
        "redis-cli -a ******** ping",
        "redis-cli --askpass ping",
      ],
      [
        ".claude/projects/app/s.jsonl:2",
        "Claude Code 2 2025-01-02T03:04:05Z",
        "command.postgres-variable",
        "cd app && PGPASSWORD="********" psql -c "select 1"",
        "read -rs PGPASSWORD && export PGPASSWORD ; psql -c "select 1"",
      ],
      [
        ".history:2",
        "tcsh 1 2023-11-14T22:13:21Z",
        "command.secret-variable",
        "setenv ADMIN_PASSWORD ********",
        "stty -echo; set value = "$<"; stty echo; setenv ADMIN_PASSWORD "$value"; unset value",
      ],
      [
        ".local/share/atuin/history.db:1",
        "atuin 1 2023-11-14T22:13:20Z",
        "command.helm-repository",
        "helm repo add c https://c.test --password ********",
        "read -rs HELM_PASSWORD ; printf %s "$HELM_PASSWORD" | helm repo add c https://c.test --password-stdin",
      ],
      [
        ".local/share/fish/fish_history:3",
        "fish 2 2023-11-14T22:13:29Z",
        "command.secret-variable",
        "set -x API_TOKEN ********",
        "read -sx API_TOKEN",
      ],
      [
        ".local/share/powershell/PSReadLine/ConsoleHost_history.txt:2",
        "PowerShell 1 -",
        "command.powershell-password",
        "Connect-App -Password ********",
        "",
      ],
      [
        ".node_repl_history:1",
        "node 1 -",
        "command.url-password",
        "fetch("https://ada:********@x.test/")",
        "",
      ],
      [
        ".psql_history:2",
        "psql 2 -",
        "command.url-password",
        "\\c postgres://app:********@db1/shop",
        "",
      ],
      [
        ".rediscli_history:1",
        "redis-cli 1 -",
        "command.redis-statement",
        "AUTH ********",
        "",
      ],
      [
        ".sh_history:2",
        "sh 2 -",
        "command.sshpass",
        "sshpass -p ******** ssh h1",
        "sshpass -e ssh h1",
      ],
      [
        ".zsh_history:4",
        "zsh 3 2023-11-14T22:13:25Z",
        "command.mysql-password",
        "mysql -u root -p******** shop",
        "mysql -u root -p shop",
      ],
      [
        "dotfiles/zsh_history.bak:1",
        "zsh 1 -",
        "command.curl-user",
        "curl -u ada:******** https://x.test",
        "curl -u ada https://x.test",
      ],
    ]
  `);
  expect(exitCode).toBe(1);
});

test('one file as text', () => {
  const { stdout, exitCode } = scan('.history', '--home', home);
  expect(stdout).toMatchInlineSnapshot(`
    "HIGH  Secret in a variable
      value     ******** (confidence high, rule command.secret-variable)
      why       the variable ADMIN_PASSWORD is set to it
      place     .history:2:23 (tcsh, entry 1, 2023-11-14T22:13:21Z)
      typed     setenv ADMIN_PASSWORD ********
      safely    stty -echo; set value = "$<"; stty echo; setenv ADMIN_PASSWORD "$value"; unset value
                Asks without showing it. Keep it in a secret manager, or in a file
                of mode 0600 that is read when needed.
      rotate    Where the account or key is managed

    Rotate first: backups, synchronisation and logs keep copies. Then mask it in the
    file: unleak shell --scrub
    Settings that keep such commands out: unleak shell --advise

    Scanned: 1 file, 48 bytes, 977 rules.
    unleak shell .history: 1 secret in 1 place: 1 high.
    "
  `);
  expect(exitCode).toBe(1);
});

test('a clean file ends with 0, one that is missing or cannot be used is told', () => {
  put('clean', 'ls\nmysql -u root -p shop\n');
  expect(scan(join(home, 'clean')).exitCode).toBe(0);
  const missing = scan(join(home, 'nothing'));
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toBe(
    'unleak: file 1 of the command line is not there; name a history, or nothing for all that are found\n',
  );
  const broken = join(home, 'broken.db');
  writeFileSync(broken, `SQLite format 3\0${'x'.repeat(2000)}`);
  const outcome = scan(broken);
  expect(outcome.exitCode).toBe(3);
  expect(outcome.stdout).toContain('is no database that can be read');
  expect(scan('--home', join(home, 'clean')).exitCode).toBe(2);
  rmSync(broken);
});

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a file without permission (not as root) is told',
  () => {
    put('closed', 'ls\n');
    chmodSync(join(home, 'closed'), 0);
    expect(scan(join(home, 'closed')).exitCode).toBe(3);
  },
);

test('a rule can be left out', () => {
  const { stdout, exitCode } = scan('.history', '--home', home, '--skip', 'command.secret-variable');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('No secrets found');
});

test('histories among scanned files are read by the same rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unleak-files-'));
  writeFileSync(join(folder, '.bash_history'), `ls\nmysql -uroot -p${made[0]}\n`);
  writeFileSync(join(folder, 'notes.txt'), `#1700000000\ncurl -u ada:${made[1]} https://x.test\n`);
  writeFileSync(join(folder, 'plain.txt'), `mysql -uroot -p${made[0]}\n`);
  const { stdout } = runUnleak(['scan', '--format', 'jsonl', '--only', 'command.*'], { cwd: folder });
  const found = stdout
    .split('\n')
    .filter((line) => line.includes('"rule"'))
    .map((line) => JSON.parse(line) as Found);
  expect(found.map(({ path, line, rule }) => [path, line, rule])).toEqual([
    ['.bash_history', 2, 'command.mysql-password'],
    ['notes.txt', 2, 'command.curl-user'],
  ]);
  rmSync(folder, { recursive: true });
});

test('a key that a command takes is found even where the value alone would be doubted', () => {
  const own = mkdtempSync(join(tmpdir(), 'unleak-home-'));
  try {
    const key = random.text('base64', 40).replaceAll('=', 'A');
    writeFileSync(join(own, '.bash_history'), `ls\naws configure set aws_secret_access_key ${key}\n`);
    const { exitCode, stdout } = runUnleak(['shell', '--home', own, '--format', 'json'], { cwd: own });
    expect(exitCode).toBe(1);
    expect(stdout).not.toContain(key);
    const { findings } = JSON.parse(stdout) as { findings: readonly { confidence: string }[] };
    expect(findings.map((one) => one.confidence)).toEqual(['high']);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

test('pasted lines of settings, of SQL and of password files in documents are no commands', () => {
  const own = mkdtempSync(join(tmpdir(), 'unleak-home-'));
  try {
    const lines = [
      'Token=::1a:2b:3c:4d',
      'machine example.org login apt password debian',
      'group_name:password:GID:user_list',
      "ALTER USER MAPPING FOR bob SERVER foo OPTIONS (SET password 'public');",
    ];
    writeFileSync(join(own, '.bash_history'), `${lines.join('\n')}\n`);
    expect(runUnleak(['shell', '--home', own], { cwd: own }).exitCode).toBe(0);
    // Typed into a file, the same line is one.
    writeFileSync(join(own, '.bash_history'), `#1700000000\ncat > ~/.netrc <<E\n${lines[1]}\nE\n`);
    expect(runUnleak(['shell', '--home', own], { cwd: own }).exitCode).toBe(1);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

test("atuin's newer place is known", async () => {
  const own = mkdtempSync(join(tmpdir(), 'unleak-home-'));
  try {
    mkdirSync(join(own, '.atuin', 'data'), { recursive: true });
    const database = await makeDatabase(
      'CREATE TABLE history (id TEXT PRIMARY KEY, timestamp INTEGER, command TEXT)',
      `INSERT INTO history VALUES ('a', 1700000000000000000, 'sshpass -p ${password()} ssh h1')`,
    );
    writeFileSync(join(own, '.atuin/data/history.db'), database);
    const { exitCode, stdout } = runUnleak(['shell', '--home', own], { cwd: own });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('.atuin/data/history.db');
    expect(stdout).toContain('atuin');
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

test('--backup without --scrub says how both are given', () => {
  const { exitCode, stdout, stderr } = runUnleak(['shell', '--home', home, '--backup'], { cwd: home });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe('unleak: --backup belongs to --scrub: unleak shell --scrub --yes --backup\n');
});

test.skipIf(process.platform === 'win32')('nothing but a device is no clean result', () => {
  const { exitCode, stdout } = runUnleak(['shell', '/dev/null'], { cwd: home });
  expect(exitCode).toBe(3);
  expect(stdout).toContain('unleak shell /dev/null:');
});
