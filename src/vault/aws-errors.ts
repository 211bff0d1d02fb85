// What the SDK throws → one line that says what to do. The SDK's own text is never repeated: it holds account ids, ARNs of
// people, paths of token files. Shapes: tested against SDK 3.11 with a server of our own (test/vault/aws-errors.test.ts).

export interface AwsErrorContext {
  /** IAM's name of what was asked, such as `secretsmanager:ListSecrets`. */
  readonly action: string;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly timeoutMs: number;
  /** Undefined: AWS itself; else the host of an endpoint override. */
  readonly endpointHost?: string | undefined;
}

/** Thrown by ourselves; `line` is for people as it stands (the SDK adds to the messages of errors that pass through it). */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly line: string;

  constructor(line: string) {
    super(line);
    this.line = line;
  }
}

interface ErrorShape {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

function readShape(error: unknown): ErrorShape {
  const raw = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>;
  const metadata = raw.$metadata as { readonly httpStatusCode?: unknown } | undefined;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const status = metadata?.httpStatusCode;
  // A refused connection to several addresses of one host comes as AggregateError, with the code on it.
  return {
    name: text(raw.name),
    code: text(raw.code),
    message: text(raw.message),
    status: typeof status === 'number' ? status : undefined,
  };
}

const profileOf = (context: AwsErrorContext): string =>
  context.profile === undefined ? 'the default profile' : `profile ${context.profile}`;
const asOption = (context: AwsErrorContext): string =>
  context.profile === undefined ? '' : ` --profile ${context.profile}`;

const THROTTLED = /throttl|TooManyRequests|RequestLimitExceeded|LimitExceeded|BandwidthLimit|SlowDown|PriorRequest/i;
const BAD_CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

function describeCredentials({ message, name }: ErrorShape, context: AwsErrorContext): string | undefined {
  const who = profileOf(context);
  if (/multi-?factor|MFA/i.test(message)) {
    return /invalid MFA|failed with/i.test(message)
      ? `the MFA code for ${who} was not accepted; wait for the next code and run again`
      : `${who} needs an MFA code: run in a terminal, or give the credentials of a session in the environment`;
  }
  if (name !== 'CredentialsProviderError' && name !== 'ProviderError' && name !== 'TokenProviderError')
    return undefined;
  if (/Failed to load token from|login session|aws login/i.test(message))
    return `the login session of ${who} is not there or has ended; run: aws login${asOption(context)}`;
  if (/\bSSO\b|sso login/i.test(message))
    return `the SSO session of ${who} has ended or was never begun; run: aws sso login${asOption(context)}`;
  if (/cycle|circular/i.test(message)) return `source_profile of ${who} goes round in a circle; mend ~/.aws/config`;
  if (/process|Command failed/i.test(message))
    return `credential_process of ${who} failed; run its command by hand to see why`;
  if (/Could not load credentials|could not be found|Could not resolve/i.test(message))
    return `no AWS credentials found for ${who}; log in (aws sso login, aws configure) or use --names FILE`;
  return `the credentials of ${who} cannot be used; try: aws sts get-caller-identity${asOption(context)}`;
}

function describeDenied(shape: ErrorShape, context: AwsErrorContext): string | undefined {
  // STS answers in another protocol, without "Exception".
  if (shape.name === 'AccessDenied')
    return `${profileOf(context)} may not assume its role; check role_arn and the trust policy of the role`;
  if (shape.name !== 'AccessDeniedException') return undefined;
  const where = context.region === undefined ? '' : ` in ${context.region}`;
  return `no permission for ${context.action}${where}; allow it to ${profileOf(context)}, on resource "*"`;
}

const KEY_ERRORS: Readonly<Record<string, string>> = {
  ExpiredTokenException: 'have expired; log in again',
  ExpiredToken: 'have expired; log in again',
  UnrecognizedClientException: 'are not known to AWS; are they deleted, or of another partition?',
  InvalidClientTokenId: 'are not known to AWS; are they deleted, or of another partition?',
  InvalidSignatureException: 'give a wrong signature; check the secret key and the clock of this machine',
  SignatureDoesNotMatch: 'give a wrong signature; check the secret key and the clock of this machine',
  RequestExpired: 'were used with a wrong time; set the clock of this machine',
  RequestTimeTooSkewed: 'were used with a wrong time; set the clock of this machine',
  MissingAuthenticationToken: 'were not sent; log in again',
  NotAuthorized: 'are not authorised; log in again',
};

function describeNetwork({ name, code, message }: ErrorShape, context: AwsErrorContext): string | undefined {
  const host = context.endpointHost ?? `AWS in ${context.region ?? 'its region'}`;
  // The SDK gives a broken connection the name of a timeout, too.
  if (code === 'ECONNRESET' || code === 'EPIPE' || /socket hang up/.test(message))
    return `${host} broke the connection off; try again`;
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'ECONNABORTED')
    return `no answer from ${host} in time (limit ${context.timeoutMs / 1000} s); try again, or raise --aws-timeout`;
  if (code === 'ECONNREFUSED') return `${host} refused the connection; check the endpoint, proxy and VPN`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `the name of ${host} cannot be resolved; check the region's name and the network`;
  if (BAD_CERTIFICATE.test(code))
    return `the certificate of ${host} is not trusted; for a company's own, set NODE_EXTRA_CA_CERTS`;
  if (/^E[A-Z]+$/.test(code) || code === 'EPROTO') return `${host} cannot be reached (${code}); check the network`;
  return undefined;
}

/**
 * One line for people; what to do is in it.
 *
 * @param error  anything that was thrown by the SDK, the credential chain or this folder
 */
export function describeAwsError(error: unknown, context: AwsErrorContext): string {
  if (error instanceof VaultError) return error.line;
  const shape = readShape(error);
  const { name, message, status } = shape;
  if (/Region is missing/i.test(message)) return 'no AWS region is set; give --aws-region, or set AWS_REGION';
  const keyError = Object.hasOwn(KEY_ERRORS, name) ? KEY_ERRORS[name] : undefined;
  const known =
    describeCredentials(shape, context) ??
    describeDenied(shape, context) ??
    (keyError && `the credentials of ${profileOf(context)} ${keyError}`) ??
    describeNetwork(shape, context);
  if (known !== undefined) return known;
  if (THROTTLED.test(name))
    return `AWS asks to slow down (${context.action}), also after retries; try again in a minute`;
  if (name === 'OptInRequired' || /OptIn/.test(name))
    return `the account has not turned ${context.region ?? 'this region'} on, or the service is not signed up for`;
  if (name === 'SyntaxError' || /Deserialization/i.test(message))
    return `the answer to ${context.action} is not what AWS sends; is a proxy or a wrong endpoint in between?`;
  if (status !== undefined && status >= 500) return `AWS has a fault of its own (HTTP ${status}); try again later`;
  if (name === 'TypeError' && /Invalid URL/i.test(message)) return 'the endpoint is no URL; write http(s)://host:port';
  const seen = [/^[A-Za-z]{3,60}$/.test(name) ? name : 'an unknown error', status && `HTTP ${status}`];
  return `${context.action} failed (${seen.filter(Boolean).join(', ')}); try the same with the AWS CLI`;
}
