// The flags that say whether and how the vault's names are looked at. Part of the table in flags.ts, which is what others
// read. What they mean together is checked in vault/open-vault.ts.
import { UsageError } from '../model/errors.ts';
import { DEFAULT_AWS_TIMEOUT_MS, type VaultArguments } from '../model/vault-arguments.ts';
import type { CommandName, Flag } from './flag.ts';

const VAULT: readonly CommandName[] = ['plan'];

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
/** What the flags fill. */
export type VaultValues = Growing<VaultArguments>;

/** Before any flag. */
export function createVaultValues(): VaultValues {
  return {
    aws: false,
    awsProfiles: [],
    awsRegions: [],
    awsPrefixes: [],
    parameterStore: false,
    namesFiles: [],
    saveIndex: undefined,
    awsRequired: false,
    awsEndpoint: undefined,
    awsMetadata: false,
    awsTimeoutMs: DEFAULT_AWS_TIMEOUT_MS,
    compareValues: false,
    yes: false,
  };
}

const splitList = (value: string): string[] => value.split(/[\s,]+/).filter(Boolean);

export const VAULT_FLAGS: readonly Flag[] = [
  {
    name: 'aws',
    type: 'switch',
    help: 'Ask AWS Secrets Manager for names and dates (ListSecrets, never values)',
    commands: VAULT,
    apply: ({ vault }, isOn) => {
      vault.aws = isOn;
    },
  },
  {
    name: 'aws-profile',
    type: 'value',
    placeholder: 'NAME',
    help: 'With --aws: profile of ~/.aws/config, MFA and SSO included; may be repeated',
    commands: VAULT,
    apply: ({ vault }, name) => {
      if (!/^[^\s\p{Cc}][^\p{Cc}]{0,127}$/u.test(name))
        throw new UsageError('--aws-profile must be the name of a profile in ~/.aws/config');
      vault.awsProfiles.push(name);
    },
  },
  {
    name: 'aws-region',
    type: 'value',
    placeholder: 'REGION',
    help: 'With --aws: region to list, such as eu-west-1; may be repeated',
    commands: VAULT,
    apply: ({ vault }, list) => {
      for (const region of splitList(list)) {
        if (!/^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}$/.test(region))
          throw new UsageError('--aws-region must be a region, such as eu-west-1');
        vault.awsRegions.push(region);
      }
    },
  },
  {
    name: 'aws-prefix',
    type: 'value',
    placeholder: 'PREFIX',
    help: 'Only entries whose name starts with this, such as team/; may be repeated',
    commands: VAULT,
    apply: ({ vault }, prefix) => {
      if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(prefix))
        throw new UsageError('--aws-prefix holds a sign that names cannot have; use A-Z a-z 0-9 / _ + = . @ -');
      vault.awsPrefixes.push(prefix);
    },
  },
  {
    name: 'parameter-store',
    type: 'switch',
    help: 'With --aws: names of Parameter Store, too (DescribeParameters)',
    commands: VAULT,
    apply: ({ vault }, isOn) => {
      vault.parameterStore = isOn;
    },
  },
  {
    name: 'names',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'Names from a file: aws secretsmanager list-secrets, or --save-index; may be repeated',
    commands: VAULT,
    apply: ({ vault }, file) => {
      vault.namesFiles.push(file);
    },
  },
  {
    name: 'save-index',
    type: 'value',
    placeholder: 'FILE',
    completes: 'files',
    help: 'Write the names and dates to a file for --names',
    commands: VAULT,
    apply: ({ vault }, file) => {
      vault.saveIndex = file;
    },
  },
  {
    name: 'aws-required',
    type: 'switch',
    help: 'With --aws: exit with 3 when a listing failed',
    commands: VAULT,
    apply: ({ vault }, isOn) => {
      vault.awsRequired = isOn;
    },
  },
  {
    name: 'aws-timeout',
    type: 'value',
    placeholder: 'SECONDS',
    help: 'With --aws: limit for each listing (default 60)',
    commands: VAULT,
    apply: ({ vault }, text) => {
      const seconds = /^\d{1,4}$/.test(text) ? Number(text) : 0;
      if (seconds < 1 || seconds > 3600) throw new UsageError('--aws-timeout must be a whole number from 1 to 3600');
      vault.awsTimeoutMs = seconds * 1000;
    },
  },
  {
    name: 'aws-endpoint',
    type: 'value',
    placeholder: 'URL',
    help: 'With --aws: another server, such as http://127.0.0.1:5000',
    commands: VAULT,
    apply: ({ vault }, url) => {
      const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).username === '';
      if (!isWeb) throw new UsageError('--aws-endpoint must be http://host:port or https://host:port');
      vault.awsEndpoint = url;
    },
  },
  {
    name: 'aws-metadata',
    type: 'switch',
    help: 'With --aws: take credentials from the metadata service of the machine (EC2)',
    commands: VAULT,
    apply: ({ vault }, isOn) => {
      vault.awsMetadata = isOn;
    },
  },
  {
    name: 'compare-values',
    type: 'switch',
    help: 'With --aws: read values and compare them in memory; says what that costs and asks first',
    commands: VAULT,
    apply: ({ vault }, isOn) => {
      vault.compareValues = isOn;
    },
  },
  {
    name: 'yes',
    short: 'y',
    type: 'switch',
    help: 'With --compare-values: do not ask',
    commands: VAULT,
    apply: ({ vault }, isOn) => {
      vault.yes = isOn;
    },
  },
];
