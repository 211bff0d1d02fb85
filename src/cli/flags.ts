// Every flag, once: name, value, help, the commands that have it, and what it does to the arguments. To add a flag, add
// an entry; parsers, help and completion follow (design section 2).
import { parseJobs } from '../config/read-environment.ts';
import { UsageError } from '../model/errors.ts';
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import { REPORTERS } from '../reporters/registry.ts';
import { isCalendarDate } from '../util/calendar-date.ts';
import type { CommandName, Flag } from './flag.ts';

const REPORTING: readonly CommandName[] = ['scan', 'staged', 'diff', 'stdin', 'hook'];
const SCANNING: readonly CommandName[] = [...REPORTING, 'baseline', 'explain'];
const EVERY: readonly CommandName[] = [...SCANNING, 'rules'];
const ADDING: readonly CommandName[] = ['baseline'];

const splitList = (value: string): string[] => value.split(/[\s,]+/).filter(Boolean);
/** The value as one of the words of a scale; the parser has checked that it is one. */
const oneOf = <T extends string>(words: readonly T[], value: string): T | undefined => words.find((w) => w === value);

export const FLAGS: readonly Flag[] = [
  {
    name: 'config',
    short: 'c',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'Configuration file, instead of the nearest .unleak.yml',
    commands: EVERY,
    apply: (values, file) => {
      values.config = file;
    },
  },
  {
    name: 'baseline',
    short: 'b',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'File of known findings, instead of .unleak-baseline',
    commands: SCANNING,
    apply: ({ settings }, file) => {
      settings.baseline = file;
    },
  },
  {
    name: 'format',
    short: 'f',
    type: 'value',
    placeholder: 'FORMAT',
    choices: REPORTERS.map((reporter) => reporter.name),
    help: 'Format of the report on standard output, or of the --output beside it',
    commands: REPORTING,
    apply: ({ formats }, format) => {
      formats.push(format);
    },
  },
  {
    name: 'format',
    short: 'f',
    type: 'value',
    placeholder: 'FORMAT',
    choices: ['text', 'json'],
    help: 'Format of the list',
    commands: ['rules'],
    apply: ({ formats }, format) => {
      formats.push(format);
    },
  },
  {
    name: 'output',
    short: 'o',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'Write the report to a file; the ending gives the format; may be repeated',
    commands: REPORTING,
    apply: ({ outputs }, file) => {
      outputs.push(file);
    },
  },
  {
    name: 'min-confidence',
    type: 'value',
    placeholder: 'LEVEL',
    choices: CONFIDENCES,
    help: 'Report findings that are at least this sure (default medium)',
    commands: SCANNING,
    apply: ({ settings }, level) => {
      settings.minConfidence = oneOf(CONFIDENCES, level);
    },
  },
  {
    name: 'min-severity',
    type: 'value',
    placeholder: 'LEVEL',
    choices: SEVERITIES,
    help: 'Report findings that are at least this harmful (default low)',
    commands: SCANNING,
    apply: ({ settings }, level) => {
      settings.minSeverity = oneOf(SEVERITIES, level);
    },
  },
  {
    name: 'only',
    type: 'value',
    placeholder: 'RULE',
    completes: 'rules',
    help: 'Use only this rule (github.*: all of a provider); may be repeated',
    commands: SCANNING,
    apply: ({ settings }, list) => {
      settings.only = [...(settings.only ?? []), ...splitList(list)];
    },
  },
  {
    name: 'skip',
    type: 'value',
    placeholder: 'RULE',
    completes: 'rules',
    help: 'Do not use this rule; may be repeated',
    commands: SCANNING,
    apply: ({ settings }, list) => {
      settings.skip = [...(settings.skip ?? []), ...splitList(list)];
    },
  },
  {
    name: 'fail-on-new-place',
    type: 'switch',
    help: 'Fail when a known token turns up in another file',
    commands: REPORTING,
    apply: ({ settings }, isOn) => {
      settings.failOnNewPlace = isOn;
    },
  },
  {
    name: 'allow-incomplete',
    type: 'switch',
    help: 'Exit with 0, not 3, when something could not be read',
    commands: REPORTING,
    apply: ({ settings }, isOn) => {
      settings.allowIncomplete = isOn;
    },
  },
  {
    name: 'include-ignored',
    type: 'switch',
    help: 'Scan files that git ignores, too',
    commands: ['scan'],
    apply: (values, isOn) => {
      values.includeIgnored = isOn;
    },
  },
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
    commands: SCANNING,
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
