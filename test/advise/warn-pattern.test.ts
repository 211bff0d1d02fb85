import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { WARN_PATTERN } from '../../src/advise/warn-pattern.ts';
import { RandomText } from '../../src/util/random-text.ts';

const random = new RandomText(91);
const V = random.text('base62', 14);

/** Every command here carries a value in clear. */
const LEAKING: readonly string[] = [
  `mysql -uroot -p${V} db`,
  `mysqldump --password=${V} db`,
  `MYSQL_PWD=${V} mysql -u root`,
  `PGPASSWORD=${V} psql -h db`,
  `psql postgresql://ada:${V}@db/app`,
  `redis-cli -h cache -a ${V} PING`,
  `mongosh -u ada -p ${V}`,
  `sqlcmd -S db -U sa -P ${V}`,
  `ldapsearch -x -D cn=admin -w ${V}`,
  `curl -u ada:${V} https://example.com`,
  `curl -H 'Authorization: Bearer ${V}' https://example.com`,
  `curl -d 'user=a&password=${V}' https://example.com`,
  `wget --password=${V} https://example.com`,
  `git clone https://ada:${V}@example.com/r.git`,
  `docker login -u ada -p ${V} registry.example.com`,
  `echo ${V} | docker login -u ada --password-stdin`,
  `docker run -e DB_PASSWORD=${V} app`,
  `kubectl create secret generic db --from-literal=password=${V}`,
  `aws configure set aws_secret_access_key ${V}`,
  `export AWS_SECRET_ACCESS_KEY=${V}`,
  `export AWS_SECRET_ACCESS_KEY="${V}"`,
  `export AWS_SECRET_ACCESS_KEY='${V}'`,
  `aws secretsmanager create-secret --name x --secret-string ${V}`,
  `aws secretsmanager put-secret-value --secret-id x --secret-string '{"password":"${V}"}'`,
  `aws rds create-db-instance --master-user-password ${V}`,
  `az login -u ada -p ${V}`,
  `openssl enc -aes-256-cbc -pass pass:${V}`,
  `sshpass -p ${V} ssh host`,
  `sshpass -p${V} ssh host`,
  `echo ${V} | sudo -S true`,
  `htpasswd -b users ada ${V}`,
  `smbclient -U ada%${V} //host/share`,
  `zip -P ${V} a.zip b`,
  `7z a -p${V} a.7z b`,
  `setenv API_TOKEN ${V}`,
  `set -gx GITHUB_TOKEN ${V}`,
  `$env:API_KEY = '${V}'`,
  `setx API_KEY ${V}`,
  `ConvertTo-SecureString '${V}' -AsPlainText -Force`,
  `export X=${'AK'}IA${random.text('BASE36', 16)}`,
  `gh auth login ${'gh'}p_${random.text('base62', 36)}`,
];

/** The safe forms of the same, and everyday commands. */
const SAFE: readonly string[] = [
  'mysql -u root -p db',
  'mysql -u root -P 3306 -p',
  'mysql -u root -P3306 db',
  'mysql --password db',
  'PGPASSWORD=$PW psql -h db',
  'PGPASSWORD="$PW" psql -h db',
  'psql postgresql://ada@db/app',
  'redis-cli --askpass',
  'mongosh -u ada -p',
  'curl -u ada https://example.com',
  'curl -u "ada:$PW" https://example.com',
  'curl -H @header https://example.com',
  'git clone https://example.com/r.git',
  'git clone git@example.com:r.git',
  'docker login -u ada --password-stdin < pw',
  'cat pw | docker login -u ada --password-stdin',
  'docker run -p 80:80 --name x -e DB_PASSWORD app',
  'kubectl create secret generic db --from-file=password=./pw',
  'aws secretsmanager create-secret --name x --secret-string file:///dev/stdin',
  'printf %s "$VALUE" | aws secretsmanager create-secret --name x --secret-string file:///dev/stdin',
  'export AWS_PROFILE=audit',
  'export AWS_SECRET_ACCESS_KEY=$(pass aws)',
  'export AWS_SECRET_ACCESS_KEY="$(pass aws)"',
  'openssl enc -aes-256-cbc -pass file:pw',
  'sshpass -e ssh host',
  'sshpass -f pw ssh host',
  'ssh -p 22 host',
  'mkdir -p a/b/c',
  'cp -p a b',
  'ls --color=auto',
  'grep -rn password src',
  'git commit -m "docs: how tokens work"',
  'npm run token-test',
  'vim ~/.aws/credentials',
  'read -rs PASSWORD',
  'unset PASSWORD',
  'echo $TOKEN | gh auth login --with-token',
  'tar -xzf secret.tar.gz',
  'ansible-playbook site.yml --ask-vault-pass',
  'vault login',
];

test('the pattern has nothing that a shell would read in its own way', () => {
  expect(WARN_PATTERN).not.toMatch(/['\\\n]|\(\?/);
});

test('JavaScript: leaking commands are seen, safe ones are not', () => {
  const pattern = new RegExp(WARN_PATTERN);
  expect(LEAKING.filter((line) => !pattern.test(line))).toEqual([]);
  expect(SAFE.filter((line) => pattern.test(line))).toEqual([]);
});

/** Prints the number of each line that matches. */
const READERS: readonly (readonly [shell: string, script: string])[] = [
  ['bash', `n=0; while IFS= read -r line; do n=$((n+1)); [[ $line =~ $P ]] && echo $n; done; true`],
  ['zsh', `n=0; while IFS= read -r line; do n=$((n+1)); [[ $line =~ $P ]] && echo $n; done; true`],
  ['fish', `set n 0; while read -l line; set n (math $n + 1); string match -rq -- $P $line; and echo $n; end; true`],
  ['pwsh', `$n=0; foreach ($line in $input) { $n++; if ($line -cmatch $env:P) { $n } }`],
];

for (const [shell, script] of READERS) {
  const isMissing = spawnSync(shell, ['--version']).error !== undefined;
  test.skipIf(isMissing)(
    `${shell}${isMissing ? ' (left out: it is not installed)' : ''} reads the pattern alike`,
    () => {
      const input = [...LEAKING, ...SAFE].map((line) => `${line}\n`).join('');
      const done = spawnSync(shell, ['-c', script], {
        input,
        encoding: 'utf8',
        env: { ...process.env, P: WARN_PATTERN },
      });
      expect(done.stderr).toBe('');
      expect(done.stdout.trim().split('\n').map(Number)).toEqual(LEAKING.map((_, i) => i + 1));
    },
  );
}
