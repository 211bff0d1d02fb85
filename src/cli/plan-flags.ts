// The flags of `unleak plan` beside those of the vault: what is written, and what commands and policies should say. Part of
// the table in flags.ts, which is what others read.
import type { PlanWishes } from '../commands/plan-arguments.ts';
import { UsageError } from '../model/errors.ts';
import type { CommandName, Flag } from './flag.ts';

const PLAN: readonly CommandName[] = ['plan'];
const SHELLS = ['sh', 'fish', 'powershell'] as const;
const OWNERS = ['codeowners', 'blame', 'none'] as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type PlanValues = Mutable<PlanWishes>;

export function createPlanValues(): PlanValues {
  return {
    write: undefined,
    printDiff: undefined,
    shell: 'sh',
    owners: 'codeowners',
    region: undefined,
    account: undefined,
    kmsKey: undefined,
    vpcEndpoint: undefined,
    readerAccount: undefined,
    replicaRegions: [],
    rotationDays: 30,
  };
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}$/;

function checked(flag: string, pattern: RegExp, wanted: string, text: string): string {
  if (!pattern.test(text)) throw new UsageError(`--${flag} must be ${wanted}`);
  return text;
}

export const PLAN_FLAGS: readonly Flag[] = [
  {
    name: 'format',
    short: 'f',
    type: 'value',
    placeholder: 'FORMAT',
    choices: ['text', 'markdown', 'json'],
    help: 'Format of the plan on standard output, or of the --output beside it',
    commands: PLAN,
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
    help: 'Write the plan to a file; the ending (.txt, .md, .json) gives the format',
    commands: PLAN,
    apply: ({ outputs }, file) => {
      outputs.push(file);
    },
  },
  {
    name: 'write',
    type: 'value',
    placeholder: 'DIR',
    completes: 'files',
    help: 'Write plan, commands, policies and masked diffs into a new folder; it holds no value',
    commands: PLAN,
    apply: ({ plan }, folder) => {
      plan.write = folder;
    },
  },
  {
    name: 'print-diff',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'Print the true diff of a masked one, or of a folder of them, for git apply',
    commands: PLAN,
    apply: ({ plan }, file) => {
      plan.printDiff = file;
    },
  },
  {
    name: 'shell',
    type: 'value',
    placeholder: 'SHELL',
    choices: SHELLS,
    help: 'Shell of the commands in the text (default sh); Markdown and JSON have all',
    commands: PLAN,
    apply: ({ plan }, name) => {
      plan.shell = SHELLS.find((one) => one === name) ?? 'sh';
    },
  },
  {
    name: 'owners',
    type: 'value',
    placeholder: 'SOURCE',
    choices: OWNERS,
    help: 'Who owns a secret: by CODEOWNERS (default), by git blame, or none',
    commands: PLAN,
    apply: ({ plan }, name) => {
      plan.owners = OWNERS.find((one) => one === name) ?? 'codeowners';
    },
  },
  {
    name: 'region',
    type: 'value',
    placeholder: 'REGION',
    help: 'Region of new entries (default: the one that most entries have)',
    commands: PLAN,
    apply: ({ plan }, text) => {
      plan.region = checked('region', REGION, 'a region, such as eu-west-1', text);
    },
  },
  {
    name: 'account',
    type: 'value',
    placeholder: 'ID',
    help: 'Account of new entries, 12 digits (default: the one that most entries have)',
    commands: PLAN,
    apply: ({ plan }, text) => {
      plan.account = checked('account', /^\d{12}$/, 'the id of an account, 12 digits', text);
    },
  },
  {
    name: 'kms-key',
    type: 'value',
    placeholder: 'KEY',
    help: 'ARN, id or alias of the key for new entries (default: the key that AWS manages)',
    commands: PLAN,
    apply: ({ plan }, text) => {
      plan.kmsKey = checked(
        'kms-key',
        /^(?:arn:[\w-]+:kms:[\w-]+:\d{12}:(?:key|alias)\/[\w/-]+|alias\/[\w/-]+|(?:mrk-)?[0-9a-f-]{32,40})$/,
        'an ARN, an id or alias/NAME of a KMS key',
        text,
      );
    },
  },
  {
    name: 'vpc-endpoint',
    type: 'value',
    placeholder: 'ID',
    help: 'Policies allow reads through this endpoint only, such as vpce-0123456789abcdef0',
    commands: PLAN,
    apply: ({ plan }, text) => {
      plan.vpcEndpoint = checked('vpc-endpoint', /^vpce-[0-9a-f]{8,17}$/, 'the id of an endpoint, vpce-…', text);
    },
  },
  {
    name: 'reader-account',
    type: 'value',
    placeholder: 'ID',
    help: 'Another account that reads the secrets: adds policies for secret and key',
    commands: PLAN,
    apply: ({ plan }, text) => {
      plan.readerAccount = checked('reader-account', /^\d{12}$/, 'the id of an account, 12 digits', text);
    },
  },
  {
    name: 'replica-region',
    type: 'value',
    placeholder: 'REGION',
    help: 'New entries get a replica there; may be repeated',
    commands: PLAN,
    apply: ({ plan }, text) => {
      plan.replicaRegions = [
        ...plan.replicaRegions,
        checked('replica-region', REGION, 'a region, such as eu-central-1', text),
      ];
    },
  },
  {
    name: 'rotation-days',
    type: 'value',
    placeholder: 'N',
    help: 'Days between rotations in the commands (default 30)',
    commands: PLAN,
    apply: ({ plan }, text) => {
      const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
      if (days < 1 || days > 999) throw new UsageError('--rotation-days must be a whole number from 1 to 999');
      plan.rotationDays = days;
    },
  },
];
