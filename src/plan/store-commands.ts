// Commands that create or fill an entry without the value in an argument, a history or a file that stays. Bash and zsh read
// it from the keyboard into a pipe; fish likewise; PowerShell has no /dev/stdin on Windows and uses a file of one user.
import { makeVisible } from '../reporters/visible-text.ts';
import type { CommandBlock, PlanOptions, PlanTarget } from './plan.ts';

/** A word for POSIX shells and fish. */
export function shellWord(text: string): string {
  const visible = makeVisible(text);
  return /^[\w/+=.@:,?-]+$/.test(visible) ? visible : `'${visible.replaceAll("'", "'\\''")}'`;
}

/** A word for PowerShell. */
function powerWord(text: string): string {
  return `'${makeVisible(text).replaceAll("'", "''")}'`;
}

const variableOf = (key: string): string => `v_${key.replace(/\W/g, '_')}`;

/** Keys of the value that are asked for: what leaked, and what belongs to it. */
const HIDDEN = /pass|secret|token|key|pwd|url|string|seed|mnemonic|credential|auth/i;

function jqObject(keys: readonly string[]): string {
  const pairs = keys.map((key, i) => `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}: .[${i}]`);
  return `split("\\u0000") | {${pairs.join(', ')}}`;
}

export interface StoreDetails {
  readonly description: string;
  readonly tags: readonly (readonly [key: string, value: string])[];
}

function regionOption(target: PlanTarget): string {
  return target.region === undefined ? '' : ` --region ${shellWord(target.region)}`;
}

/** Options of create-secret beside the value. */
function createOptions(
  target: PlanTarget,
  options: PlanOptions,
  details: StoreDetails,
  word: (text: string) => string,
): readonly string[] {
  const tags = details.tags.map(([key, value]) => word(`Key=${key},Value=${value}`)).join(' ');
  return [
    `--name ${word(target.name)}`,
    `--description ${word(details.description)}`,
    ...(target.kmsKey === undefined ? [] : [`--kms-key-id ${word(target.kmsKey)}`]),
    ...(tags === '' ? [] : [`--tags ${tags}`]),
    ...(options.replicaRegions.length === 0
      ? []
      : [`--add-replica-regions ${options.replicaRegions.map((region) => word(`Region=${region}`)).join(' ')}`]),
    ...(target.region === undefined ? [] : [`--region ${word(target.region)}`]),
  ];
}

function ask(keys: readonly string[], shell: 'sh' | 'fish'): readonly string[] {
  return keys.map((key) => {
    const isHidden = HIDDEN.test(key);
    if (shell === 'fish') return `read ${isHidden ? '-s ' : ''}-l -P ${shellWord(`${key}: `)} ${variableOf(key)}`;
    return `printf '%s: ' ${shellWord(key)} >&2; IFS= read -r${isHidden ? 's' : ''} ${variableOf(key)}${isHidden ? "; printf '\\n' >&2" : ''}`;
  });
}

const print = (keys: readonly string[]): string =>
  `printf '%s\\0' ${keys.map((key) => `"$${variableOf(key)}"`).join(' ')}`;

function forget(keys: readonly string[], shell: 'sh' | 'fish'): string {
  const names = keys.map(variableOf).join(' ');
  return shell === 'fish' ? `set -e ${names}` : `unset ${names}`;
}

/** `printf` ends each value with a NUL, so the last piece of the split is empty and not used. */
function createIn(
  shell: 'sh' | 'fish',
  target: PlanTarget,
  options: PlanOptions,
  details: StoreDetails,
): readonly string[] {
  const keys = target.jsonKeys;
  if (target.store === 'parameter-store') {
    const key = [target.leakedKey];
    return [
      ...ask(key, shell),
      `printf %s "$${variableOf(target.leakedKey)}" | aws ssm put-parameter --type SecureString --overwrite --name ${shellWord(target.name)} --value file:///dev/stdin${regionOption(target)}`,
      forget(key, shell),
    ];
  }
  return [
    ...ask(keys, shell),
    `${print(keys)} | jq -Rs '${jqObject(keys)}' |`,
    '  aws secretsmanager create-secret \\',
    ...createOptions(target, options, details, shellWord).map((option) => `    ${option} \\`),
    '    --secret-string file:///dev/stdin',
    forget(keys, shell),
  ];
}

