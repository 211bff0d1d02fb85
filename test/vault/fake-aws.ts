// A small AWS on loopback for the real SDK: Secrets Manager, Parameter Store and STS as far as unleak asks them. It keeps
// every request, so that tests can say what was sent, and can be told to fail in every way that AWS and networks do.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A secret as the wire has it (dates as seconds), with its region and values. */
export interface FakeSecret {
  readonly Name: string;
  readonly region?: string;
  /** Stage → value, such as AWSCURRENT. */
  readonly values?: Readonly<Record<string, string | Uint8Array>>;
  readonly [field: string]: unknown;
}

export type FaultKind =
  | 'throttle'
  | 'denied'
  | 'expired'
  | 'unknown-key'
  | 'bad-signature'
  | 'server-error'
  | 'hang'
  | 'hang-in-body'
  | 'reset'
  | 'malformed'
  | 'html'
  | 'endless'
  | 'same-token'
  | 'no-name'
  | 'no-values'
  | 'mfa-wrong';

export interface Fault {
  /** Such as `ListSecrets`; undefined: any. */
  readonly target?: string;
  readonly region?: string;
  readonly kind: FaultKind;
  /** How often; default: always. */
  times?: number;
}

export interface FakeCall {
  readonly target: string;
  readonly region: string;
  readonly keyId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeAws {
  readonly url: string;
  readonly calls: FakeCall[];
  readonly faults: Fault[];
  secrets: readonly FakeSecret[];
  parameters: readonly FakeSecret[];
  /** Items of a page, at most what the request allows. */
  pageSize: number;
  /** Puts an empty page with a token before each page. */
  emptyPages: boolean;
  readonly close: () => Promise<void>;
}

export const ACCOUNT = '111122223333';

export function arnOf(secret: FakeSecret, region: string): string {
  return `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${secret.Name}-AbCdE${secret.Name.length % 10}`;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}

function fail(response: ServerResponse, type: string, message: string, status = 400): void {
  sendJson(response, status, { __type: type, message });
}

const CALLER = `User: arn:aws:iam::${ACCOUNT}:user/ada is not authorized to perform: secretsmanager:ListSecrets`;

/** @returns true when the request was dealt with */
function misbehave(kind: FaultKind, request: IncomingMessage, response: ServerResponse): void {
  switch (kind) {
    case 'throttle':
      return fail(response, 'ThrottlingException', 'Rate exceeded');
    case 'denied':
      return fail(response, 'AccessDeniedException', CALLER);
    case 'expired':
      return fail(response, 'ExpiredTokenException', `The security token of ${ACCOUNT} is expired`);
    case 'unknown-key':
      return fail(response, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
    case 'bad-signature':
      return fail(response, 'InvalidSignatureException', 'Signature expired: 20200101T000000Z is now earlier than');
    case 'server-error':
      return fail(response, 'InternalServiceError', 'oops', 500);
    case 'hang':
      return;
    case 'hang-in-body':
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.write('{"SecretList":[');
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'malformed':
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end('{"SecretList":[{"Name":');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<html><body>Sign in, ${ACCOUNT}</body></html>`);
      return;
    case 'endless': {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.write('{"SecretList":[');
      const piece = `${JSON.stringify({ Name: 'x'.repeat(60_000) })},`;
      const pump = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', pump);
      pump();
      return;
    }
    case 'same-token':
      return sendJson(response, 200, { SecretList: [], NextToken: 'round-and-round' });
    case 'no-name':
      return sendJson(response, 200, { SecretList: [{ ARN: 'arn:aws:secretsmanager:x:1:secret:y-AbCdEf' }] });
    case 'no-values':
      return sendJson(response, 200, { SecretValues: [], Errors: [] });
    case 'mfa-wrong':
      return sendXml(
        response,
        403,
        `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>`,
      );
  }
}

function sendXml(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(xml);
}

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>made-up</SecretAccessKey><SessionToken>made-up-session</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
<AssumedRoleUser><Arn>arn:aws:sts::${ACCOUNT}:assumed-role/r/s</Arn><AssumedRoleId>x:s</AssumedRoleId></AssumedRoleUser>
</AssumeRoleResult></AssumeRoleResponse>`;

/** One page of a list; the token is the offset, with `e` when the next page is the empty one before it. */
function pageOf<T>(items: readonly T[], server: FakeAws, body: FakeCall['body'], most: number) {
  const token = String(body.NextToken ?? (server.emptyPages ? 'e0' : '0'));
  const start = Number(token.replace('e', ''));
  if (token.startsWith('e')) return { page: [], NextToken: String(start) };
  const size = Math.min(server.pageSize, typeof body.MaxResults === 'number' ? body.MaxResults : most);
  const end = start + size;
  const next = end < items.length ? `${server.emptyPages ? 'e' : ''}${end}` : undefined;
  return { page: items.slice(start, end), ...(next !== undefined && { NextToken: next }) };
}

function startsWithOne(name: string, values: unknown): boolean {
  return Array.isArray(values) && values.some((value) => name.startsWith(String(value)));
}

function visible({ values: _, region: __, ...fields }: FakeSecret, region: string): object {
  return { ...fields, ARN: fields.ARN ?? arnOf(fields as FakeSecret, region) };
}

function answer(server: FakeAws, { target, region, body }: FakeCall, response: ServerResponse): void {
  const here = server.secrets.filter((secret) => (secret.region ?? region) === region);
  const find = (id: unknown) => here.find((secret) => secret.Name === id || arnOf(secret, region) === id);
  const versionOf = (secret: FakeSecret, stage: string): object => {
    const value = secret.values?.[stage];
    const base = { ARN: arnOf(secret, region), Name: secret.Name, VersionStages: [stage] };
    return value instanceof Uint8Array
      ? { ...base, SecretBinary: Buffer.from(value).toString('base64') }
      : { ...base, SecretString: value };
  };
  switch (target) {
    case 'ListSecrets': {
      const filters = Array.isArray(body.Filters) ? (body.Filters as { Key: string; Values: unknown }[]) : [];
      const wanted = here
        .filter((secret) => body.IncludePlannedDeletion === true || secret.DeletedDate === undefined)
        .filter((secret) => filters.every(({ Key, Values }) => Key === 'name' && startsWithOne(secret.Name, Values)));
      const { page, ...token } = pageOf(wanted, server, body, 100);
      return sendJson(response, 200, { SecretList: page.map((secret) => visible(secret, region)), ...token });
    }
    case 'DescribeParameters': {
      const filters = Array.isArray(body.ParameterFilters) ? (body.ParameterFilters as { Values: unknown }[]) : [];
      const wanted = server.parameters.filter((one) => filters.every(({ Values }) => startsWithOne(one.Name, Values)));
      const { page, ...token } = pageOf(wanted, server, body, 50);
      return sendJson(response, 200, { Parameters: page, ...token });
    }
    case 'BatchGetSecretValue': {
      const ids = body.SecretIdList as readonly unknown[];
      if (!Array.isArray(ids) || ids.length < 1 || ids.length > 20)
        return fail(response, 'ValidationException', 'SecretIdList has 1 to 20 members');
      const SecretValues: object[] = [];
      const Errors: object[] = [];
      for (const id of ids) {
        const secret = find(id);
        if (!secret) Errors.push({ SecretId: id, ErrorCode: 'ResourceNotFoundException', Message: 'not there' });
        else if (secret.values?.AWSCURRENT === undefined)
          Errors.push({ SecretId: id, ErrorCode: 'AccessDeniedException', Message: CALLER });
        else SecretValues.push(versionOf(secret, 'AWSCURRENT'));
      }
      return sendJson(response, 200, { SecretValues, Errors });
    }
    case 'GetSecretValue': {
      const secret = find(body.SecretId);
      const stage = String(body.VersionStage ?? 'AWSCURRENT');
      if (secret?.values?.[stage] === undefined) return fail(response, 'ResourceNotFoundException', 'not there');
      return sendJson(response, 200, versionOf(secret, stage));
    }
    case 'AssumeRole':
      return sendXml(response, 200, ASSUMED);
    case 'AssumeRoleWithWebIdentity':
      return sendXml(response, 200, ASSUMED.replaceAll('AssumeRole', target));
    case '/federation/credentials': {
      const roleCredentials = {
        accessKeyId: 'SSOKEY',
        secretAccessKey: 'made-up',
        sessionToken: 'x',
        expiration: 4e12,
      };
      return sendJson(response, 200, { roleCredentials });
    }
    case '/container': {
      const Expiration = '2099-01-01T00:00:00Z';
      return sendJson(response, 200, { AccessKeyId: 'TASKKEY', SecretAccessKey: 'made-up', Token: 'x', Expiration });
    }
    default:
      return fail(response, 'UnknownOperationException', target);
  }
}

function readCall(request: IncomingMessage, text: string): FakeCall {
  const header = request.headers['x-amz-target'];
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const isForm = header === undefined;
  const body = isForm
    ? Object.fromEntries(new URLSearchParams(text))
    : (JSON.parse(text || '{}') as Record<string, unknown>);
  const path = (request.url ?? '').replace(/\?.*/, '');
  // A path of its own: the services that are no remote calls by name.
  const target = path !== '/' ? path : isForm ? String(body.Action) : String(header).replace(/^[^.]*\./, '');
  return { target, region: scope?.[2] ?? '', keyId: scope?.[1] ?? '', body };
}

export async function startFakeAws(): Promise<FakeAws> {
  const http = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const call = readCall(request, Buffer.concat(pieces).toString('utf8'));
      server.calls.push(call);
      const fault = server.faults.find(
        (one) =>
          (one.target === undefined || one.target === call.target) &&
          (one.region === undefined || one.region === call.region) &&
          one.times !== 0,
      );
      if (!fault) return answer(server, call, response);
      if (fault.times !== undefined) fault.times--;
      misbehave(fault.kind, request, response);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const server: FakeAws = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    calls: [],
    faults: [],
    secrets: [],
    parameters: [],
    pageSize: 100,
    emptyPages: false,
    close: () => {
      http.closeAllConnections();
      return new Promise((resolve) => {
        http.close(() => resolve());
      });
    },
  };
  return server;
}
