// The flags that say what is scanned, what counts and where the report goes: those that most commands share. Part of the
// table in flags.ts, which is what others read.
import { CONFIDENCES, SEVERITIES } from '../model/levels.ts';
import { FORMAT_NAMES } from '../reporters/format-names.ts';
import { EVERY, type Flag, REPORTING, SCANNING } from './flag.ts';

const splitList = (value: string): string[] => value.split(/[\s,]+/).filter(Boolean);
/** The value as one of the words of a scale; the parser has checked that it is one. */
const oneOf = <T extends string>(words: readonly T[], value: string): T | undefined => words.find((w) => w === value);

export const SCAN_FLAGS: readonly Flag[] = [
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
    choices: FORMAT_NAMES,
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
    name: 'archives',
    type: 'switch',
    help: 'Look into archives and documents: zip, jar, docx, xlsx, tar, gz and the like',
    commands: ['scan'],
    apply: (values, isOn) => {
      values.archives = isOn;
    },
  },
];
