// The flags of `unleak diff --ci`: what a CI system started is scanned, as far as its environment says it. Part of the table
// in flags.ts, which is what others read.
import { SEVERITIES } from '../model/levels.ts';
import type { CommandName, Flag } from './flag.ts';

const DIFF: readonly CommandName[] = ['diff'];

export const CI_FLAGS: readonly Flag[] = [
  {
    name: 'ci',
    type: 'switch',
    help: 'Find the range in the environment of the CI system; each commit in it counts',
    commands: DIFF,
    apply: (values, isOn) => {
      values.ci = isOn;
    },
  },
  {
    name: 'fetch',
    type: 'switch',
    help: 'With --ci, on unless --no-fetch: fetch the commits that a shallow clone lacks',
    commands: DIFF,
    apply: (values, isOn) => {
      values.fetch = isOn;
    },
  },
  {
    name: 'fail-on',
    type: 'value',
    placeholder: 'LEVEL',
    choices: [...SEVERITIES, 'none'],
    help: 'With --ci: fail only when a finding is at least this harmful (default low)',
    commands: DIFF,
    apply: (values, level) => {
      values.failOn = SEVERITIES.find((one) => one === level) ?? 'none';
    },
  },
];
