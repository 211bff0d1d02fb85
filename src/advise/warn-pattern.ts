// One pattern for commands that carry a secret, written so that bash, zsh, fish, PowerShell and JavaScript read it alike:
// no backslashes, no quotes, no look-around. It stands in snippets that people put into their start-up files, so it is a
// quick look that starts no process; `unleak shell` looks better.

/** Each in the three ways in which people write it. */
const NAMES = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'api_key',
  'apikey',
  'api-key',
  'access_key',
  'private_key',
  'secret_access_key',
  'account_key',
  'account-key',
];
const NAME = NAMES.flatMap((name) => [name, name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1)]).join(
  '|',
);

/**
 * First characters of a value in clear: no variable, command, placeholder, option, path, or file
 * (`file://`, `@file`).
 */
const VALUE = '["]?(f[^i]|[^-f$<*%@"`/.~ ])[^ ]{2}';
/** The rest of one command, up to a pipe or the next command. */
const REST = '([^|;&]* )?';

const FAMILIES: readonly string[] = [
  // NAME=value, --name=value, name: value in a form or a header
  `(${NAME}|_PWD|PGPASSWORD|SSHPASS)[A-Za-z0-9_-]*=${VALUE}`,
  `(^|[;&| ])(PASS|PWD|PASSWORD)=${VALUE}`,
  // --password value
  `--[a-z-]*(password|passwd|passphrase|token|secret|secret-string|api-key|apikey|auth-token|secret-key|account-key|connection-string|pass)( |=)${VALUE}`,
  `(mysql|mariadb|mysqldump|mysqladmin|mysqlimport|mariadb-dump|mariadb-admin) ${REST}-p${VALUE}`,
  `(sshpass|mongo|mongosh|cqlsh|cypher-shell) ${REST}-p *${VALUE}`,
  `redis-cli ${REST}-a ${VALUE}`,
  `(sqlcmd|bcp|zip) ${REST}-P ?${VALUE}`,
  `(7z|7za|rar|unrar) ${REST}-p${VALUE}`,
  `ldap(search|modify|add|delete|passwd|whoami) ${REST}-w ${VALUE}`,
  `(docker|podman|nerdctl|buildah|skopeo|oras|crane|helm|az|oc|cf|twine) ${REST}(login|upload) ${REST}(-p|--creds|-password)[ =]${VALUE}`,
  `(curl|http|https|xh) ${REST}(-u|--user|-a|--auth)[ =]?["]?[^ :$"]+:${VALUE}`,
  `smbclient ${REST}-U ["]?[^ %"]+%${VALUE}`,
  `pass:${VALUE}`,
  `htpasswd -[a-zA-Z]*b`,
  `://[^/ :@$]*:[^/ @$<*{]{3,}@`,
  '([Bb]earer|[Bb]asic|[Tt]oken) [A-Za-z0-9._~+/=-]{12}',
  `(aws_secret_access_key|aws_session_token) ${VALUE}`,
  `(setenv|setx|set -[a-zA-Z]+) [A-Za-z0-9_]*(${NAME})[A-Za-z0-9_]* ${VALUE}`,
  `env:[A-Za-z0-9_]*(${NAME})[A-Za-z0-9_]* *= *${VALUE}`,
  '-AsPlainText',
  // A value that goes in by standard input is as visible in a history as any other.
  '(echo|printf) [^$|]*[|][^|]*(--password-stdin|--with-token|sudo -S|chpasswd|secret put|secrets create)',
  '(AKIA|ASIA)[A-Z0-9]{16}',
  'gh[opsur]_[A-Za-z0-9]{36}',
  'github_pat_[A-Za-z0-9_]{40}',
  'glpat-[A-Za-z0-9_-]{20}',
  'xox[abprs]-[A-Za-z0-9-]{10}',
  'npm_[A-Za-z0-9]{36}',
  'sk-[A-Za-z0-9_-]{24}',
  '-----BEGIN [A-Z ]*PRIVATE KEY',
];

/** Matches a whole command line anywhere. Case matters. */
export const WARN_PATTERN = FAMILIES.map((family) => `(${family})`).join('|');
