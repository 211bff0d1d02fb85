// How people write a credential down: one entry a form, from .env files to Java, from Dockerfiles to log lines. Data for
// bench-cases.mjs. Each form takes the words of a name and the value and gives a small file with plausible surroundings.

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** The name in each style, from its words in lower case. */
export const STYLES = {
  SNAKE: (words) => words.join('_').toUpperCase(),
  snake: (words) => words.join('_'),
  camel: (words) => words.map((word, i) => (i === 0 ? word : capital(word))).join(''),
  Pascal: (words) => words.map(capital).join(''),
  kebab: (words) => words.join('-'),
  dotted: (words) => words.join('.'),
  title: (words) => words.map(capital).join(' '),
};

const json = (text) => JSON.stringify(text);
const base64 = (text) => Buffer.from(text).toString('base64');

/** `service` is the first word of the name, `rest` the others. */
export const FORMS = [
  { id: 'env', path: '.env', write: (n, v) => `NODE_ENV=production\nPORT=8080\n${n.SNAKE}=${v}\nLOG_LEVEL=info\n` },
  { id: 'env-quoted', path: 'prod.env', write: (n, v) => `# service\n${n.SNAKE}="${v}"\n` },
  { id: 'export', path: 'setup.sh', write: (n, v) => `#!/bin/sh\nset -eu\nexport ${n.SNAKE}='${v}'\nexec ./run\n` },
  { id: 'yaml', path: 'app.yml', write: (n, v) => `server:\n  port: 80\n${n.snake}: ${v}\ndebug: false\n` },
  {
    id: 'yaml-nested',
    path: 'a.yaml',
    write: (n, v) => `integrations:\n  ${n.service}:\n    enabled: true\n    ${n.rest}: "${v}"\n`,
  },
  {
    id: 'yaml-name-value',
    path: 'deploy.yaml',
    write: (n, v) => `        env:\n        - name: ${n.SNAKE}\n          value: "${v}"\n`,
  },
  {
    id: 'k8s-string-data',
    path: 'secret.yaml',
    write: (n, v) => `apiVersion: v1\nkind: Secret\nstringData:\n  ${n.kebab}: ${v}\n`,
  },
  {
    id: 'k8s-data-base64',
    path: 'sealed.yaml',
    write: (n, v) => `apiVersion: v1\nkind: Secret\ndata:\n  ${n.SNAKE}: ${base64(v)}\n`,
  },
  {
    id: 'json',
    path: 'c.json',
    write: (n, v) => `{\n  "name": "app",\n  ${json(n.snake)}: ${json(v)},\n  "retries": 3\n}\n`,
  },
  { id: 'json-camel-tight', path: 'd.json', write: (n, v) => `{"a":1,${json(n.camel)}:${json(v)},"b":[1,2]}` },
  { id: 'json-escaped', path: 'e.json', write: (n, v) => json({ config: `{"${n.camel}": "${v}", "x": 1}` }) },
  {
    id: 'json-in-env',
    path: 'f.json',
    write: (n, v) => json({ 'config.ini': `${n.SNAKE}=${v}\nBACKUP_ENABLED=true` }),
  },
  {
    id: 'json-name-value',
    path: 'task.json',
    write: (n, v) => `{ "environment": [ { "name": "${n.SNAKE}", "value": "${v}" } ] }`,
  },
  { id: 'ini', path: 'app.ini', write: (n, v) => `[${n.service}]\n${n.rest} = ${v}\ntimeout = 5\n` },
  { id: 'toml', path: 'app.toml', write: (n, v) => `[server]\nport = 80\n\n[${n.service}]\n${n.rest} = "${v}"\n` },
  { id: 'properties', path: 'app.properties', write: (n, v) => `spring.main=web\n${n.dotted}=${v}\n` },
  { id: 'xml-element', path: 'a.xml', write: (n, v) => `<config>\n  <${n.camel}>${v}</${n.camel}>\n</config>\n` },
  { id: 'xml-element-lines', path: 'b.xml', write: (n, v) => `<${n.camel}>\n    ${v}\n</${n.camel}>\n` },
  {
    id: 'xml-add',
    path: 'web.config',
    write: (n, v) => `<appSettings>\n  <add key="${n.Pascal}" value="${v}" />\n</appSettings>\n`,
  },
  {
    id: 'plist',
    path: 'Info.plist',
    write: (n, v) => `<dict>\n\t<key>${n.Pascal}</key>\n\t<string>${v}</string>\n</dict>\n`,
  },
  {
    id: 'android-string',
    path: 'strings.xml',
    write: (n, v) => `<resources>\n  <string name="${n.snake}">${v}</string>\n</resources>\n`,
  },
  {
    id: 'hcl',
    path: 'main.tf',
    write: (n, v) => `variable "${n.snake}" {\n  type    = string\n  default = "${v}"\n}\n`,
  },
  {
    id: 'hcl-provider',
    path: 'p.tf',
    write: (n, v) => `provider "${n.service}" {\n  region = "eu"\n  ${n.rest} = "${v}"\n}\n`,
  },
  { id: 'tfvars', path: 'a.tfvars', write: (n, v) => `region     = "eu-west-1"\n${n.snake} = "${v}"\n` },
  {
    id: 'js-const',
    path: 'a.js',
    write: (n, v) => `const http = require('http');\nconst ${n.camel} = '${v}';\nmodule.exports = { http };\n`,
  },
  {
    id: 'js-object',
    path: 'b.ts',
    write: (n, v) => `export const config = {\n  timeout: 30,\n  ${n.camel}: "${v}",\n};\n`,
  },
  {
    id: 'js-client',
    path: 'c.ts',
    write: (n, v) => `const client = new ${capital(n.service)}Client({ ${n.restCamel}: '${v}' });\n`,
  },
  { id: 'js-fallback', path: 'd.ts', write: (n, v) => `const key = process.env.${n.SNAKE} || '${v}';\n` },
  { id: 'js-backtick', path: 'e.js', write: (n, v) => `let ${n.camel} = \`${v}\`;\n` },
  { id: 'python', path: 'a.py', write: (n, v) => `import os\n\n${n.SNAKE} = "${v}"\n\ndef main():\n    pass\n` },
  { id: 'python-dict', path: 'b.py', write: (n, v) => `settings = {'debug': True, '${n.snake}': '${v}'}\n` },
  { id: 'python-environ', path: 'c.py', write: (n, v) => `os.environ["${n.SNAKE}"] = "${v}"\n` },
  { id: 'python-getenv', path: 'd.py', write: (n, v) => `key = os.getenv("${n.SNAKE}", "${v}")\n` },
  { id: 'python-call', path: 'e.py', write: (n, v) => `client = ${n.service}.Client(${n.rest}="${v}", timeout=5)\n` },
  {
    id: 'java',
    path: 'A.java',
    write: (n, v) => `public class A {\n  private static final String ${n.SNAKE} = "${v}";\n}\n`,
  },
  { id: 'java-annotation', path: 'B.java', write: (n, v) => `  @Value("\${${n.dotted}:${v}}")\n  private String k;\n` },
  { id: 'kotlin', path: 'A.kt', write: (n, v) => `val ${n.camel}: String = "${v}"\n` },
  { id: 'gradle', path: 'build.gradle', write: (n, v) => `buildConfigField "String", "${n.SNAKE}", "\\"${v}\\""\n` },
  { id: 'csharp', path: 'A.cs', write: (n, v) => `namespace A { class B { const string ${n.Pascal} = @"${v}"; } }\n` },
  { id: 'go', path: 'a.go', write: (n, v) => `package main\n\nconst ${n.camel} = "${v}"\n` },
  { id: 'go-short', path: 'b.go', write: (n, v) => `func main() {\n\t${n.camel} := \`${v}\`\n}\n` },
  { id: 'go-struct', path: 'c.go', write: (n, v) => `cfg := Config{\n\tName: "x",\n\t${n.Pascal}: "${v}",\n}\n` },
  { id: 'rust', path: 'a.rs', write: (n, v) => `const ${n.SNAKE}: &str = "${v}";\n` },
  { id: 'ruby-hash', path: 'a.rb', write: (n, v) => `config = { :${n.snake} => '${v}' }\n` },
  { id: 'ruby-env', path: 'b.rb', write: (n, v) => `ENV['${n.SNAKE}'] ||= '${v}'\n` },
  { id: 'php', path: 'a.php', write: (n, v) => `<?php\n$${n.camel} = '${v}';\n` },
  { id: 'php-define', path: 'b.php', write: (n, v) => `<?php\ndefine('${n.SNAKE}', '${v}');\n` },
  {
    id: 'php-array',
    path: 'c.php',
    write: (n, v) => `<?php return [\n  '${n.service}' => [\n    '${n.rest}' => env('${n.SNAKE}', '${v}'),\n  ],\n];\n`,
  },
  { id: 'php-append', path: 'd.php', write: (n, v) => `<?php\n$${n.camel} .= "${v}";\n` },
  { id: 'swift', path: 'A.swift', write: (n, v) => `let ${n.camel}: String = "${v}"\n` },
  { id: 'objc', path: 'A.m', write: (n, v) => `NSString *const ${n.Pascal} = @"${v}";\n` },
  { id: 'c-define', path: 'a.h', write: (n, v) => `#define ${n.SNAKE} "${v}"\n` },
  { id: 'perl', path: 'a.pl', write: (n, v) => `my $${n.snake} = '${v}';\n` },
  { id: 'r', path: 'a.R', write: (n, v) => `${n.snake} <- "${v}"\n` },
  { id: 'powershell', path: 'a.ps1', write: (n, v) => `$env:${n.SNAKE} = "${v}"\n` },
  { id: 'batch', path: 'a.bat', write: (n, v) => `@echo off\r\nset ${n.SNAKE}=${v}\r\n` },
  { id: 'elixir', path: 'config.exs', write: (n, v) => `config :app, :${n.service},\n  ${n.rest}: "${v}"\n` },
  { id: 'lua', path: 'a.lua', write: (n, v) => `local ${n.snake} = "${v}"\n` },
  { id: 'dart', path: 'a.dart', write: (n, v) => `static const String ${n.camel} = '${v}';\n` },
  { id: 'scala', path: 'a.conf', write: (n, v) => `${n.service} {\n  ${n.rest} = "${v}"\n}\n` },
  { id: 'vbnet', path: 'a.vb', write: (n, v) => `Dim ${n.Pascal} As String = "${v}"\n` },
  { id: 'makefile', path: 'Makefile', write: (n, v) => `${n.SNAKE} ?= ${v}\nall:\n\tgo build\n` },
  { id: 'makefile-now', path: 'b.mk', write: (n, v) => `${n.SNAKE} ::= "${v}"\n` },
  { id: 'dockerfile', path: 'Dockerfile', write: (n, v) => `FROM node:20\nENV ${n.SNAKE} ${v}\nCMD ["node"]\n` },
  { id: 'dockerfile-arg', path: 'Dockerfile.b', write: (n, v) => `FROM node:20\nARG ${n.SNAKE}=${v}\n` },
  { id: 'docker-run', path: 'run.sh', write: (n, v) => `docker run -d -p 80:80 -e ${n.SNAKE}=${v} app:latest\n` },
  { id: 'cli-flag', path: 'b.sh', write: (n, v) => `${n.service} login --verbose --${n.restKebab} ${v}\n` },
  { id: 'cli-flag-equals', path: 'c.sh', write: (n, v) => `app deploy --${n.kebab}=${v} --wait\n` },
  {
    id: 'curl-header',
    path: 'd.sh',
    write: (n, v) => `# ${n.service}\ncurl -s -H "Authorization: Bearer ${v}" https://api.${n.service}.com/v1/me\n`,
  },
  {
    id: 'curl-own-header',
    path: 'e.sh',
    write: (n, v) => `curl https://api.${n.service}.com/v1/me -H 'X-Api-Key: ${v}'\n`,
  },
  {
    id: 'http-header',
    path: 'a.http',
    write: (n, v) => `GET /v1/items HTTP/1.1\nHost: api.${n.service}.com\nAuthorization: Bearer ${v}\n`,
  },
  {
    id: 'url-query',
    path: 'links.txt',
    write: (n, v) => `https://api.${n.service}.com/v1/data?limit=5&api_key=${v}\n`,
  },
  {
    id: 'helm-set',
    path: 'f.sh',
    write: (n, v) => `helm upgrade app ./chart --set ${n.service}.${n.restCamel}=${v}\n`,
  },
  {
    id: 'gh-actions',
    path: 'ci.yml',
    write: (n, v) => `jobs:\n  build:\n    env:\n      ${n.SNAKE}: ${v}\n    steps: []\n`,
  },
  { id: 'log', path: 'app.log', write: (n, v) => `2024-05-03T10:11:12Z INFO  using ${n.snake}=${v} for upload\n` },
  {
    id: 'markdown',
    path: 'NOTES.md',
    write: (n, v) => `## ${capital(n.service)}\n\nSet \`${n.SNAKE}\` to \`${v}\` before you start.\n`,
  },
  {
    id: 'markdown-table',
    path: 'TABLE.md',
    write: (n, v) => `| setting | value |\n|---|---|\n| ${n.SNAKE} | ${v} |\n`,
  },
  { id: 'label', path: 'notes.txt', write: (n, v) => `${n.title}: ${v}\n` },
  { id: 'sentence', path: 'mail.txt', write: (n, v) => `Hi Ann, the ${n.titleLower} is ${v}, please keep it safe.\n` },
  { id: 'sql', path: 'a.sql', write: (n, v) => `INSERT INTO settings (name, value) VALUES ('${n.snake}', '${v}');\n` },
  { id: 'csv', path: 'a.csv', write: (n, v) => `name,value\n${n.snake},${v}\n` },
  { id: 'comment', path: 'f.py', write: (n, v) => `# ${n.snake} = "${v}"\n` },
  { id: 'token-or', path: 'g.txt', write: (n, v) => `${n.service} token = '${v}' | '${v}'\n` },
  { id: 'pairs-blank', path: 'h.txt', write: (n, v) => `${n.SNAKE} ${v}\n` },
  { id: 'walrus-many', path: 'i.txt', write: (n, v) => `${n.snake}_TOKEN :::= "${v}"\n` },
  { id: 'utf16-env', path: 'u.env', encoding: 'utf16le', write: (n, v) => `\ufeff${n.SNAKE}=${v}\r\n` },
  { id: 'settings-pair', path: 'a.groovy', write: (n, v) => `System.setProperty("${n.dotted}", "${v}");\n` },
  {
    id: 'test-const',
    path: 'a_test.go',
    write: (n, v) => `func TestX(t *testing.T) {\n\tc := New${capital(n.service)}("${v}")\n\t_ = c\n}\n`,
  },
];

