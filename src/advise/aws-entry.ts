// How to hand secrets of AWS to the command line without a trace, by system; and how not to need any. Data.
// @source AWS CLI reference of --secret-string; tried with aws-cli 2 where it says so in docs/shell-scrub.md

export interface EntryWay {
  readonly title: string;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

const POSIX_NOTES: readonly string[] = [
  'printf is a part of the shell, so the value is in no process list. With create-secret it is update-secret and put-secret-value alike.',
  'Not --secret-string "$VALUE" (it is in the process list), not echo or <<< with the value (it is in the history).',
];

export const AWS_KEYS: EntryWay = {
  title: 'Instead of keys in variables: short-lived credentials',
  lines: [
    'aws configure sso                      # once; then',
    'aws sso login --profile NAME',
    'export AWS_PROFILE=NAME                # a name, no secret',
    '',
    '# a role of another account, with a second factor, in ~/.aws/config:',
    '[profile NAME]',
    'role_arn = arn:aws:iam::ACCOUNT:role/ROLE',
    'source_profile = default',
    'mfa_serial = arn:aws:iam::ACCOUNT:mfa/USER',
  ],
  notes: [
    'If there must be long-lived keys: aws configure asks for them; it echoes what you type but records nothing.',
    'Never export AWS_SECRET_ACCESS_KEY=… on the command line.',
  ],
};

export const AWS_ENTRY: readonly EntryWay[] = [
  {
    title: 'Linux (bash, zsh): a value for Secrets Manager',
    lines: [
      'read -rs VALUE',
      'printf %s "$VALUE" | aws secretsmanager create-secret --name NAME --secret-string file:///dev/stdin',
      'unset VALUE',
    ],
    notes: POSIX_NOTES,
  },
  {
    title: 'Linux: a longer value, such as JSON, in a file that never reaches the disk',
    lines: [
      `umask 077; F=$(mktemp -p "\${XDG_RUNTIME_DIR:-/dev/shm}")`,
      `"\${EDITOR:-vi}" "$F"     # or: cat > "$F", paste, Ctrl-D`,
      'aws secretsmanager create-secret --name NAME --secret-string "file://$F"',
      'shred -u "$F"',
    ],
    notes: [
      'The file is stored as it is: a line break at its end becomes part of the secret. Turn backups of your editor off for it.',
    ],
  },
  {
    title: 'macOS (zsh): a value for Secrets Manager',
    lines: [
      'read -rs VALUE',
      'printf %s "$VALUE" | aws secretsmanager create-secret --name NAME --secret-string file:///dev/stdin',
      'unset VALUE',
      '',
      '# from the clipboard, which Universal Clipboard may share with your other devices:',
      'pbpaste | aws secretsmanager create-secret --name NAME --secret-string file:///dev/stdin; pbcopy < /dev/null',
    ],
    notes: [
      ...POSIX_NOTES,
      'macOS has no shred: for a longer value use a RAM disk, or store it on the web site of AWS.',
    ],
  },
  {
    title: 'Windows (PowerShell 7): a value for Secrets Manager',
    lines: [
      '$file = New-TemporaryFile',
      `icacls $file /inheritance:r /grant:r "\${env:USERNAME}:(F)" | Out-Null`,
      '[IO.File]::WriteAllText($file, (Read-Host -MaskInput "value"))',
      'aws secretsmanager create-secret --name NAME --secret-string "file://$file"',
      'Remove-Item $file',
    ],
    notes: [
      'Windows has no /dev/stdin. WriteAllText adds no line break and no byte order mark.',
      'cmd.exe writes no history file, but F7 shows what was typed until the window is closed.',
    ],
  },
];
