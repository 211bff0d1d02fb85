// The flags of `unleak history`: which part of the history is looked at, and how. Part of the table in flags.ts, which is
// what others read.
import { UsageError } from '../model/errors.ts';
import type { CommandName, Flag } from './flag.ts';

const READERS = ['own', 'git'] as const;
const HISTORY: readonly CommandName[] = ['history'];

export const HISTORY_FLAGS: readonly Flag[] = [
  {
    name: 'branch',
    type: 'value',
    placeholder: 'NAME',
    help: 'Only what this branch or tag has; may be repeated',
    commands: HISTORY,
    apply: ({ branches }, name) => {
      branches.push(name);
    },
  },
  {
    name: 'since',
    type: 'value',
    placeholder: 'DATE',
    help: 'Only what commits since this date brought (as git reads dates: 2024-01-31, 2.weeks.ago)',
    commands: HISTORY,
    apply: (values, date) => {
      values.since = date;
    },
  },
  {
    name: 'path',
    type: 'value',
    placeholder: 'PATH',
    completes: 'files',
    help: 'Only files and folders that this names (a git pathspec); may be repeated',
    commands: HISTORY,
    apply: ({ historyPaths }, path) => {
      historyPaths.push(path);
    },
  },
  {
    name: 'first-parent',
    type: 'switch',
    help: 'Follow only the first parent of merges',
    commands: HISTORY,
    apply: (values, isOn) => {
      values.firstParent = isOn;
    },
  },
  {
    name: 'unreachable',
    type: 'switch',
    help: 'On unless --no-unreachable: what only stash, reflog, index or loose objects keep',
    commands: HISTORY,
    apply: (values, isOn) => {
      values.unreachable = isOn;
    },
  },
  {
    name: 'author-privacy',
    type: 'switch',
    help: 'Leave out names and mail addresses of authors',
    commands: HISTORY,
    apply: (values, isOn) => {
      values.authorPrivacy = isOn;
    },
  },
  {
    name: 'recurse-submodules',
    type: 'switch',
    help: 'The histories of submodules that are checked out, too',
    commands: HISTORY,
    apply: (values, isOn) => {
      values.recurseSubmodules = isOn;
    },
  },
  {
    name: 'rewrite-plan',
    type: 'value',
    placeholder: 'DIR',
    completes: 'files',
    help: 'Write a plan and the replacements for git-filter-repo into a new folder',
    commands: HISTORY,
    apply: (values, folder) => {
      values.rewritePlan = folder;
    },
  },
  {
    name: 'verify',
    type: 'value',
    placeholder: 'FINGERPRINT',
    help: 'Prove that this secret is gone from every object, stash and reflog; may be repeated',
    commands: HISTORY,
    apply: ({ verify }, list) => {
      for (const one of list.split(/[\s,]+/).filter(Boolean)) {
        if (!/^[0-9a-f]{32}$/.test(one))
          throw new UsageError('--verify takes fingerprints of 32 hexadecimal digits, as JSON reports have them');
        verify.push(one);
      }
    },
  },
  {
    name: 'cache',
    type: 'switch',
    help: 'On unless --no-cache: remember clean objects in your cache folder, by id alone',
    commands: HISTORY,
    apply: (values, isOn) => {
      values.cache = isOn;
    },
  },
  {
    name: 'reader',
    type: 'value',
    placeholder: 'NAME',
    choices: READERS,
    help: 'Who reads the objects: unleak itself (default), or git, slower, for comparison',
    commands: HISTORY,
    apply: (values, name) => {
      values.reader = READERS.find((one) => one === name);
    },
  },
];
