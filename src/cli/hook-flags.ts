// The flags of `unleak hook` alone: where and how it is installed, and which agent speaks. Part of the table in flags.ts.

import { UsageError } from '../model/errors.ts';
import { AGENT_NAMES, HOOK_NAMES, MANAGER_NAMES, parseHookList } from '../model/hook-name.ts';
import type { CommandName, Flag } from './flag.ts';

const HOOK: readonly CommandName[] = ['hook'];

export const HOOK_FLAGS: readonly Flag[] = [
  {
    name: 'hooks',
    type: 'value',
    placeholder: 'LIST',
    help: `install: which hooks (default: pre-commit,pre-merge-commit,pre-push)`,
    commands: HOOK,
    apply: (values, text) => {
      values.hooks = parseHookList(text);
      if (!values.hooks) throw new UsageError(`--hooks takes a list of ${HOOK_NAMES.join(', ')}`);
    },
  },
  {
    name: 'manager',
    type: 'value',
    placeholder: 'NAME',
    choices: MANAGER_NAMES,
    help: 'install, uninstall: this manager of hooks, not the one that is found',
    commands: HOOK,
    apply: (values, name) => {
      values.manager = MANAGER_NAMES.find((one) => one === name);
    },
  },
  {
    name: 'global',
    type: 'switch',
    help: 'install, uninstall: for all your repositories, by git itself',
    commands: HOOK,
    apply: (values, isOn) => {
      values.isGlobal = isOn;
    },
  },
  {
    name: 'dry-run',
    type: 'switch',
    help: 'install, uninstall: show the change and write nothing',
    commands: HOOK,
    apply: (values, isOn) => {
      values.isDryRun = isOn;
    },
  },
  {
    name: 'agent',
    type: 'value',
    placeholder: 'NAME',
    choices: AGENT_NAMES,
    help: 'run: answer the hook of a coding agent, from standard input',
    commands: HOOK,
    apply: (values, name) => {
      values.agent = AGENT_NAMES.find((one) => one === name);
    },
  },
];
