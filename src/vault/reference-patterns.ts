// How code names entries of the vault, as patterns: SDKs and caches of many languages, the AWS CLI, CloudFormation, CDK,
// Terraform, Kubernetes, Spring, GitHub Actions, the agent. Data; find-references.ts applies it. Every repetition in a
// pattern has a limit, so that no text makes one slow.
import type { VaultStore } from '../model/vault.ts';

export interface ReferencePattern {
  /** Short word for reports, such as `sdk` or `terraform`. */
  readonly how: string;
  readonly store: VaultStore;
  /** Groups `text` (in quotes or bare), or `literal` and `variable`, and `plus` when more is joined to a literal. */
  readonly pattern: RegExp;
  /** The file must match this; undefined: the pattern says enough by itself. */
  readonly needs?: RegExp;
  /** The code makes the entry; it need not be there yet. */
  readonly isDefinition?: boolean;
  /** False: may mean something else than a vault of AWS; counts as a mention and is never called missing. */
  readonly isSure?: boolean;
  /** A list in one text, cut at this. */
  readonly separator?: RegExp;
}

/** A quoted text, maybe inside a call such as aws.String("…"), or the name of a variable. */
const VALUE = String.raw`(?:(?:&?[A-Za-z_][\w.:]{0,30}\()\s{0,3})?(?:[frubFRUB@$]{0,2}(?<quote>["'\`])(?<literal>[^"'\`\n]{1,512})\k<quote>(?<plus>\s{0,3}\+)?|&?(?<variable>[A-Za-z_$][\w$]{0,60})(?![\w$.(]|\s{0,3}[=:]))`;
const ASSIGN = String.raw`(?:\(|["'\]]?\s{0,4}(?::=|=>|=|:))\s{0,4}`;
/** A word of YAML or of a shell, with or without quotes. */
const BARE = String.raw`["']?(?<text>[^\s"'\`,;}\\|)]{1,512})`;

const AWS_SECRETS = /secrets[-_ ]?manager|secret_?cache|aws.{0,3}powertools|middy/i;
const AWS_PARAMETERS = /\bssm\b|SSMClient|SimpleSystemsManagement|parameter[-_ ]?store|GetParameter|get_parameter/i;
const build = (source: string, flags = 'g'): RegExp => new RegExp(source, flags);

