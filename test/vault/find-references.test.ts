// Names of entries in code: many languages and tools, lines, variables, insertions, and texts that only look like it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findReferences } from '../../src/vault/find-references.ts';

/** `line:store:name how`, with `=` for definitions and `?` for what may be another vault's. */
function listOf(text: string): readonly string[] {
  return findReferences(text, 'a/file').map((one) => {
    const where = one.isArn ? ` [${one.region ?? '*'} ${one.account ?? '*'}]` : '';
    const marks = `${one.isDefinition ? '=' : ''}${one.isSure ? '' : '?'}`;
    return `${one.line}:${one.store === 'secrets-manager' ? 'S' : 'P'}:${one.name}${where} ${one.how}${marks}`;
  });
}

const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Python',
    `import boto3
secret_name = "prod/app/db"
client = boto3.client('secretsmanager')
client.get_secret_value(SecretId=secret_name)
client.get_secret_value(
    SecretId=f"{env}/orders/db")
client.get_secret_value(SecretId="prod/" + name)
parameters.get_secret("pw/tools")  # aws_lambda_powertools
`,
    ['2:S:prod/app/db sdk', '4:S:prod/app/db sdk', '6:S:*/orders/db sdk', '7:S:prod/* sdk', '8:S:pw/tools cache'],
  ],
  [
    'TypeScript',
    `import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
const SECRET: string = 'web/typed';
send(new GetSecretValueCommand({ SecretId: 'web/stripe' }));
send(new GetSecretValueCommand({ SecretId: \`\${stage}/web/stripe\` }));
send(new GetSecretValueCommand({ SecretId: SECRET, VersionStage: 'AWSCURRENT' }));
send(new CreateSecretCommand({ Name: 'web/new' }));
send(new GetSecretValueCommand({ SecretId: process.env.NAME }));
`,
    ['3:S:web/stripe sdk', '4:S:*/web/stripe sdk', '5:S:web/typed sdk', '6:S:web/new sdk='],
  ],
  [
    'Go',
    `import "github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	const name = "go/const"
	input := &secretsmanager.GetSecretValueInput{
		SecretId: aws.String("go/name"),
	}
	cache.GetSecretString("go/cache")
	svc.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &name})
`,
    ['4:S:go/name sdk', '6:S:go/cache cache', '7:S:go/const sdk'],
  ],
  [
    'Java, Kotlin, C#',
    `import software.amazon.awssdk.services.secretsmanager.*;
builder().secretId("java/name").build();
cache.getSecretString("java/cache");
GetSecretValueRequest { secretId = "kt/name" }
new GetSecretValueRequest { SecretId = "cs/name" };
await cache.GetSecretString("cs/cache");
`,
    ['2:S:java/name sdk', '3:S:java/cache cache', '4:S:kt/name sdk', '5:S:cs/name sdk', '6:S:cs/cache cache'],
  ],
  [
    'Rust, Ruby, PHP',
    `use aws_sdk_secretsmanager;
client.get_secret_value().secret_id("rs/name").send();
cache.get_secret_value("rs/cache", None, None, false)
client.get_secret_value(secret_id: 'rb/name')
$client->getSecretValue(['SecretId' => 'php/name']);
`,
    ['2:S:rs/name sdk', '3:S:rs/cache cache', '4:S:rb/name sdk', '5:S:php/name sdk'],
  ],
  [
    'shell',
    `PW=$(aws secretsmanager get-secret-value --secret-id sh/name --query SecretString --output text)
aws secretsmanager get-secret-value \\
  --secret-id "sh/$STAGE/x"
aws secretsmanager create-secret \\
  --name sh/new --secret-string file:///dev/stdin
aws ssm get-parameter --name /sh/param --with-decryption
curl "http://localhost:2773/secretsmanager/get?secretId=sh%2Fagent" -H "X-Aws-Parameters-Secrets-Token: x"
aws secretsmanager get-secret-value --secret-id "$NAME"
`,
    ['1:S:sh/name cli', '3:S:sh/*/x cli', '5:S:sh/new cli=', '6:P:/sh/param cli', '7:S:sh/agent agent'],
  ],
  [
    'CloudFormation',
    `Resources:
  Db:
    Properties:
      MasterUserPassword: '{{resolve:secretsmanager:prod/app:SecretString:password}}'
      Other: !Sub '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:\${AWS::AccountId}:secret:prod/arn-AbCdEf:SecretString:p}}'
      Third: '{{resolve:ssm-secure:/prod/p:1}}'
  Made:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: made/here
`,
    [
      '4:S:prod/app cloudformation',
      '5:S:prod/arn-AbCdEf [eu-west-1 *] arn',
      '6:P:/prod/p cloudformation',
      '10:S:made/here cloudformation=',
    ],
  ],
  [
    'CDK',
    `import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
secretsmanager.Secret.fromSecretNameV2(this, 'Db', 'cdk/name');
new secretsmanager.Secret(this, 'New', { secretName: 'cdk/new' });
ssm.StringParameter.valueForStringParameter(this, '/cdk/param');
Secret.from_secret_name_v2(self, "Db", "cdk/python")
`,
    ['2:S:cdk/name cdk', '3:S:cdk/new cdk=', '4:P:/cdk/param cdk', '5:S:cdk/python cdk'],
  ],
  [
    'Terraform',
    `data "aws_secretsmanager_secret" "a" {
  name = "tf/data"
}
resource "aws_secretsmanager_secret" "b" {
  name = "tf/made"
}
ephemeral "aws_secretsmanager_secret_version" "c" {
  secret_id = "tf/ephemeral"
}
data "aws_ssm_parameter" "d" { name = "/tf/param" }
data "aws_secretsmanager_secret" "e" {
  name = "\${var.env}/tf/inserted"
}
`,
    [
      '2:S:tf/data terraform',
      '5:S:tf/made terraform=',
      '8:S:tf/ephemeral sdk',
      '10:P:/tf/param terraform',
      '12:S:*/tf/inserted terraform',
    ],
  ],
  [
    'Kubernetes',
    `apiVersion: external-secrets.io/v1
kind: ExternalSecret
spec:
  data:
    - secretKey: pw
      remoteRef:
        key: k8s/name
        property: password
  dataFrom:
    - extract:
        key: "k8s/all"
---
kind: SecretProviderClass
spec:
  provider: aws
  parameters:
    objects: |
      - objectName: "k8s/csi"
        objectType: "secretsmanager"
`,
    ['7:S:k8s/name external-secret?', '11:S:k8s/all external-secret?', '18:S:k8s/csi csi-driver?'],
  ],
  [
    'GitHub Actions',
    `      - uses: aws-actions/aws-secretsmanager-get-secrets@v3
        with:
          secret-ids: |
            DB, gha/db
            gha/two
            gha/many*
          parse-json-secrets: true
`,
    ['4:S:gha/db github-action', '5:S:gha/two github-action', '6:S:gha/many* github-action'],
  ],
  [
    'ECS and policies',
    `{ "valueFrom": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecs/name-a1B2c3:password::" }
{ "Resource": "arn:aws:secretsmanager:*:*:secret:iam/name-??????" }
{ "Resource": "arn:aws:ssm:eu-west-1:111122223333:parameter/ecs/param" }
{ "Resource": "arn:aws:secretsmanager:*:*:secret:*" }
`,
    [
      '1:S:ecs/name-a1B2c3 [eu-west-1 111122223333] arn',
      '2:S:iam/name-?????? [* *] arn',
      '3:P:/ecs/param [eu-west-1 111122223333] arn',
    ],
  ],
  [
    'Spring and Serverless',
    `spring.config.import=optional:aws-secretsmanager:/secrets/a;/secrets/b,aws-parameterstore:/config/app
A: \${ssm:/sls/param}
B: \${ssm:/aws/reference/secretsmanager/sls/name}
`,
    [
      '1:P:/config/app spring',
      '1:S:/secrets/a spring',
      '1:S:/secrets/b spring',
      '2:P:/sls/param serverless',
      '3:S:sls/name serverless',
    ],
  ],
  [
    'Parameter Store SDKs',
    `const ssm = new SSMClient();
ssm.send(new GetParameterCommand({ Name: '/js/param', WithDecryption: true }));
ssm.get_parameter(Name='/py/param', WithDecryption=True)
`,
    ['2:P:/js/param sdk', '3:P:/py/param sdk'],
  ],
  [
    'a saved list of names',
    '{"SecretList":[{"ARN":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:a/b-AbCdEf","Name":"a/b"}]}',
    [],
  ],
  [
    'other vaults',
    'resource "google_secret_manager_secret" "x" { secret_id = "gcp/name" }\nvault write secret_id="approle"\n',
    [],
  ],
  ['other secretName', 'kind: Ingress\nspec:\n  tls:\n    - secretName: "tls-cert"\n', []],
  [
    'stand-ins',
    'secretsmanager\nSecretId="your-secret-name"\nSecretId="<name>"\nSecretId="my-secret-id"\n--secret-id example\n',
    [],
  ],
];