/** Forms for values with a prefix of their own: no name is needed. */
export const NAMELESS = [
  { id: 'alone', path: 'j.txt', write: (_, v) => `${v}\n` },
  { id: 'in-quotes', path: 'k.py', write: (_, v) => `client = connect("${v}", retries=2)\n` },
  { id: 'list', path: 'l.yml', write: (_, v) => `values:\n  - ${v}\n  - other\n` },
  { id: 'bracket', path: 'm.log', write: (_, v) => `[debug] received (${v}) from peer\n` },
  { id: 'url-path', path: 'n.txt', write: (_, v) => `https://files.corp.test/${v}/data\n` },
  { id: 'url-user', path: 'o.txt', write: (_, v) => `git clone https://${v}@git.corp.test/a.git\n` },
  { id: 'escaped-newline', path: 'p.json', write: (_, v) => json({ body: `first\n${v}\nlast` }) },
  { id: 'html-entity', path: 'q.html', write: (_, v) => `<code>&quot;${v}&quot;</code>\n` },
  { id: 'base64-of-text', path: 'r.txt', write: (_, v) => `payload: ${base64(`{"token":"${v}","user":"ann"}`)}\n` },
  { id: 'diff', path: 's.diff', write: (_, v) => `@@ -1,2 +1,2 @@\n-old = 1\n+${v}\n` },
];
