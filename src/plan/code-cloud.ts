// Descriptions of clouds and pipelines: CloudFormation (mechanical), CDK, ECS, Kubernetes, GitHub Actions, compose.
import {
  type LanguagePack,
  type MechanicalEdit,
  quoteDouble,
  quoteSingle,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type Stretch,
} from './code-change.ts';
import { lineOf } from './find-literal.ts';

const arnOf = ({ arn, region, name }: SecretTarget): string =>
  arn ?? `arn:aws:secretsmanager:${region ?? 'REGION'}:ACCOUNT:secret:${name}-??????`;

const dynamicReference = ({ name, jsonKey }: SecretTarget): string =>
  `{{resolve:secretsmanager:${name}:SecretString:${jsonKey}}}`;

function editCloudFormation(file: SourceFile, value: Stretch, target: SecretTarget): MechanicalEdit | Refusal {
  const { text } = file;
  const line = lineOf(file, value);
  if (value.end > line.end) return { refused: 'the value has several lines' };
  const before = text.slice(line.start, value.start);
  const after = text.slice(value.end, line.end);
  const head = /^\s*(?:-\s+)?["']?[\w:.-]+["']?\s*:\s*(["']?)$/.exec(before);
  if (!head) return { refused: 'the value is a part of a longer text' };
  const quote = head[1] ?? '';
  if (!new RegExp(`^${quote}\\s*,?\\s*(?:#.*)?$`).test(after))
    return { refused: 'the value is a part of a longer text' };
  const sections = [
    ...text
      .slice(0, value.start)
      .matchAll(/^(?: {0,2}|\t)["']?(Parameters|Metadata|Outputs|Mappings|Conditions|Resources)["']?\s*:/gm),
  ];
  if (sections.at(-1)?.[1] !== 'Resources')
    return { refused: 'dynamic references are read in properties of resources only' };
  const isJson = /\.json$/i.test(file.path) || quote === '"';
  const mark = isJson ? '"' : "'";
  return {
    edits: [
      {
        start: value.start - quote.length,
        end: value.end + quote.length,
        replacement: `${mark}${dynamicReference(target)}${mark}`,
      },
    ],
  };
}

const isTemplate = ({ path, text }: SourceFile): boolean =>
  /\.(?:ya?ml|json|template)$/i.test(path) &&
  (/AWSTemplateFormatVersion/.test(text) ||
    (/\bResources["']?\s*:/.test(text) && /["']?Type["']?\s*:\s*["']?AWS::/.test(text)));

export const CLOUDFORMATION: LanguagePack = {
  id: 'cloudformation',
  label: 'CloudFormation / SAM',
  fits: isTemplate,
  edit: editCloudFormation,
  snippet: (target) => ({ fence: 'yaml', code: `Password: '${dynamicReference(target)}'` }),
  packages: [],
  notes: [
    'Resolved when the stack is updated; a rotation shows only after the next update. Not in Metadata such as cfn-init.',
    'A function reads it better at run time: give it the name in its environment, not the value.',
  ],
};

export const CDK: LanguagePack = {
  id: 'cdk',
  label: 'AWS CDK',
  fits: ({ path, text }) => /\.(?:[cm]?[jt]s)$/i.test(path) && /['"]aws-cdk-lib/.test(text),
  edit: () => ({ refused: 'what a stack needs is a reference, and which one depends on the construct' }),
  snippet: ({ name, jsonKey, variable }) => ({
    fence: 'ts',
    code: `import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Secret as EcsSecret } from 'aws-cdk-lib/aws-ecs';

const secret = Secret.fromSecretNameV2(this, 'Secret', ${quoteSingle(name)});
secret.grantRead(reader); // the role of the function or task

// ECS container:     secrets: { ${variable}: EcsSecret.fromSecretsManager(secret, ${quoteSingle(jsonKey)}) }
// Lambda:            environment: { SECRET_ID: secret.secretName }, and read it in the handler
// Other properties:  secret.secretValueFromJson(${quoteSingle(jsonKey)})`,
  }),
  packages: ['aws-cdk-lib'],
  notes: ['Never SecretValue.unsafePlainText: it ends up in the template.'],
};

export const ECS: LanguagePack = {
  id: 'ecs',
  label: 'ECS task definition',
  fits: ({ path, text }) => /\.json$/i.test(path) && /"containerDefinitions"/.test(text),
  edit: () => ({ refused: 'the variable moves from "environment" to "secrets"' }),
  snippet: (target) => ({
    fence: 'json',
    code: `"secrets": [\n  { "name": ${quoteDouble(target.variable)}, "valueFrom": ${quoteDouble(`${arnOf(target)}:${target.jsonKey}::`)} }\n]`,
  }),
  packages: [],
  notes: [
    'The execution role reads it, once, when the task starts: start new tasks after a rotation. A key needs Fargate platform 1.4.0 or newer.',
    'valueFrom wants the full ARN with its six characters: see "aws secretsmanager describe-secret".',
  ],
};

function kubernetesName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63)
    .replace(/-$/, '');
}

export const KUBERNETES: LanguagePack = {
  id: 'kubernetes',
  label: 'Kubernetes',
  fits: ({ path, text }) =>
    /\.(?:ya?ml|json)$/i.test(path) &&
    /^\s*["']?apiVersion["']?\s*:/m.test(text) &&
    /^\s*["']?kind["']?\s*:/m.test(text),
  edit: () => ({ refused: 'the manifest names a secret, which an operator fills' }),
  snippet: (target) => ({
    fence: 'yaml',
    code: `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: aws
spec:
  provider:
    aws:
      service: SecretsManager
      region: ${target.region ?? 'REGION'}
      auth:
        jwt:
          serviceAccountRef:
            name: READER_SERVICE_ACCOUNT # with a role (IRSA or Pod Identity)
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: ${kubernetesName(target.name)}
spec:
  refreshInterval: 1h
  secretStoreRef:
    name: aws
    kind: SecretStore
  target:
    name: ${kubernetesName(target.name)}
  data:
    - secretKey: ${target.variable}
      remoteRef:
        key: ${target.name}
        property: ${target.jsonKey}
---
# In the container: no value, a reference.
# env:
#   - name: ${target.variable}
#     valueFrom:
#       secretKeyRef: { name: ${kubernetesName(target.name)}, key: ${target.variable} }`,
  }),
  packages: ['External Secrets Operator, or the Secrets Store CSI driver with provider aws (not on Fargate)'],
  notes: ['refreshInterval is the cache. Values in the environment of a pod change only when it starts anew.'],
};

export const GITHUB_ACTIONS: LanguagePack = {
  id: 'github-actions',
  label: 'GitHub Actions',
  fits: ({ path }) => /(?:^|\/)\.github\/(?:workflows|actions)\/.*\.ya?ml$/i.test(path),
  edit: () => ({ refused: 'the job needs a step that reads it, and a role' }),
  snippet: (target) => ({
    fence: 'yaml',
    code: `permissions:
  id-token: write # for the role; no key of AWS is stored
  contents: read
steps:
  - uses: aws-actions/configure-aws-credentials@v4
    with:
      role-to-assume: arn:aws:iam::ACCOUNT:role/READER_ROLE
      aws-region: ${target.region ?? 'REGION'}
  - uses: aws-actions/aws-secretsmanager-get-secrets@v3
    with:
      secret-ids: |
        ${target.variable},${target.name}
      parse-json-secrets: true
  # Then: \${{ env.${target.variable}_${target.jsonKey.replace(/\W/g, '_').toUpperCase()} }}, masked in the log.`,
  }),
  packages: ['Pin both actions to a commit.'],
  notes: [
    'Read once a job. Rule of the role: only this repository and branch (condition on token.actions.githubusercontent.com:sub).',
  ],
};

export const COMPOSE: LanguagePack = {
  id: 'compose',
  label: 'Docker Compose',
  fits: ({ path, text }) =>
    /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(path) ||
    (/\.ya?ml$/i.test(path) && /^services:/m.test(text) && /^\s+image:/m.test(text)),
  edit: (file, value, target) => {
    const line = lineOf(file, value);
    if (value.end > line.end) return { refused: 'the value has several lines' };
    const before = file.text.slice(line.start, value.start);
    const after = file.text.slice(value.end, line.end);
    const mapping = /^\s+["']?([A-Za-z_]\w*)["']?\s*:\s*(["']?)$/.exec(before);
    const item = /^\s+-\s+(["']?)([A-Za-z_]\w*)=$/.exec(before);
    const name = mapping?.[1] ?? item?.[2];
    const quote = mapping?.[2] ?? item?.[1] ?? '';
    if (name === undefined || !new RegExp(`^${quote}\\s*(?:#.*)?$`).test(after))
      return { refused: 'the value is a part of a longer text' };
    if (
      !/\benvironment\s*:\s*(?:\r?\n(?:\s+[^\n]*)?)*$/.test(file.text.slice(Math.max(0, line.start - 4000), line.start))
    )
      return { refused: 'it is no variable of a service' };
    const text = `\${${name}:?read it with: aws secretsmanager get-secret-value --secret-id ${target.name}}`;
    const start = value.start - (mapping ? quote.length : 0);
    const end = value.end + (mapping ? quote.length : 0);
    return { edits: [{ start, end, replacement: mapping ? `"${text}"` : text }] };
  },
  snippet: (target) => ({
    fence: 'sh',
    code: `# ${target.variable} comes from the environment of whoever starts it:\n${target.variable}="$(aws secretsmanager get-secret-value --secret-id ${target.name} --query SecretString --output text | jq -er .${target.jsonKey})" docker compose up`,
  }),
  packages: [],
  notes: ['Read once, at start.'],
};
