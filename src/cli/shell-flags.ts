// The flags of `unleak shell`: whose histories, and what is done with them. Part of the table in flags.ts, which is what
// others read.
import type { CommandName, Flag } from './flag.ts';

const SHELL: readonly CommandName[] = ['shell'];

export const SHELL_FLAGS: readonly Flag[] = [
  {
    name: 'home',
    type: 'value',
    placeholder: 'DIR',
    completes: 'files',
    help: 'Look below this home folder: an offline copy, or another user',
    commands: SHELL,
    apply: (values, folder) => {
      values.home = folder;
    },
  },
  {
    name: 'scrub',
    type: 'switch',
    help: 'Mask the values in the files; without --yes it only says what it would do',
    commands: SHELL,
    apply: (values, isOn) => {
      values.scrub = isOn;
    },
  },
  {
    name: 'yes',
    type: 'switch',
    help: 'With --scrub: really write',
    commands: SHELL,
    apply: (values, isOn) => {
      values.yes = isOn;
    },
  },
  {
    name: 'backup',
    type: 'switch',
    help: 'With --scrub --yes: keep a private copy of each file',
    commands: SHELL,
    apply: (values, isOn) => {
      values.backup = isOn;
    },
  },
  {
    name: 'shred-backup',
    type: 'switch',
    help: 'Overwrite and delete the copies that --backup made',
    commands: SHELL,
    apply: (values, isOn) => {
      values.shredBackup = isOn;
    },
  },
  {
    name: 'advise',
    type: 'switch',
    help: 'Show settings that keep secrets out, of all shells or those named',
    commands: SHELL,
    apply: (values, isOn) => {
      values.advise = isOn;
    },
  },
  {
    name: 'credential-files',
    type: 'switch',
    help: 'List stores of credentials in plain text in the home folder',
    commands: SHELL,
    apply: (values, isOn) => {
      values.credentialFiles = isOn;
    },
  },
];
