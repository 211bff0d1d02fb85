// What each language pack changes, and what it refuses. «» marks the value.
import { expect, it } from 'vitest';
import type { SecretTarget } from '../../src/plan/code-change.ts';
import { findLanguagePack, LANGUAGE_PACKS } from '../../src/plan/language-packs.ts';
import { applyEdits } from '../../src/plan/masked-patch.ts';

const TARGET: SecretTarget = {
  store: 'secrets-manager',
  name: 'prod/app/x',
  arn: undefined,
  region: 'eu-west-1',
  jsonKey: 'apiKey',
  variable: 'API_KEY',
};

function change(path: string, marked: string): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const file = { path, text: marked.replace(/[«»]/g, '') };
  const pack = findLanguagePack(file);
  const answer = pack.edit?.(file, { start, end }, TARGET) ?? { refused: 'no edit' };
  return 'refused' in answer ? `refused (${pack.id}): ${answer.refused}` : applyEdits(file.text, answer.edits);
}

const JS = "(await getSecret('prod/app/x', { transform: 'json', maxAge: 300 })).apiKey";
const JS_IMPORT = "import { getSecret } from '@aws-lambda-powertools/parameters/secrets';\n";

it.each([
  ['a.mjs', "const k = '«v»';\n", `${JS_IMPORT}const k = ${JS};\n`],
  [
    'a.mjs',
    "#!/usr/bin/env node\n// Head.\n'use strict';\nimport x from 'x';\nx({ k: \"«v»\" });\n",
    `#!/usr/bin/env node\n// Head.\n'use strict';\n${JS_IMPORT}import x from 'x';\nx({ k: ${JS} });\n`,
  ],
  [
    'a.js',
    "import x from 'x';\nexport const f = async () => {\n  if (x) { return '«v»'; }\n};\n",
    `${JS_IMPORT}import x from 'x';\nexport const f = async () => {\n  if (x) { return ${JS}; }\n};\n`,
  ],
  [
    'a.cjs',
    "async function f() {\n  return '«v»';\n}\n",
    `const { getSecret } = require('@aws-lambda-powertools/parameters/secrets');\nasync function f() {\n  return ${JS};\n}\n`,
  ],
  ['a.cjs', "const k = '«v»';\n", 'refused (javascript): CommonJS cannot wait for a value at the top of a file'],
  ['a.mjs', "function f() { return '«v»'; }\n", 'refused (javascript): the function around it is not async'],
  [
    'a.mjs',
    "const f = (x) => ({ k: '«v»' });\n",
    'refused (javascript): it is in the body of an arrow function without braces',
  ],
  ['a.mjs', "class A { k = '«v»'; }\n", 'refused (javascript): a field of a class cannot wait for a value'],
  ['a.mjs', "// k = '«v»'\n", 'refused (javascript): it stands in a comment: delete it'],
  ['a.mjs', "const u = 'https://a:«v»@b';\n", 'refused (javascript): the value is a part of a longer text'],
  ['a.mjs', "const k = (('«v»';\n))\n", `${JS_IMPORT}const k = ((${JS};\n))\n`],
  [
    'a.tsx',
    "const k = '«v»';\n",
    'refused (javascript): code that runs in a browser cannot keep a secret: move the call to a server',
  ],
  [
    'a.py',
    'K = "«v»"\n',
    'import json\nfrom aws_secretsmanager_caching import SecretCache\n\n_secret_cache = SecretCache()\n\nK = json.loads(_secret_cache.get_secret_string("prod/app/x"))["apiKey"]\n',
  ],
  [
    'a.py',
    '"""Doc\nmore"""\nimport json\nfrom x import (\n    a,\n)\n\nf(k=\'«v»\')\n',
    '"""Doc\nmore"""\nimport json\nfrom x import (\n    a,\n)\nfrom aws_secretsmanager_caching import SecretCache\n\n_secret_cache = SecretCache()\n\nf(k=json.loads(_secret_cache.get_secret_string("prod/app/x"))["apiKey"])\n',
  ],
  ['a.py', 'K = f"«v»"\n', 'refused (python): it is a byte string or a formatted string'],
  ['a.py', 'K = ("a"\n     "«v»" "b")\n', 'refused (python): several strings are joined there'],
  ['a.go', 'package a\n\nconst K = "«v»"\n', 'package a\n\nvar K = awsSecret("prod/app/x", "apiKey")\n'],
  [
    'a.go',
    'package a\n\nfunc f() string {\n\treturn g(`«v»`)\n}\n',
    'package a\n\nfunc f() string {\n\treturn g(awsSecret("prod/app/x", "apiKey"))\n}\n',
  ],
  [
    'a.go',
    'package a\n\nconst (\n\tK = "«v»"\n)\n',
    'refused (go): a group of constants cannot call a function: take it out of the group',
  ],
  ['a_test.go', 'package a\n\nvar K = "«v»"\n', 'refused (go): a test needs a made-up value, not a secret'],
  ['A.java', 'class A { String k = "«v»"; }\n', 'class A { String k = AwsSecret.read("prod/app/x", "apiKey"); }\n'],
  [
    'A.java',
    '@Value("«v»")\n',
    'refused (java): an annotation or case needs a constant: give the field its value in the constructor',
  ],
  ['A.kt', 'const val K = "«v»"\n', 'val K = AwsSecret.read("prod/app/x", "apiKey")\n'],
  [
    'A.cs',
    'public const string K = "«v»";\n',
    'public static readonly string K = AwsSecret.Read("prod/app/x", "apiKey");\n',
  ],
  ['A.cs', 'var k = $"«v»";\n', 'refused (dotnet): it is a formatted string'],
  [
    'a.rs',
    'const K: &str = "«v»";\n',
    'refused (rust): the client is asynchronous: read the value at start and hand it on',
  ],
  [
    'a.rb',
    "require 'x'\nK = '«v»'\n",
    "require 'x'\nrequire_relative 'aws_secret'\nK = AwsSecret.read('prod/app/x', 'apiKey')\n",
  ],
  [
    'a.php',
    "<?php\n$k = '«v»';\n",
    "<?php\nrequire_once __DIR__ . '/AwsSecret.php';\n$k = \\AwsSecret::read('prod/app/x', 'apiKey');\n",
  ],
  [
    'a.php',
    "<?php\nclass A {\n  private string $k = '«v»';\n}\n",
    'refused (php): a constant or property cannot call a function: set it in the constructor',
  ],
  [
    'a.sh',
    'export K=«v»\n',
    'export K="$(aws secretsmanager get-secret-value --secret-id prod/app/x --query SecretString --output text | jq -er .apiKey)"\n',
  ],
  [
    'a.sh',
    "K='«v»' # old\r\n",
    'K="$(aws secretsmanager get-secret-value --secret-id prod/app/x --query SecretString --output text | jq -er .apiKey)" # old\r\n',
  ],
  ['a.sh', 'curl -H "X: «v»"\n', 'refused (shell): the value is a part of a command: put it into a variable first'],
  ['a.fish', 'set K «v»\n', 'refused (fish)' as string],
  [
    'a.tf',
    'provider "x" {\n  token = "«v»"\n}\n',
    'provider "x" {\n  token = jsondecode(ephemeral.aws_secretsmanager_secret_version.prod_app_x.secret_string)["apiKey"]\n}\n\nephemeral "aws_secretsmanager_secret_version" "prod_app_x" {\n  secret_id = "prod/app/x"\n}\n',
  ],
  [
    'a.tf',
    'resource "x" "y" {\n  token = "«v»"\n}\n',
    'refused (terraform): this argument would write the value into the state: see the snippet',
  ],
  [
    'a.tf',
    'variable "x" {\n  default = "«v»"\n}\n',
    'refused (terraform): it is the default of a variable: delete it, mark the variable sensitive and ephemeral, and pass the ephemeral value',
  ],
  [
    't.yaml',
    'AWSTemplateFormatVersion: x\nResources:\n  A:\n    Properties:\n      K: «v»\n',
    "AWSTemplateFormatVersion: x\nResources:\n  A:\n    Properties:\n      K: '{{resolve:secretsmanager:prod/app/x:SecretString:apiKey}}'\n",
  ],
  [
    't.json',
    '{ "AWSTemplateFormatVersion": "x",\n"Resources": {\n"K": "«v»",\n"L": 1 } }\n',
    '{ "AWSTemplateFormatVersion": "x",\n"Resources": {\n"K": "{{resolve:secretsmanager:prod/app/x:SecretString:apiKey}}",\n"L": 1 } }\n',
  ],
  [
    't.yaml',
    'AWSTemplateFormatVersion: x\nParameters:\n  K:\n    Default: «v»\nResources: {}\n',
    'refused (cloudformation): dynamic references are read in properties of resources only',
  ],
  [
    'compose.yml',
    'services:\n  a:\n    environment:\n      - K=«v»\n',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: compose's own braces
    'services:\n  a:\n    environment:\n      - K=${K:?read it with: aws secretsmanager get-secret-value --secret-id prod/app/x}\n',
  ],
  [
    '.github/workflows/a.yml',
    'env:\n  K: «v»\n',
    'refused (github-actions): the job needs a step that reads it, and a role',
  ],
  [
    'k.yaml',
    'apiVersion: v1\nkind: Secret\nstringData:\n  k: «v»\n',
    'refused (kubernetes): the manifest names a secret, which an operator fills',
  ],
  ['.env', 'K=«v»\n', 'refused (dotenv): the file is taken out of the repository as a whole'],
  [
    'Dockerfile',
    'ENV K=«v»\n',
    'refused (dockerfile): an image must hold no value: it comes when the container starts, or as a build secret',
  ],
  [
    'src/main/resources/application.yml',
    'k: «v»\n',
    'refused (spring): the settings need an import and a placeholder in its words',
  ],
  [
    'a.json',
    '{ "containerDefinitions": [{ "environment": [{ "name": "K", "value": "«v»" }] }] }\n',
    'refused (ecs): the variable moves from "environment" to "secrets"',
  ],
  ['a.xyz', 'k=«v»\n', 'refused (any): there is no pack for this kind of file'],
])('%s: %j', (path, marked, wanted) => {
  if (wanted === 'refused (fish)') expect(change(path, marked)).toBe('refused (fish): no edit');
  else expect(change(path, marked)).toBe(wanted);
});

it('every pack has a snippet that names the entry, and no two have the same id', () => {
  for (const pack of LANGUAGE_PACKS) {
    const { code, fence } = pack.snippet(TARGET, { path: 'a.x', text: '' });
    expect({ id: pack.id, fence: fence !== '', named: /prod\/app\/x|prod%2Fapp%2Fx|prod_app_x/.test(code) }).toEqual({
      id: pack.id,
      fence: true,
      named: true,
    });
  }
  expect(new Set(LANGUAGE_PACKS.map(({ id }) => id)).size).toBe(LANGUAGE_PACKS.length);
});
