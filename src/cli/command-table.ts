// Every command for people: what stands after it, what it does, examples. Help texts and completion are made from this
// table; what the commands do is in src/commands.
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
    operands: 'run pre-commit',
    actions: ['run'],
    summary: 'Run as a git hook; pre-commit is the same as staged',
    examples: [['hook run pre-commit', 'the line for a hook file']],
  },
];

/** Words that a later version will know; typing them gives a clear answer instead of a guess. */
export const LATER_COMMANDS = ['shell', 'audit', 'plan', 'import', 'report'] as const;

export function findCommand(word: string | undefined): CommandInfo | undefined {
  return COMMANDS.find((command) => command.name === word);
}
