// Every flag, once: name, value, help, the commands that have it, and what it does to the arguments. To add a flag, add
// an entry here or in scan-flags.ts; parsers, help and completion follow (design section 2).
import { parseJobs } from '../config/read-environment.ts';
import { UsageError } from '../model/errors.ts';
import { isCalendarDate } from '../util/calendar-date.ts';
import { CI_FLAGS } from './ci-flags.ts';
import { type CommandName, EVERY, type Flag, REPORTING, SCANNING } from './flag.ts';
import { HISTORY_FLAGS } from './history-flags.ts';
import { HOOK_FLAGS } from './hook-flags.ts';
import { IMPORT_FLAGS } from './import-flags.ts';
import { KNOWN_FLAGS } from './known-flags.ts';
import { PLAN_FLAGS } from './plan-flags.ts';
import { REPORT_FLAGS } from './report-flags.ts';
import { SCAN_FLAGS } from './scan-flags.ts';
import { SHELL_FLAGS } from './shell-flags.ts';
import { VAULT_FLAGS } from './vault-flags.ts';

const ADDING: readonly CommandName[] = ['baseline'];

/** In the order of the help text. */
export const FLAGS: readonly Flag[] = [
  ...SCAN_FLAGS,
  ...KNOWN_FLAGS,
  ...CI_FLAGS,
  ...HISTORY_FLAGS,
  ...PLAN_FLAGS,
  ...VAULT_FLAGS,
  ...HOOK_FLAGS,
  ...REPORT_FLAGS,
  ...IMPORT_FLAGS,
  ...SHELL_FLAGS,
  {
    name: 'name',
    type: 'value',
    placeholder: 'PATH',
    completes: 'files',
    help: 'Path that the text counts as, for rules and ignores that look at paths',
    commands: ['stdin'],
    apply: (values, path) => {
      values.name = path;
    },
  },
  {
    name: 'external-key',
    type: 'switch',
    help: 'create: keep the key out of the file, for public repositories',
    commands: ADDING,
    apply: (values, isOn) => {
      values.externalKey = isOn;
    },
  },
  {
    name: 'reason',
    type: 'value',
    placeholder: 'TEXT',
    help: 'create, update: why the new entries are accepted',
    commands: ADDING,
    apply: (values, text) => {
      values.reason = text;
    },
  },
  {
    name: 'owner',
    type: 'value',
    placeholder: 'NAME',
    help: 'create, update: who looks after the new entries',
    commands: ADDING,
    apply: (values, name) => {
      values.owner = name;
    },
  },
  {
    name: 'until',
    type: 'value',
    placeholder: 'DATE',
    help: 'create, update: last day on which the new entries count (YYYY-MM-DD)',
    commands: ADDING,
    apply: (values, date) => {
      if (!isCalendarDate(date)) throw new UsageError('--until must be a day that exists, written YYYY-MM-DD');
      values.until = date;
    },
  },
  {
    name: 'rules',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'Rule file of your own, beside those of the configuration; may be repeated',
    commands: ['rules'],
    apply: ({ ruleFiles }, file) => {
      ruleFiles.push(file);
    },
  },
  {
    name: 'reveal',
    type: 'switch',
    help: 'Print found values in clear (json and jsonl only)',
    commands: REPORTING,
    apply: (values, isOn) => {
      values.reveal = isOn;
    },
  },
  {
    name: 'jobs',
    short: 'j',
    type: 'value',
    placeholder: 'N',
    help: 'Number of threads (default: chosen by the amount of work)',
    commands: [...REPORTING, 'baseline'],
    apply: ({ settings }, text) => {
      const jobs = parseJobs(text);
      if (jobs === undefined) throw new UsageError('--jobs must be a whole number from 1 to 256');
      settings.jobs = jobs;
    },
  },
  {
    name: 'unused-ignores',
    type: 'switch',
    help: 'List ignores that suppressed nothing',
    commands: REPORTING,
    apply: (values, isOn) => {
      values.unusedIgnores = isOn;
    },
  },
  {
    name: 'timings',
    type: 'switch',
    help: 'Say where the time went, by step and by rule',
    commands: REPORTING,
    apply: (values, isOn) => {
      values.timings = isOn;
    },
  },
  {
    name: 'quiet',
    short: 'q',
    type: 'switch',
    help: 'Nothing on standard error but errors',
    commands: [...SCANNING, 'import'],
    apply: (values, isOn) => {
      values.isQuiet = isOn;
    },
  },
  {
    name: 'verbose',
    short: 'v',
    type: 'switch',
    help: 'Say what is read and which settings apply',
    commands: REPORTING,
    apply: (values, isOn) => {
      values.isVerbose = isOn;
    },
  },
  {
    name: 'color',
    type: 'switch',
    help: 'Colours even when nobody looks; --no-color or NO_COLOR for none',
    commands: EVERY,
    apply: (values, isOn) => {
      values.color = isOn;
    },
  },
];

/** The flags of one command, in the order of the table. */
export function flagsOf(command: CommandName): readonly Flag[] {
  return FLAGS.filter((flag) => flag.commands.includes(command));
}
