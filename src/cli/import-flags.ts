// The flags of `unleak import`. Part of the table in flags.ts, which is what others read.
import { FOREIGN_FORMATS } from '../model/foreign-format.ts';
import type { CommandName, Flag } from './flag.ts';

const IMPORT: readonly CommandName[] = ['import'];

export const IMPORT_FLAGS: readonly Flag[] = [
  {
    name: 'from',
    type: 'value',
    placeholder: 'FORMAT',
    choices: FOREIGN_FORMATS,
    help: 'What the files are, when their names do not say it',
    commands: IMPORT,
    apply: (values, name) => {
      values.from = FOREIGN_FORMATS.find((one) => one === name);
    },
  },
  {
    name: 'yes',
    type: 'switch',
    help: 'Write the files; without it the change is shown only',
    commands: IMPORT,
    apply: (values, isOn) => {
      values.yes = isOn;
    },
  },
];
