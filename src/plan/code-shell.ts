// Shells: the AWS CLI into a variable, never echoed. One read a run.
import type { LanguagePack, MechanicalEdit, Refusal, SecretTarget, SourceFile, Stretch } from './code-change.ts';
import { lineOf } from './find-literal.ts';

const plain = (text: string): string => (/^[\w/+=.@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The command that prints one key of a secret, for POSIX shells. */
export function readCommand({ name, jsonKey }: Pick<SecretTarget, 'name' | 'jsonKey'>): string {
  const path = /^[A-Za-z_]\w*$/.test(jsonKey) ? `.${jsonKey}` : `.${JSON.stringify(jsonKey)}`;
  return `aws secretsmanager get-secret-value --secret-id ${plain(name)} --query SecretString --output text | jq -er ${plain(path)}`;
}

function isShell({ path, text }: SourceFile): boolean {
  return (
    /\.(?:sh|bash|zsh|ksh|bashrc|zshrc|profile)$/i.test(path) ||
    /(?:^|\/)\.(?:bashrc|zshrc|bash_profile|zprofile|profile|envrc)$/.test(path) ||
    /^#!.*\b(?:ba|z|k|da)?sh\b/.test(text)
  );
}

function edit(file: SourceFile, value: Stretch, target: SecretTarget): MechanicalEdit | Refusal {
  const { text } = file;
  if (text.slice(value.start, value.end).includes('\n')) return { refused: 'the value has several lines' };
  const line = lineOf(file, value);
  const before = text.slice(line.start, value.start);
  const after = text.slice(value.end, line.end);
  const assignment = /^(\s*(?:(?:export|readonly|local|declare(?:\s+-\w+)*)\s+)?[A-Za-z_]\w*=)(["']?)$/.exec(before);
  if (!assignment) return { refused: 'the value is a part of a command: put it into a variable first' };
  const quote = assignment[2] ?? '';
  if (!new RegExp(`^${quote}\\s*(?:[;#].*)?$`).test(after)) return { refused: 'the value is a part of a longer text' };
  return {
    edits: [
      { start: value.start - quote.length, end: value.end + quote.length, replacement: `"$(${readCommand(target)})"` },
    ],
  };
}

export const SHELL: LanguagePack = {
  id: 'shell',
  label: 'shell (bash, zsh, POSIX)',
  fits: isShell,
  edit,
  snippet: (target) => ({
    fence: 'sh',
    code: `${target.variable}="$(${readCommand(target)})" || exit\n# Hand it on in the environment or on standard input, never as an argument.\nexport ${target.variable}`,
  }),
  packages: ['aws-cli v2', 'jq'],
  notes: ['One read a run. In long loops read it once, before the loop. Do not use "set -x" around it.'],
};

export const FISH: LanguagePack = {
  id: 'fish',
  label: 'fish',
  fits: ({ path, text }) => /\.fish$/i.test(path) || /^#!.*\bfish\b/.test(text),
  snippet: (target) => ({ fence: 'fish', code: `set -gx ${target.variable} (${readCommand(target)})\nor exit` }),
  packages: ['aws-cli v2', 'jq'],
  notes: ['One read a run; -g keeps it out of universal variables, which are written to disk.'],
};

export const POWERSHELL: LanguagePack = {
  id: 'powershell',
  label: 'PowerShell',
  fits: ({ path }) => /\.(?:ps1|psm1)$/i.test(path),
  snippet: ({ name, jsonKey, variable }) => ({
    fence: 'powershell',
    code: `$env:${variable} = (aws secretsmanager get-secret-value --secret-id '${name}' --query SecretString --output text | ConvertFrom-Json).'${jsonKey}'`,
  }),
  packages: ['aws-cli v2, or the module AWS.Tools.SecretsManager (Get-SECSecretValue)'],
  notes: ['One read a run.'],
};
