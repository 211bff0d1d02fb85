// The way to AWS with one profile: region, credentials (the SDK's chain), clients with hard limits. The SDK is loaded here
// and only here, on demand: it costs 0.2 s. It must not be used before somebody asked for AWS.
import { type Readable, Transform } from 'node:stream';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { type AwsErrorContext, VaultError } from './aws-errors.ts';
import { requireProfile } from './aws-profiles.ts';
import { Deadline } from './deadline.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface AwsOptions {
  /** Of the process; AWS_EC2_METADATA_DISABLED is set in it unless `useMetadata`. */
  readonly environment: Record<string, string | undefined>;
  /** Instead of AWS, for Secrets Manager and Parameter Store; the variables AWS_ENDPOINT_URL… work too. */
  readonly endpoint: string | undefined;
  /** Credentials may come from the metadata service of the machine. */
  readonly useMetadata: boolean;
  /** For the credentials, and again for each listing. */
  readonly timeoutMs: number;
  /** Gives the code of an MFA device; undefined when there is nobody to ask. `device` has no account id in it. */
  readonly askMfaCode: (device: string, profile: string | undefined) => Promise<string | undefined>;
}

export interface AwsAccess {
  readonly profile: string | undefined;
  /** The region of the environment or the profile. @throws when there is none */
  readonly findRegion: () => Promise<string>;
  /** Gets credentials once, so that all regions share them and an MFA code is asked for once. */
  readonly logIn: (region: string) => Promise<void>;
  readonly secretsManager: (region: string) => SecretsManagerClient;
  readonly parameterStore: (region: string) => SSMClient;
  readonly errorContext: (action: string, region: string | undefined) => AwsErrorContext;
  readonly close: () => void;
}

/** The largest page: 100 secrets with 50 tags each, every sign escaped, has 12 MB; 20 values of 64 KiB have 8 MB. */
const LARGEST_ANSWER = 32 * 1024 * 1024;
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 15_000;

const ignore = (): void => {};
/** The SDK tells accounts and paths; nothing of it may reach the output. */
const SILENT_LOGGER = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Two kinds of client, and what they share. */
type AnyClient = SecretsManagerClient | SSMClient;

/** Cuts off an answer that does not end. */
function limitAnswer(body: Readable): Readable {
  let size = 0;
  const limiter = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.byteLength;
      if (size <= LARGEST_ANSWER) return done(null, chunk);
      done(new VaultError('an answer is larger than AWS ever sends; is a wrong endpoint in between?'));
    },
  });
  body.once('error', (error) => limiter.destroy(error));
  limiter.once('close', () => body.destroy());
  return body.pipe(limiter);
}

function guardAnswers(client: AnyClient): void {
  const stack = client.middlewareStack as SecretsManagerClient['middlewareStack'];
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { body?: unknown } | undefined;
      const body = response?.body as Readable | undefined;
      if (response && typeof body?.pipe === 'function') response.body = limitAnswer(body);
      return result;
    },
    // The lowest priority stands next to the network, before anybody reads the body.
    { step: 'deserialize', priority: 'low', name: 'limitAnswer' },
  );
}

function prepareEnvironment({ environment, useMetadata }: AwsOptions): void {
  environment.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // On a laptop the link-local address of the metadata service is a wait of seconds, or another machine that answers.
  if (!useMetadata) environment.AWS_EC2_METADATA_DISABLED = 'true';
}

