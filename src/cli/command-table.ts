// Every command for people: what stands after it, what it does, examples. Help texts and completion are made from this
// table; what the commands do is in src/commands.
import { FORMAT_NAMES } from '../reporters/format-names.ts';
import type { CommandName } from './flag.ts';

export interface CommandInfo {
  readonly name: CommandName;
  /** The words after the command, as the help text shows them. */
  readonly operands: string;
  /** First words after the command that mean something, for help, completion and messages. */
  readonly actions: readonly string[];
  /** One line, no full stop. */
  readonly summary: string;
  /** Pairs of a command line without `unleak`, and what it is good for. At least one. */
  readonly examples: readonly (readonly [line: string, use: string])[];
}

export const COMMANDS: readonly CommandInfo[] = [
  {
    name: 'scan',
    operands: '[PATH…]',
    actions: [],
    summary: 'Scan the working tree, folders, files or globs',
    examples: [
      ['scan', 'tracked files, and new ones that git does not ignore'],
      ["scan src 'config/*.yml'", 'these places only'],
      ['scan --output report.sarif', 'a file for code scanning'],
    ],
  },
  {
    name: 'staged',
    operands: '',
    actions: [],
    summary: 'Scan what the next commit adds (for a pre-commit hook)',
    examples: [['staged', 'the lines added in the index, against HEAD']],
  },
  {
    name: 'diff',
    operands: '[BASE[..HEAD] | -]',
    actions: [],
    summary: 'Scan what a range of commits adds, merges included',
    examples: [
      ['diff', 'what the current branch adds to the default branch'],
      ['diff v1.2..HEAD', 'what came since a tag'],
      ['diff - < change.patch', 'a unified diff'],
      ['diff --ci', 'what the pipeline of a CI system was started for'],
    ],
  },
  {
    name: 'history',
    operands: '[REV…]',
    actions: [],
    summary: 'Scan all that was ever committed, and what git still keeps',
    examples: [
      ['history', 'all refs, stashes, reflogs, notes, messages, indexes, and unreachable objects'],
      ['history main..dev', 'what these commits brought'],
      ['history --since 2024-01-31', 'what came since a day'],
      ['history --path src/config', 'one folder'],
      ['history --rewrite-plan ../plan', 'how to take it all out'],
    ],
  },
  {
    name: 'shell',
    operands: '[FILE…]',
    actions: [],
    summary: 'Scan the histories of shells, clients and coding agents',
    examples: [
      ['shell', 'every history that is found'],
      ['shell ~/.bash_history', 'one file; its format is recognised'],
      ['shell --home /mnt/backup/ada', 'an offline copy, or another user'],
      ['shell --scrub', 'what would be masked; with --yes it is done'],
      ['shell --advise zsh', 'settings that keep secrets out'],
    ],
  },
  {
    name: 'stdin',
    operands: '',
    actions: [],
    summary: 'Scan standard input',
    examples: [['stdin --name app/.env < dump.txt', 'a text, treated as the file app/.env']],
  },
  {
    name: 'baseline',
    operands: 'create|update|prune|show [PATH…]',
    actions: ['create', 'update', 'prune', 'show'],
    summary: 'Keep a file of known findings, so that only new ones fail',
    examples: [
      ['baseline create', 'accept what is there today'],
      ["baseline update --reason 'revoked in May'", 'accept what is new'],
      ['baseline prune', 'forget what is gone'],
    ],
  },
  {
    name: 'explain',
    operands: 'FILE[:LINE]',
    actions: [],
    summary: 'Show every step that led to a finding, or to silence',
    examples: [['explain src/db.ts:14', 'why this line was reported, or was not']],
  },
  {
    name: 'plan',
    operands: '[REPORT|PATH…]',
    actions: [],
    summary: 'Plan the way of each secret into AWS Secrets Manager, step by step',
    examples: [
      ['plan --names names.json', 'scan, match with saved names, print the steps'],
      [
        'plan report.json --names names.json --write out',
        'from a saved JSON report into a folder: plan, policies, diffs',
      ],
      ['plan --print-diff out/patches | git apply', 'change the code; the diffs in the folder are masked'],
      ['plan --aws --format markdown', 'with the names that AWS lists now, as a checklist'],
    ],
  },
  {
    name: 'rules',
    operands: 'list|show|check [RULE…]',
    actions: ['list', 'show', 'check'],
    summary: 'List, show or prove the rules, your own included',
    examples: [
      ['rules list', 'all rules, one a line'],
      ["rules show 'github.*'", 'what a provider’s rules look for'],
      ['rules check --rules our-rules.yml', 'prove rules of your own'],
    ],
  },
  {
    name: 'hook',
    operands: 'install|uninstall|doctor|run [HOOK]',
    actions: ['install', 'uninstall', 'doctor', 'run'],
    summary: 'Guard commits and pushes by git hooks, and prove that they do',
    examples: [
      ['hook install --dry-run', 'show what would change, for the hook manager that is in use'],
      ['hook doctor', 'is this work tree guarded? plants a secret in an index of its own'],
      ['hook run pre-push origin URL', 'what git calls: every new commit of every pushed ref'],
      ['hook run --agent claude-code', 'answer the hook of a coding agent'],
    ],
  },
  {
    name: 'report',
    operands: 'FORMAT [JSON…]',
    actions: FORMAT_NAMES,
    summary: 'Write saved JSON reports in another format, or several as one',
    examples: [
      ['report text scan.json', 'what the scan would have printed'],
      ['report sarif a.json b.json -o all.sarif', 'two scans as one'],
      ['report markdown shards/', 'the shards of one scan, put together'],
      ['report junit -', 'a report on standard input'],
    ],
  },
  {
    name: 'import',
    operands: 'FILE…',
    actions: [],
    summary: 'Carry over configuration, ignores and baselines of other tools',
    examples: [
      ['import .gitleaks.toml .gitleaksignore', 'show what would be written; with --yes it is'],
      ['import .secrets.baseline --yes', 'accept what detect-secrets had accepted'],
      ['import --from trufflehog exclude.txt', 'a file whose name does not say what it is'],
    ],
  },
];

/** Words that a later version will know; typing them gives a clear answer instead of a guess. */
export const LATER_COMMANDS = ['audit'] as const;

export function findCommand(word: string | undefined): CommandInfo | undefined {
  return COMMANDS.find((command) => command.name === word);
}
