// The flags that name values of the user's own to be looked for. Part of the table in flags.ts, which is what others read.
import type { CommandName, Flag } from './flag.ts';

const LOOKING: readonly CommandName[] = ['scan', 'staged', 'diff', 'history', 'stdin', 'hook'];

export const KNOWN_FLAGS: readonly Flag[] = [
  {
    name: 'known',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'Look for your own values, one a line or KEY=VALUE; may be repeated',
    commands: LOOKING,
    apply: ({ known }, file) => {
      known.files.push(file);
    },
  },
  {
    name: 'known-aws',
    type: 'switch',
    help: 'Look for the values of your AWS credentials file',
    commands: LOOKING,
    apply: ({ known }, isOn) => {
      known.aws = isOn;
    },
  },
];
