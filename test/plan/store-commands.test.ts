// The commands that store a value, run in real shells against an "aws" that writes down what it was given: the value comes
// on standard input, is whole, and stands in no argument.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { PlanOptions, PlanTarget } from '../../src/plan/plan.ts';
import { listStoreCommands } from '../../src/plan/store-commands.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const has = (tool: string): boolean => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;
const OPTIONS: PlanOptions = {
  region: undefined,
  account: undefined,
  kmsKey: undefined,
  vpcEndpoint: undefined,
  readerAccount: undefined,
  replicaRegions: ['eu-central-1'],
  rotationDays: 30,
};
const TARGET: PlanTarget = {
  store: 'secrets-manager',
  name: "prod/it's/db",
  isNew: true,
  why: '',
  region: 'eu-west-1',
  account: '111122223333',
  arn: undefined,
  kmsKey: 'alias/app',
  jsonKeys: ['username', 'password'],
  leakedKey: 'password',
  variable: 'DB_PASSWORD',
};
const DETAILS = {
  description: "DB_PASSWORD of it's $(touch /tmp/never)",
  tags: [
    ['environment', 'production'],
    ['owner', 'a b'],
  ],
} as const;
const VALUE = `a"b'c\\d $HOME \`x\` é ${'z'.repeat(8)}`;

/** Prints arguments and keeps standard input; answers reads with an old value. */
const AWS = `#!/bin/sh
printf '%s\\n' "$@" > "$CAUGHT/args-$2"
if [ "$2" = get-secret-value ]; then printf '%s\\n' '{"username":"ada","password":"old","port":"5432"}'; exit; fi
cat > "$CAUGHT/stdin"
`;

function runIn(shell: 'sh' | 'fish', program: string, target: PlanTarget, input: string) {
  const folder = makeFolder();
  writeFileSync(join(folder, 'aws'), AWS, { mode: 0o755 });
  const lines = listStoreCommands(target, OPTIONS, DETAILS).find((block) => block.shell === shell)?.lines ?? [];
  const script = join(folder, 'script');
  writeFileSync(script, lines.join('\n'));
  const done = spawnSync(program, [script], {
    input,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, CAUGHT: folder, HOME: folder },
  });
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { done, read };
}

const SHELLS = [
  ['bash', 'sh'],
  ['zsh', 'sh'],
  ['fish', 'fish'],
] as const;

for (const [program, shell] of SHELLS) {
  const isThere = has(program) && has('jq');
  const title = isThere ? program : `${program}, left out: ${program} or jq is not here`;
  it.skipIf(!isThere)(`creates an entry in ${title}`, () => {
    const { done, read } = runIn(shell, program, TARGET, `ada\n${VALUE}\n`);
    expect({ status: done.status, stdout: done.stdout }).toEqual({ status: 0, stdout: '' });
    expect(JSON.parse(read('stdin'))).toEqual({ username: 'ada', password: VALUE });
    expect(read('args-create-secret').split('\n')).toEqual([
      'secretsmanager',
      'create-secret',
      '--name',
      "prod/it's/db",
      '--description',
      "DB_PASSWORD of it's $(touch /tmp/never)",
      '--kms-key-id',
      'alias/app',
      '--tags',
      'Key=environment,Value=production',
      'Key=owner,Value=a b',
      '--add-replica-regions',
      'Region=eu-central-1',
      '--region',
      'eu-west-1',
      '--secret-string',
      'file:///dev/stdin',
      '',
    ]);
  });

  it.skipIf(!isThere)(`puts one key into an entry in ${title}`, () => {
    const { done, read } = runIn(shell, program, { ...TARGET, isNew: false }, `${VALUE}\n`);
    expect({ status: done.status, stdout: done.stdout }).toEqual({ status: 0, stdout: '' });
    expect(JSON.parse(read('stdin'))).toEqual({ username: 'ada', password: VALUE, port: '5432' });
    expect(read('args-put-secret-value').split('\n').slice(0, 4)).toEqual([
      'secretsmanager',
      'put-secret-value',
      '--secret-id',
      "prod/it's/db",
    ]);
  });
}

it('is for PowerShell a file of one user, which goes away', () => {
  const lines = listStoreCommands(TARGET, OPTIONS, DETAILS).find(({ shell }) => shell === 'powershell')?.lines ?? [];
  expect(lines).toEqual([
    '$file = New-TemporaryFile',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: PowerShell's own braces
    'if ($IsWindows) { icacls $file /inheritance:r /grant:r "${env:USERNAME}:(R,W,D)" | Out-Null } else { chmod 600 $file }',
    'try {',
    "  [ordered]@{ 'username' = (Read-Host 'username'); 'password' = (Read-Host -MaskInput 'password') } | ConvertTo-Json -Compress | Set-Content -NoNewline $file",
    "  aws secretsmanager create-secret --name 'prod/it''s/db' --description 'DB_PASSWORD of it''s $(touch /tmp/never)' --kms-key-id 'alias/app' --tags 'Key=environment,Value=production' 'Key=owner,Value=a b' --add-replica-regions 'Region=eu-central-1' --region 'eu-west-1' --secret-string \"file://$file\"",
    '} finally { Remove-Item $file; Remove-Variable value -ErrorAction Ignore }',
  ]);
});