const deviceOf = (serial: string): string => serial.replace(/^arn:[^/]*\//, '').replace(/\d{12}/g, '…');

/**
 * Loads the SDK and makes ready. Nothing is sent yet.
 *
 * @throws VaultError when there is no such profile
 */
export async function openAws(profile: string | undefined, options: AwsOptions): Promise<AwsAccess> {
  const { environment, endpoint, timeoutMs } = options;
  const named = profile ?? (environment.AWS_PROFILE || undefined);
  if (named !== undefined && (named !== 'default' || profile !== undefined)) requireProfile(named, environment);
  prepareEnvironment(options);
  const [{ SecretsManagerClient }, { fromIni, fromNodeProviderChain }] = await Promise.all([
    import('@aws-sdk/client-secrets-manager'),
    import('@aws-sdk/credential-providers'),
  ]);
  const deadline = new Deadline(timeoutMs);
  const requestHandler = {
    connectionTimeout: Math.min(CONNECTION_TIMEOUT_MS, timeoutMs),
    // Without throwOnRequestTimeout the SDK only warns and waits on.
    // A quarter of the whole: three attempts and their waits must fit in.
    requestTimeout: Math.min(REQUEST_TIMEOUT_MS, timeoutMs / 4),
    throwOnRequestTimeout: true,
  };
  const shared = { logger: SILENT_LOGGER, ...(profile !== undefined && { profile }) };
  const makeCredentials = (region: string): CredentialProvider => {
    const init = {
      logger: SILENT_LOGGER,
      clientConfig: { region, requestHandler, logger: SILENT_LOGGER },
      mfaCodeProvider: async (serial: string): Promise<string> => {
        const code = await deadline.paused(() => options.askMfaCode(deviceOf(serial), named));
        if (!code) throw new VaultError(missingCode(named));
        return code;
      },
    };
    // The whole chain goes on to the next way when a profile fails, and then only says that there are no credentials.
    return named === undefined ? fromNodeProviderChain(init) : keepWhileFresh(fromIni({ ...init, profile: named }));
  };
  let credentials: CredentialProvider | undefined;
  const clients: AnyClient[] = [];
  const keep = <T extends AnyClient>(client: T): T => {
    guardAnswers(client);
    clients.push(client);
    return client;
  };
  const configOf = (region: string) => {
    credentials ??= makeCredentials(region);
    return { ...shared, region, credentials, requestHandler, ...(endpoint !== undefined && { endpoint }) };
  };
  const regionFromEnvironment = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  const { SSMClient } = await import('@aws-sdk/client-ssm');
  return {
    profile,
    findRegion: async () => {
      // The SDK for JavaScript knows AWS_REGION and the profile, the AWS CLI also AWS_DEFAULT_REGION.
      if (regionFromEnvironment) return regionFromEnvironment;
      return keep(new SecretsManagerClient({ ...shared, requestHandler })).config.region();
    },
    logIn: async (region) => {
      credentials ??= makeCredentials(region);
      await deadline.watch(credentials());
    },
    secretsManager: (region) => keep(new SecretsManagerClient(configOf(region))),
    parameterStore: (region) => keep(new SSMClient(configOf(region))),
    errorContext: (action, region) => ({
      action,
      profile: named,
      region,
      timeoutMs,
      endpointHost: endpointHost(endpoint, environment),
    }),
    close: () => {
      for (const client of clients) client.destroy();
    },
  };
}

type Credentials = Awaited<ReturnType<ReturnType<typeof import('@aws-sdk/credential-providers').fromIni>>>;
type CredentialProvider = () => Promise<Credentials>;

/** Of a session that ends within this time new credentials are got. */
const REFRESH_BEFORE_MS = 5 * 60_000;

/** All clients share what one of them got: each would ask for an MFA code of its own. */
function keepWhileFresh(provide: CredentialProvider): CredentialProvider {
  let kept: Promise<Credentials> | undefined;
  let until = Number.POSITIVE_INFINITY;
  return () => {
    if (kept && Date.now() < until) return kept;
    until = Number.POSITIVE_INFINITY;
    kept = provide();
    kept.then(
      ({ expiration }) => {
        if (expiration) until = expiration.getTime() - REFRESH_BEFORE_MS;
      },
      () => {
        kept = undefined;
      },
    );
    return kept;
  };
}

function missingCode(profile: string | undefined): string {
  const who = profile === undefined ? 'the default profile' : `profile ${profile}`;
  return `${who} needs an MFA code: run in a terminal, or give the credentials of a session in the environment`;
}

/** For messages: the host of an override, without user, path or query. */
function endpointHost(endpoint: string | undefined, environment: Environment): string | undefined {
  const url = endpoint ?? (environment.AWS_ENDPOINT_URL_SECRETS_MANAGER || environment.AWS_ENDPOINT_URL || undefined);
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}