test.each(CASES)('%s', (_, text, expected) => {
  expect(listOf(text)).toEqual(expected);
});

test('lines are counted in texts with Windows line ends and insertions', () => {
  expect(listOf('a\r\n#{b}\r\naws secretsmanager get-secret-value --secret-id x/y\r\n')).toEqual(['3:S:x/y cli']);
});

test('fuzz: no text throws, names are always ones that an entry can have, and lines exist', () => {
  const piece = fc.constantFrom(
    ...[
      'SecretId',
      'secret_id',
      '=',
      ':',
      '(',
      '"',
      "'",
      '`',
      '${',
      '}',
      '{{resolve:secretsmanager:',
      '}}',
      '\n',
      ' ',
      'arn:aws:secretsmanager:',
    ],
    ...[
      'eu-west-1',
      ':111122223333:secret:',
      'prod/db',
      '-AbCdEf',
      '*',
      '??????',
      '--secret-id ',
      'aws secretsmanager ',
      '\\',
      '$X',
      '%zz',
      '\u{1F511}',
      '+',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      for (const { name, line } of findReferences(text, 'f')) {
        expect(name).toMatch(/^[A-Za-z0-9/_+=.@!*?-]{1,600}$/);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }
    }),
    { seed: 20261124, numRuns: 1500 },
  );
});

test('pumped texts stay fast', () => {
  const pumps = [
    'secretsmanager SecretId=',
    'SecretId=v#\n',
    'v#: a = ',
    'AWS::SecretsManager::Secret Name ',
    'remoteRef: a:\n kind: ExternalSecret ',
    '${',
    'get_secret(',
    'resource "aws_secretsmanager_secret" "x" { name ',
    'secret-ids: |\n aws-secretsmanager-get-secrets ',
    'createSecret Name ',
    'aws ssm get-parameter ',
    'arn:aws:secretsmanager:',
    'secretsmanager create-secret ',
    'Secret(this, secretName ',
    '"a" + ',
    'GetParameter Name ssm ',
  ];
  for (const pump of pumps) {
    let n = 0;
    const text = `secretsmanager ssm ${pump.repeat(Math.ceil(200_000 / pump.length))}`.replaceAll('#', () =>
      String(n++),
    );
    const before = performance.now();
    findReferences(text, 'f');
    expect(performance.now() - before, pump).toBeLessThan(1_500);
  }
});
