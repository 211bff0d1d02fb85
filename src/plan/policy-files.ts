// IAM policies for one secret: what its readers need and nothing more, and what other accounts need beside it. Where
// region or account are not known the policy says REGION or ACCOUNT_ID, which no AWS call accepts.
import type { PlanOptions, PlanTarget, PolicyFile } from './plan.ts';

type Statement = Readonly<Record<string, unknown>>;

const DATE = '2012-10-17';

function partitionOf(target: PlanTarget): string {
  const fromArn = target.arn?.split(':')[1];
  if (fromArn !== undefined && fromArn !== '') return fromArn;
  const region = target.region ?? '';
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function scope(target: PlanTarget): string {
  return `${target.region ?? 'REGION'}:${target.account ?? 'ACCOUNT_ID'}`;
}

/** The ARN of one secret, with a question mark for each of the six characters that AWS adds; a parameter's has none. */
export function policyArn(target: PlanTarget): string {
  const partition = partitionOf(target);
  if (target.store === 'parameter-store')
    return `arn:${partition}:ssm:${scope(target)}:parameter/${target.name.replace(/^\//, '')}`;
  return `arn:${partition}:secretsmanager:${scope(target)}:secret:${target.name}-??????`;
}

/** A customer's key: id, alias or ARN → resource and condition. */
function keyResource(
  target: PlanTarget,
  key: string,
): { readonly resource: string; readonly alias: string | undefined } {
  if (/^arn:[\w-]+:kms:[^:]+:\d+:key\//.test(key)) return { resource: key, alias: undefined };
  const base = `arn:${partitionOf(target)}:kms:${scope(target)}:key/`;
  const alias = /(?:^|:)(alias\/[\w/-]+)$/.exec(key)?.[1];
  // Policies know no alias as a resource: any key of the account that carries the alias.
  return alias === undefined
    ? { resource: `${base}${key.replace(/^.*key\//, '')}`, alias }
    : { resource: `${base}*`, alias };
}

function decryptStatement(target: PlanTarget): readonly Statement[] {
  const { kmsKey, store } = target;
  if (kmsKey === undefined || /alias\/aws\//.test(kmsKey)) return [];
  const { resource, alias } = keyResource(target, kmsKey);
  const service = store === 'parameter-store' ? 'ssm' : 'secretsmanager';
  const context = store === 'parameter-store' ? 'PARAMETER_ARN' : 'SecretARN';
  return [
    {
      Sid: 'DecryptThisSecretOnly',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [resource],
      Condition: {
        StringEquals: { 'kms:ViaService': `${service}.${target.region ?? 'REGION'}.amazonaws.com` },
        StringLike: { [`kms:EncryptionContext:${context}`]: policyArn(target) },
        ...(alias === undefined ? {} : { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [alias] } }),
      },
    },
  ];
}

/** For the role that reads the secret. */
export function readerPolicy(target: PlanTarget, options: Pick<PlanOptions, 'vpcEndpoint'>): unknown {
  const isParameter = target.store === 'parameter-store';
  const condition =
    options.vpcEndpoint === undefined
      ? {}
      : { Condition: { StringEquals: { 'aws:SourceVpce': [options.vpcEndpoint] } } };
  return {
    Version: DATE,
    Statement: [
      {
        Sid: 'ReadThisSecretOnly',
        Effect: 'Allow',
        // AWS's caching clients ask DescribeSecret which version is current.
        Action: isParameter ? ['ssm:GetParameter'] : ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        Resource: [policyArn(target)],
        ...condition,
      },
      ...decryptStatement(target),
    ],
  };
}

/** On the secret itself: lets another account read it. The account alone is named, as AWS advises; its own policies decide further. */
export function resourcePolicy(
  target: PlanTarget,
  account: string,
  options: Pick<PlanOptions, 'vpcEndpoint'>,
): unknown {
  return {
    Version: DATE,
    Statement: [
      {
        Sid: 'ReadFromOtherAccount',
        Effect: 'Allow',
        Principal: { AWS: [`arn:${partitionOf(target)}:iam::${account}:root`] },
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        Resource: ['*'],
        ...(options.vpcEndpoint === undefined
          ? {}
          : { Condition: { StringEquals: { 'aws:SourceVpce': [options.vpcEndpoint] } } }),
      },
    ],
  };
}

/** To add to the policy of the customer's key: without it another account reads nothing. */
export function keyPolicyStatement(target: PlanTarget, account: string): unknown {
  return {
    Version: DATE,
    Statement: [
      {
        Sid: 'DecryptFromOtherAccount',
        Effect: 'Allow',
        Principal: { AWS: [`arn:${partitionOf(target)}:iam::${account}:root`] },
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: ['*'],
        Condition: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${target.region ?? 'REGION'}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:SecretARN': policyArn(target) },
        },
      },
    ],
  };
}

/** A part of a file name made from an entry's name. */
export function fileWord(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase()
      .slice(0, 60) || 'secret'
  );
}

/** All policies of one secret. */
export function listPolicies(target: PlanTarget, number: number, options: PlanOptions): readonly PolicyFile[] {
  const stem = `${String(number).padStart(2, '0')}-${fileWord(target.name)}`;
  const { readerAccount } = options;
  const reader: PolicyFile = {
    name: `${stem}-reader.json`,
    title: 'for the role that reads it',
    document: readerPolicy(target, options),
  };
  if (readerAccount === undefined || target.store === 'parameter-store') return [reader];
  return [
    reader,
    {
      name: `${stem}-resource.json`,
      title: `on the secret: account ${readerAccount} may read it`,
      document: resourcePolicy(target, readerAccount, options),
    },
    {
      name: `${stem}-key.json`,
      title: `add to the policy of the key: account ${readerAccount} may decrypt`,
      document: keyPolicyStatement(target, readerAccount),
    },
  ];
}