/** Puts one key into a JSON value that is there, and leaves the others. */
function updateIn(shell: 'sh' | 'fish', target: PlanTarget): readonly string[] {
  if (target.store === 'parameter-store') return createIn(shell, target, NO_OPTIONS, { description: '', tags: [] });
  const key = target.leakedKey;
  const id = shellWord(target.name);
  const read = `aws secretsmanager get-secret-value --secret-id ${id} --query SecretString --output text${regionOption(target)}`;
  const merge = `split("\\u0000") as [$new, $old] | ($old | fromjson) + {${JSON.stringify(key)}: $new}`;
  const [open, close] = shell === 'fish' ? ['begin; ', '; end'] : ['{ ', '; }'];
  return [
    ...ask([key], shell),
    `${open}${print([key])}; ${read}${close} | jq -Rs '${merge}' |`,
    `  aws secretsmanager put-secret-value --secret-id ${id}${regionOption(target)} --secret-string file:///dev/stdin`,
    forget([key], shell),
  ];
}

const NO_OPTIONS: PlanOptions = {
  region: undefined,
  account: undefined,
  kmsKey: undefined,
  vpcEndpoint: undefined,
  readerAccount: undefined,
  replicaRegions: [],
  rotationDays: 30,
};

function inPowerShell(target: PlanTarget, options: PlanOptions, details: StoreDetails): readonly string[] {
  const ask = (key: string): string => `Read-Host ${HIDDEN.test(key) ? '-MaskInput ' : ''}${powerWord(key)}`;
  const region = target.region === undefined ? '' : ` --region ${powerWord(target.region)}`;
  const lines = [
    '$file = New-TemporaryFile',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: PowerShell's own braces
    'if ($IsWindows) { icacls $file /inheritance:r /grant:r "${env:USERNAME}:(R,W,D)" | Out-Null } else { chmod 600 $file }',
    'try {',
  ];
  if (target.store === 'parameter-store') {
    lines.push(
      `  ${ask(target.leakedKey)} | Set-Content -NoNewline $file`,
      `  aws ssm put-parameter --type SecureString --overwrite --name ${powerWord(target.name)} --value "file://$file"${region}`,
    );
  } else if (target.isNew) {
    lines.push(
      `  [ordered]@{ ${target.jsonKeys.map((key) => `${powerWord(key)} = (${ask(key)})`).join('; ')} } | ConvertTo-Json -Compress | Set-Content -NoNewline $file`,
      `  aws secretsmanager create-secret ${createOptions(target, options, details, powerWord).join(' ')} --secret-string "file://$file"`,
    );
  } else {
    lines.push(
      `  $value = aws secretsmanager get-secret-value --secret-id ${powerWord(target.name)} --query SecretString --output text${region} | ConvertFrom-Json`,
      `  $value | Add-Member -Force ${powerWord(target.leakedKey)} (${ask(target.leakedKey)})`,
      '  $value | ConvertTo-Json -Compress | Set-Content -NoNewline $file',
      `  aws secretsmanager put-secret-value --secret-id ${powerWord(target.name)}${region} --secret-string "file://$file"`,
    );
  }
  return [...lines, '} finally { Remove-Item $file; Remove-Variable value -ErrorAction Ignore }'];
}

/** The same for each family of shells. */
export function listStoreCommands(
  target: PlanTarget,
  options: PlanOptions,
  details: StoreDetails,
): readonly CommandBlock[] {
  const title = target.isNew ? 'create the entry' : 'put the new value into the entry';
  const inShell = (shell: 'sh' | 'fish'): readonly string[] =>
    target.isNew ? createIn(shell, target, options, details) : updateIn(shell, target);
  return [
    { title: `${title} (bash, zsh)`, shell: 'sh', lines: inShell('sh') },
    { title: `${title} (fish)`, shell: 'fish', lines: inShell('fish') },
    { title: `${title} (PowerShell 7)`, shell: 'powershell', lines: inPowerShell(target, options, details) },
  ];
}
