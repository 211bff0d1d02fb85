// Where shells, clients and coding agents keep their histories, below a home folder. Data of discover.ts: `*` stands for
// any part of a name, `**` for any folders. The format is a first guess; the head of the file decides.
import type { ShellFormat } from '../model/shell-sighting.ts';

export interface KnownFile {
  /** Relative to the home folder; `{data}`, `{config}`, `{state}` are XDG's folders. */
  readonly path: string;
  readonly format: ShellFormat;
  readonly program: string;
}

const files = (format: ShellFormat, program: string, paths: string): readonly KnownFile[] =>
  paths.split(' ').map((path) => ({ path, format, program }));

export const KNOWN_FILES: readonly KnownFile[] = [
  ...files('bash', 'bash', '.bash_history .bash_sessions/*.history* .histories/*bash*'),
  ...files(
    'zsh',
    'zsh',
    '.zsh_history .zhistory .histfile {data}/zsh/history {state}/zsh/history {config}/zsh/.zsh_history',
  ),
  ...files('zsh', 'zsh', '.zsh_sessions/*.history* .cache/zsh/history .zsh/history .local/share/zsh/zsh_history'),
  ...files('fish', 'fish', '{data}/fish/*_history'),
  ...files('bash', 'sh', '.sh_history .ksh_history .ash_history .mksh_history'),
  ...files('tcsh', 'tcsh', '.history .tcsh_history .csh_history'),
  ...files('powershell', 'PowerShell', '{data}/powershell/PSReadLine/*_history.txt'),
  ...files('powershell', 'PowerShell', 'AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/*_history.txt'),
  ...files('nushell', 'nushell', '{config}/nushell/history.txt Library/Application*Support/nushell/history.txt'),
  ...files('sqlite', 'nushell', '{config}/nushell/history.sqlite3 Library/Application*Support/nushell/history.sqlite3'),
  ...files('nushell', 'nushell', 'AppData/Roaming/nushell/history.txt'),
  ...files('json', 'xonsh', '{data}/xonsh/history_json/*.json {data}/xonsh/xonsh-*.json'),
  ...files('sqlite', 'xonsh', '{data}/xonsh/*.sqlite'),
  ...files('bolt', 'elvish', '{state}/elvish/db.bolt .elvish/db'),
  ...files('sqlite', 'atuin', '{data}/atuin/history.db .atuin/data/history.db'),
  ...files('sqlite', 'AWS CLI', '.aws/cli/history/history.db'),
  ...files('sqlite', 'IPython', '.ipython/profile_*/history.sqlite'),
  ...files('psql', 'psql', '.psql_history'),
  ...files('lines', 'mysql', '.mysql_history .mariadb_history'),
  ...files('lines', 'sqlite3', '.sqlite_history'),
  ...files('lines', 'redis-cli', '.rediscli_history'),
  ...files('newest-first', 'mongosh', '.mongodb/mongosh/*history .dbshell'),
  ...files('lines', 'python', '.python_history'),
  ...files('newest-first', 'node', '.node_repl_history'),
  ...files('lines', 'irb', '.irb_history {data}/irb/history .irb-history'),
  ...files('lines', 'pry', '.pry_history {data}/pry/pry_history'),
  ...files('lines', 'R', '.Rhistory'),
  ...files('lines', 'gdb', '.gdb_history'),
  ...files('lines', 'less', '.lesshst {data}/lesshst {state}/lesshst'),
  ...files('lines', 'vim', '.viminfo'),
  ...files(
    'lines',
    'client',
    '.php_history .usql_history .scala_history .ghc/ghci_history .julia/logs/repl_history.jl',
  ),
  ...files(
    'lines',
    'client',
    '{config}/pgcli/history {config}/litecli/history .mycli-history .iredis_history .octave_hist',
  ),
  ...files(
    'lines',
    'client',
    '.lua_history .erlang-history .groovy/groovysh.history .sqlcmd_history .cqlsh_history .cassandra/cqlsh_history .influx_history .clickhouse-client-history .ldapvi-history .calc_history .units_history .lftp/rl_history {data}/lftp/rl_history',
  ),
  ...files('jsonl', 'Claude Code', '.claude/history.jsonl .claude/projects/**/*.jsonl'),
  ...files('bash', 'Claude Code', '.claude/paste-cache/*'),
  ...files('jsonl', 'Codex', '.codex/history.jsonl .codex/sessions/**/*.jsonl'),
  ...files('json', 'Gemini CLI', '.gemini/tmp/*/chats/*.json .gemini/tmp/*/logs.json'),
  ...files('json', 'OpenCode', '{data}/opencode/storage/**/*.json'),
  ...files('lines', 'gcloud', '{config}/gcloud/logs/*/*.log'),
  ...files('lines', 'Azure CLI', '.azure/commands/*.log'),
];

/** Folders of dotfiles that people keep under version control. Only files with the name of a history are taken there. */
export const DOTFILE_FOLDERS: readonly string[] = ['dotfiles', '.dotfiles', '.local/share/chezmoi', '.config/yadm'];

/** Variables that say where a history is, and whose it is. */
export const FILE_VARIABLES: ReadonlyMap<string, { readonly format: ShellFormat; readonly program: string }> = new Map([
  ['HISTFILE', { format: 'bash', program: 'shell' }],
  ['PSQL_HISTORY', { format: 'psql', program: 'psql' }],
  ['MYSQL_HISTFILE', { format: 'lines', program: 'mysql' }],
  ['SQLITE_HISTORY', { format: 'lines', program: 'sqlite3' }],
  ['REDISCLI_HISTFILE', { format: 'lines', program: 'redis-cli' }],
  ['NODE_REPL_HISTORY', { format: 'newest-first', program: 'node' }],
  ['PYTHON_HISTORY', { format: 'lines', program: 'python' }],
  ['LESSHISTFILE', { format: 'lines', program: 'less' }],
  ['ATUIN_DB_PATH', { format: 'sqlite', program: 'atuin' }],
  ['XONSH_HISTORY_FILE', { format: 'json', program: 'xonsh' }],
]);

/** Start-up files that may set them, and the shell that reads them. */
export const START_FILES: readonly (readonly [path: string, program: string])[] = [
  ['.bashrc', 'bash'],
  ['.bash_profile', 'bash'],
  ['.bash_login', 'bash'],
  ['.profile', 'bash'],
  ['.zshrc', 'zsh'],
  ['.zshenv', 'zsh'],
  ['.zprofile', 'zsh'],
  ['.config/zsh/.zshrc', 'zsh'],
  ['.kshrc', 'ksh'],
  ['.mkshrc', 'mksh'],
  ['.cshrc', 'tcsh'],
  ['.tcshrc', 'tcsh'],
];
