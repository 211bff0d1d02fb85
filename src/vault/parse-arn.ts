// ARNs of secrets and parameters → their parts. Only an ARN ends in a hyphen and six random characters; a bare name that
// does so keeps them.

export interface ArnParts {
  readonly service: 'secretsmanager' | 'ssm';
  readonly region: string;
  readonly account: string;
  /** As written after `secret:` or `parameter`; a parameter keeps its `/` in front. */
  readonly resource: string;
}

const ARN = /^arn:aws[a-z-]*:(secretsmanager|ssm):([a-z0-9-]*):(\d{0,12}):(?:secret:|parameter(?=\/))([^:\s]{1,1011})/;

/** Random characters that Secrets Manager puts behind the name. */
const RANDOM_TAIL = /-[A-Za-z0-9]{6}$/;

/** @returns undefined for anything but an ARN of a secret or a parameter; what follows in a reference is left out */
export function parseArn(text: string): ArnParts | undefined {
  const found = ARN.exec(text);
  if (!found) return undefined;
  const [, service, region = '', account = '', resource = ''] = found;
  return { service: service === 'ssm' ? 'ssm' : 'secretsmanager', region, account, resource };
}

/** The name in a whole ARN of a secret, without the random tail; the text itself when it has none. */
export function dropRandomTail(resource: string): string {
  return resource.replace(RANDOM_TAIL, '');
}

/** True for names that look like the end of an ARN and so mislead everything that reads ARNs. */
export function hasRandomTail(name: string): boolean {
  return RANDOM_TAIL.test(name);
}
