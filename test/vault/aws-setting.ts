// An environment in which the SDK meets nothing but the fake server: no profile, key or metadata of the machine that runs
// the tests. The SDK reads process.env itself, and so it is that which is changed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { VaultIndex } from '../../src/model/vault.ts';
import { DEFAULT_AWS_TIMEOUT_MS, type VaultArguments } from '../../src/model/vault-arguments.ts';
import { openVault, type VaultOutside } from '../../src/vault/open-vault.ts';
import { type FakeAws, startFakeAws } from './fake-aws.ts';

export const NOW = new Date('2026-11-24T12:00:00Z');

export const NO_SETTINGS = { profile: undefined, regions: [], namePrefix: undefined, names: undefined } as const;

export const NO_ARGUMENTS: VaultArguments = {
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

export interface AwsSetting {
  readonly folder: string;
  readonly outside: VaultOutside;
  readonly end: () => void;
}

/**
 * @param files  texts of ~/.aws/config and ~/.aws/credentials; a new folder each time, because the SDK keeps what it read
 * @param variables  added; `undefined` removes
 */
export function enterAwsSetting(
  server: FakeAws | undefined,
  files: { readonly config?: string; readonly credentials?: string } = {},
  variables: Readonly<Record<string, string | undefined>> = {},
): AwsSetting {
  const before = { ...process.env };
  const folder = mkdtempSync(join(tmpdir(), 'unleak-aws-'));
  writeFileSync(join(folder, 'config'), files.config ?? '');
  writeFileSync(join(folder, 'credentials'), files.credentials ?? '');
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  const set: Record<string, string | undefined> = {
    HOME: folder,
    USERPROFILE: folder,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_ACCESS_KEY_ID: 'DEFAULTKEY',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    AWS_ENDPOINT_URL: server?.url,
    ...variables,
  };
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return {
    folder,
    outside: { environment: process.env, cwd: folder, now: () => NOW },
    end: () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A fake AWS, and a setting in which nothing else is met. */
export interface AwsOfTest {
  readonly server: FakeAws;
  readonly setting: AwsSetting;
  /** Asks it in one region, unless told otherwise. */
  readonly open: (args: Partial<VaultArguments>) => Promise<VaultIndex>;
  /** Another setting for the same server, see enterAwsSetting. */
  readonly enter: (
    files: Parameters<typeof enterAwsSetting>[1],
    variables?: Record<string, string | undefined>,
  ) => void;
}

/** New for each test of a file. */
export function useAws(): AwsOfTest {
  let server: FakeAws;
  let setting: AwsSetting;
  beforeEach(async () => {
    server = await startFakeAws();
    setting = enterAwsSetting(server);
  });
  afterEach(async () => {
    setting.end();
    await server.close();
  });
  return {
    get server() {
      return server;
    },
    get setting() {
      return setting;
    },
    open: async (args) => {
      const wanted = { ...NO_ARGUMENTS, awsRegions: ['eu-west-1'], aws: true, ...args };
      const vault = await openVault(wanted, NO_SETTINGS, setting.outside);
      vault.close();
      return vault.index;
    },
    enter: (files, variables) => {
      setting.end();
      setting = enterAwsSetting(server, files, variables);
    },
  };
}