export const REFERENCE_PATTERNS: readonly ReferencePattern[] = [
  {
    how: 'sdk',
    store: 'secrets-manager',
    pattern: build(
      String.raw`\b(?:SecretId|secretId|secret_id|SECRET_ID|secretName|SecretName|secret_name|SECRET_NAME)\b${ASSIGN}${VALUE}`,
    ),
    needs: AWS_SECRETS,
  },
  {
    how: 'cache',
    store: 'secrets-manager',
    pattern: build(
      String.raw`\b(?:get_secret(?:_string|_binary|_value)?|getSecret(?:String|Binary|Value)?|GetSecret(?:String|Binary|Value)?(?:Async|WithStage|WithContext)?)\(\s{0,8}(?:ctx,\s{0,3})?${VALUE}`,
    ),
    needs: AWS_SECRETS,
  },
  {
    how: 'sdk',
    store: 'secrets-manager',
    pattern: build(String.raw`\bcreate_?secret\w{0,20}[^;]{0,80}?\bName["']?${ASSIGN}${VALUE}`, 'gi'),
    needs: AWS_SECRETS,
    isDefinition: true,
  },
  {
    how: 'cloudformation',
    store: 'secrets-manager',
    pattern: /\{\{resolve:secretsmanager:(?!arn:)(?<text>[^:}\s]{1,512})/g,
  },
  { how: 'cloudformation', store: 'parameter-store', pattern: /\{\{resolve:ssm(?:-secure)?:(?<text>[^:}\s]{1,512})/g },
  {
    how: 'cloudformation',
    store: 'secrets-manager',
    pattern: build(String.raw`AWS::SecretsManager::Secret["']?\s[^]{0,300}?\bName["']?:\s{0,4}${BARE}`),
    isDefinition: true,
  },
  {
    how: 'cdk',
    store: 'secrets-manager',
    pattern: build(
      String.raw`\bfrom_?secret_?name(?:_?v2)?\(\s{0,20}[^,()]{1,40},\s{0,20}["'\`][^"'\`\n]{1,80}["'\`],\s{0,20}${VALUE}`,
      'gi',
    ),
  },
  {
    how: 'cdk',
    store: 'secrets-manager',
    pattern: build(
      String.raw`\b(?:Database)?Secret\(\s{0,20}(?:this|self|scope|stack)\b[^;]{0,200}?\bsecret_?[nN]ame["']?${ASSIGN}${VALUE}`,
    ),
    needs: AWS_SECRETS,
    isDefinition: true,
  },
  {
    how: 'cdk',
    store: 'parameter-store',
    pattern: build(
      String.raw`\b(?:value_?for_?(?:secure_?)?string_?parameter|value_?from_?lookup)\(\s{0,20}[^,()]{1,40},\s{0,20}${VALUE}`,
      'gi',
    ),
  },
  {
    how: 'terraform',
    store: 'secrets-manager',
    pattern: build(
      String.raw`\b(?:data|ephemeral)\s{1,4}"aws_secretsmanager_secret(?:_version)?"\s{1,4}"[^"\n]{1,80}"\s{0,4}\{[^}]{0,400}?\b(?:name|secret_id)\s{0,20}=\s{0,4}"(?<text>[^"\n]{1,512})"`,
    ),
  },
  {
    how: 'terraform',
    store: 'secrets-manager',
    pattern: build(
      String.raw`\bresource\s{1,4}"aws_secretsmanager_secret"\s{1,4}"[^"\n]{1,80}"\s{0,4}\{[^}]{0,400}?\bname\s{0,20}=\s{0,4}"(?<text>[^"\n]{1,512})"`,
    ),
    isDefinition: true,
  },
  {
    how: 'terraform',
    store: 'parameter-store',
    pattern: build(
      String.raw`\b(?:data|ephemeral)\s{1,4}"aws_ssm_parameter"\s{1,4}"[^"\n]{1,80}"\s{0,4}\{[^}]{0,400}?\bname\s{0,20}=\s{0,4}"(?<text>[^"\n]{1,512})"`,
    ),
  },
  {
    how: 'terraform',
    store: 'parameter-store',
    pattern: build(
      String.raw`\bresource\s{1,4}"aws_ssm_parameter"\s{1,4}"[^"\n]{1,80}"\s{0,4}\{[^}]{0,400}?\bname\s{0,20}=\s{0,4}"(?<text>[^"\n]{1,512})"`,
    ),
    isDefinition: true,
  },
  {
    how: 'external-secret',
    store: 'secrets-manager',
    pattern: build(
      String.raw`\b(?:remoteRef|extract):\s{1,20}(?:[A-Za-z]{1,20}:[^\n]{0,100}\n\s{1,20}){0,3}?key:\s{0,4}${BARE}`,
    ),
    needs: /\bkind:\s*["']?(?:Cluster)?ExternalSecret\b/,
    // The store may be another vault; only its own file tells.
    isSure: false,
  },
  {
    how: 'csi-driver',
    store: 'secrets-manager',
    pattern: build(String.raw`\bobjectName:\s{0,4}${BARE}`),
    needs: /\bprovider:\s*["']?aws\b/,
    isSure: false,
  },
  {
    how: 'cli',
    store: 'secrets-manager',
    pattern: build(String.raw`--secret-id(?:=|\s{1,4})${BARE}`),
  },
  {
    how: 'cli',
    store: 'secrets-manager',
    pattern: build(String.raw`\bsecretsmanager\s{1,4}create-secret\b(?:[^\n]|\\\n){0,300}?--name(?:=|\s{1,4})${BARE}`),
    isDefinition: true,
  },
  {
    how: 'cli',
    store: 'parameter-store',
    pattern: build(String.raw`\bssm\s{1,4}get-parameters?\b(?:[^\n]|\\\n){0,200}?--names?(?:=|\s{1,4})${BARE}`),
  },
  {
    how: 'agent',
    store: 'secrets-manager',
    pattern: /\/secretsmanager\/get\?secretId=(?<text>[^&\s"'`]{1,512})/g,
  },
  {
    how: 'parameter-reference',
    store: 'secrets-manager',
    pattern: /\/aws\/reference\/secretsmanager\/(?<text>[A-Za-z0-9/_+=.@!*-]{1,512})/g,
  },
  {
    how: 'spring',
    store: 'secrets-manager',
    pattern: /\baws-secretsmanager:(?<text>[^\s"',]{1,512})/g,
    separator: /;/,
  },
  {
    how: 'spring',
    store: 'parameter-store',
    pattern: /\baws-parameterstore:(?<text>[^\s"',]{1,512})/g,
    separator: /;/,
  },
  {
    how: 'github-action',
    store: 'secrets-manager',
    pattern:
      /\bsecret-ids:\s{0,4}(?:\|-?\s{0,4}\n)?(?<text>[^\n]{1,600}(?:\n {4,40}(?![\w-]{1,60}:(?:\s|$))[^\n]{1,600}){0,50})/g,
    needs: /aws-secretsmanager-get-secrets/,
    separator: /\n/,
  },
  {
    how: 'sdk',
    store: 'parameter-store',
    pattern: build(
      String.raw`\b(?:Get|get)_?(?:P|p)arameters?\w{0,20}[^;]{0,120}?\b[Nn]ames?["']?${ASSIGN}\[?\s{0,4}${VALUE}`,
    ),
    needs: AWS_PARAMETERS,
  },
];
