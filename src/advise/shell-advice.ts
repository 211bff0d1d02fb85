// What each shell and client can do to keep secrets out of its history: settings, where they go, and what they do not do.
// Data; formatting is the command's.
import { BASH_SNIPPET, FISH_SNIPPET, POWERSHELL_SNIPPET, ZSH_SNIPPET } from './snippets.ts';

export interface Setting {
  /** Lines for the start-up file, or to be typed. */
  readonly lines: readonly string[];
  readonly use: string;
}

export interface ShellAdvice {
  readonly name: string;
  readonly otherNames: readonly string[];
  /** Where the lines go. */
  readonly file: string;
  readonly settings: readonly Setting[];
  /** For the same file. */
  readonly snippet: string | undefined;
  /** How to type a secret, with nothing recorded. */
  readonly entry: readonly string[];
  readonly notes: readonly string[];
}

export const SHELL_ADVICE: readonly ShellAdvice[] = [
  {
    name: 'bash',
    otherNames: ['sh'],
    file: '~/.bashrc',
    settings: [
      { lines: ['HISTCONTROL=ignoreboth'], use: 'a command with a space in front is not recorded, nor a repeated one' },
      {
        lines: ["HISTIGNORE='*AWS_SECRET_ACCESS_KEY=*:*--secret-string*:*sshpass -p*:*PASSWORD=*'"],
        use: 'lines that match are not recorded; each pattern must match the whole line',
      },
      { lines: ['set +o history'], use: 'typed: nothing is recorded from here on; set -o history turns it on again' },
      { lines: ['history -d -1'], use: 'typed: takes the last command out of the memory, before it is written' },
    ],
    snippet: BASH_SNIPPET,
    entry: [
      'read -rs -p "value: " VALUE; echo',
      'printf %s "$VALUE" | COMMAND-THAT-READS-STANDARD-INPUT',
      'unset VALUE',
    ],
    notes: ['A leading space does nothing for the process list, audit logs, or the scroll-back of the terminal.'],
  },
  {
    name: 'zsh',
    otherNames: [],
    file: '~/.zshrc',
    settings: [
      { lines: ['setopt HIST_IGNORE_SPACE'], use: 'a command with a space in front is not recorded' },
      {
        lines: ["HISTORY_IGNORE='(*AWS_SECRET_ACCESS_KEY=*|*--secret-string*|*sshpass -p*|*PASSWORD=*)'"],
        use: 'lines that match are not written to the file',
      },
      { lines: ['fc -p'], use: 'typed: a throw-away history from here on; fc -P goes back' },
    ],
    snippet: ZSH_SNIPPET,
    entry: ['read -rs "VALUE?value: "; echo', 'printf %s "$VALUE" | COMMAND-THAT-READS-STANDARD-INPUT', 'unset VALUE'],
    notes: ['With HIST_IGNORE_SPACE the line stays in memory until the next one is typed, for editing.'],
  },
  {
    name: 'fish',
    otherNames: [],
    file: '~/.config/fish/config.fish',
    settings: [
      { lines: ['fish --private'], use: 'typed: a session that records nothing' },
      {
        lines: ['history delete --exact --case-sensitive -- (history search --max 1)'],
        use: 'typed: takes the last command out',
      },
    ],
    snippet: FISH_SNIPPET,
    entry: ['read -s -l -P "value: " value', 'printf %s $value | COMMAND-THAT-READS-STANDARD-INPUT', 'set -e value'],
    notes: ['A command with a space in front is never written; no setting is needed.'],
  },
  {
    name: 'powershell',
    otherNames: ['pwsh', 'psreadline'],
    file: '$PROFILE (notepad $PROFILE, code $PROFILE)',
    settings: [
      { lines: ['Set-PSReadLineOption -HistorySaveStyle SaveNothing'], use: 'nothing is written to the file' },
      {
        lines: ['Clear-History; [Microsoft.PowerShell.PSConsoleReadLine]::ClearHistory()'],
        use: 'typed: forgets this session',
      },
    ],
    snippet: POWERSHELL_SNIPPET,
    entry: [
      '$value = Read-Host -AsSecureString "value"   # PowerShell 7: Read-Host -MaskInput gives plain text',
      '$credential = Get-Credential                 # name and password, for -Credential',
      'Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore',
    ],
    notes: [
      'PSReadLine 2 keeps lines with password, asplaintext, token, apikey or secret out of the file by itself, but not',
      'access keys, pwd=, -u user:password, or URLs with a password.',
    ],
  },
  {
    name: 'ksh',
    otherNames: ['ksh93', 'mksh'],
    file: '~/.kshrc or ~/.mkshrc ($ENV)',
    settings: [
      { lines: ['HISTFILE=/dev/null ksh'], use: 'typed: a session that records nothing' },
      { lines: ['unset HISTFILE'], use: 'mksh, in the start-up file: memory only' },
    ],
    snippet: undefined,
    entry: [
      'stty -echo; IFS= read -r VALUE; stty echo; echo',
      'print -rn -- "$VALUE" | COMMAND-THAT-READS-STANDARD-INPUT',
      'unset VALUE',
    ],
    notes: ['ksh writes each command at once; a leading space does not help, and there is no hook for a warning.'],
  },
  {
    name: 'tcsh',
    otherNames: ['csh'],
    file: '~/.tcshrc',
    settings: [
      { lines: ['unset savehist'], use: 'nothing is written at the end' },
      { lines: ['history -c'], use: 'typed: forgets this session before it is written' },
    ],
    snippet: undefined,
    entry: [`sh -c 'stty -echo; IFS= read -r V; stty echo; echo; printf %s "$V" | COMMAND-THAT-READS-STANDARD-INPUT'`],
    notes: ['A leading space does not help, and there is no hook for a warning.'],
  },
  {
    name: 'nushell',
    otherNames: ['nu'],
    file: 'config.nu ($nu.config-path)',
    settings: [
      {
        lines: ['$env.config.history.ignore_space_prefixed = true'],
        use: 'a command with a space in front is not recorded (the default)',
      },
    ],
    snippet: undefined,
    entry: ['let value = (input --suppress-output "value: ")', '$value | COMMAND-THAT-READS-STANDARD-INPUT'],
    notes: [],
  },
  {
    name: 'clients',
    otherNames: ['psql', 'mysql', 'python', 'node', 'less', 'atuin', 'redis-cli', 'sqlite3'],
    file: 'a start-up file of your shell, unless it says otherwise',
    settings: [
      {
        lines: ['\\set HISTCONTROL ignorespace'],
        use: 'psql, in ~/.psqlrc; passwords with \\password, never ALTER USER … PASSWORD',
      },
      {
        lines: ["export MYSQL_HISTIGNORE='*IDENTIFIED*:*PASSWORD*:*SECRET*'"],
        use: 'mysql; or MYSQL_HISTFILE=/dev/null',
      },
      { lines: ['export PYTHON_HISTORY=/dev/null'], use: 'Python 3.13 and newer' },
      { lines: ["export NODE_REPL_HISTORY=''"], use: 'node' },
      { lines: ['export LESSHISTFILE=-'], use: 'less' },
      { lines: ['export REDISCLI_HISTFILE=/dev/null'], use: 'redis-cli; log in with --askpass or REDISCLI_AUTH' },
      { lines: ['export SQLITE_HISTORY=/dev/null'], use: 'sqlite3' },
      {
        lines: ['secrets_filter = true', "history_filter = ['^export .*(SECRET|TOKEN|PASSWORD)']"],
        use: 'atuin, in its config.toml',
      },
      {
        lines: ['aws configure set cli_history disabled'],
        use: 'aws: its own history keeps every parameter and reply',
      },
    ],
    snippet: undefined,
    entry: [],
    notes: [],
  },
];

/** @returns undefined for a name that is none of ours */
export function findAdvice(name: string): ShellAdvice | undefined {
  const wanted = name.toLowerCase();
  return SHELL_ADVICE.find((advice) => advice.name === wanted || advice.otherNames.includes(wanted));
}
