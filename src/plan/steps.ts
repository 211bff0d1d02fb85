// The six steps for one secret: rotate, store, code, access, clean, prove. Text, commands and policies; the code changes
// are handed in. Nothing here is run by us.
import type { RuleInfo } from '../model/rule.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { findRdsHost } from './classify.ts';
import type { Clues } from './clues.ts';
import type { CodeAdvice, CommandBlock, PlanMatch, PlannedSecret, PlanOptions, PlanStep, PlanTarget } from './plan.ts';
import { listPolicies } from './policy-files.ts';
import { listStoreCommands, type StoreDetails, shellWord } from './store-commands.ts';

/** What the steps are made of. */
export interface StepQuestion {
  readonly secret: Omit<PlannedSecret, 'steps' | 'target'>;
  readonly info: RuleInfo | undefined;
  readonly clues: Clues;
  readonly target: PlanTarget | undefined;
  readonly code: readonly CodeAdvice[];
  readonly options: PlanOptions;
  /** Keys of tags that most entries have. */
  readonly tagKeys: readonly string[];
}

const step = (id: PlanStep['id'], title: string, parts: Partial<PlanStep>): PlanStep => ({
  text: [],
  commands: [],
  code: [],
  policies: [],
  ...parts,
  id,
  title,
});

const sh = (title: string, lines: readonly string[]): CommandBlock => ({ title, shell: 'sh', lines });

/** Kinds of which a provider lets two live side by side. */
const TWO_AT_ONCE: ReadonlySet<string> = new Set([
  'api-token',
  'oauth-client',
  'access-key',
  'private-key',
  'key-pair',
  'service-account',
  'webhook-url',
  'signing-secret',
]);

function describeDanger({ pushed, isLive, dates }: StepQuestion['secret']): string {
  if (isLive) return 'This very value is in use now. Rotate it today.';
  if (dates?.kind === 'rotated-after-leak')
    return 'The entry was rotated after the leak. Make sure that the provider refuses the old value, then go on with step 3.';
  if (pushed === 'yes')
    return 'The value has left this machine: whoever has the repository has it. Rotate it today, whatever else takes longer.';
  if (pushed === 'no')
    return 'The value was not pushed yet. Rotate it all the same: copies, backups and editors may have it.';
  return 'Take the value as known to others, and rotate it.';
}

function rotateStep(question: StepQuestion): PlanStep {
  const { secret, info, clues, target } = question;
  const { disposition, kind } = secret.inventory;
  const where = info?.rotate.where;
  const text = [describeDanger(secret)];
  if (where !== undefined)
    text.push(
      `Where: ${makeVisible(where)}${info?.rotate.url === undefined ? '' : ` (${makeVisible(info.rotate.url)})`}.`,
    );
  if (info?.rotate.notes !== undefined) text.push(makeVisible(info.rotate.notes));
  const rds = findRdsHost(clues);
  if (disposition === 'replace' && clues.provider === 'aws') {
    text.push(
      'Order: give the workload its role (step 3), make the key inactive, wait a day, delete it. At any sign of misuse make it inactive first.',
    );
    return step('rotate', 'Take the key out of use', {
      text,
      commands: [
        sh('make it inactive, later delete it', [
          'aws iam list-access-keys --user-name USER --output table',
          'aws iam update-access-key --user-name USER --access-key-id KEY_ID --status Inactive',
          'aws iam get-access-key-last-used --access-key-id KEY_ID',
          'aws iam delete-access-key --user-name USER --access-key-id KEY_ID',
        ]),
      ],
    });
  }
  if (disposition === 'managed' && rds !== undefined) {
    text.push('RDS then makes, keeps and rotates the password every 7 days; the entry is called rds!….');
    return step('rotate', 'Let the service keep it', {
      text,
      commands: [
        sh('hand the master password over', [
          `aws rds modify-db-instance --db-instance-identifier ${shellWord(rds.split('.')[0] ?? 'ID')} --manage-master-user-password --apply-immediately`,
        ]),
      ],
    });
  }
  if (disposition === 'managed') {
    return step('rotate', 'Let the service rotate it', {
      text: [...text, 'Rotation is set up by the service: start one now.'],
      commands: [
        sh('rotate now', [`aws secretsmanager rotate-secret --secret-id ${shellWord(target?.name ?? 'NAME')}`]),
      ],
    });
  }
  if (disposition === 'delete') {
    return step('rotate', 'Revoke it if it was ever real', { text });
  }
  if (kind === 'database' || kind === 'password' || kind === 'connection-string') {
    text.push(
      'Without downtime: a second user with the same rights takes over (two users in turns); with one user new connections fail for the moments between the change and step 2.',
    );
  } else if (TWO_AT_ONCE.has(kind)) {
    text.push(
      'Without downtime: make a second one, store it (step 2), let the readers take it over (step 3), see that nobody uses the first (step 6), then revoke the first.',
    );
  } else text.push('When the provider allows only one at a time: store the new one within the same minute.');
  return step('rotate', 'Rotate it at the provider', { text });
}

/** Rotation by AWS, where there is a function for it. */
function rotationText(question: StepQuestion): readonly string[] {
  const { clues, secret, options } = question;
  const engine = ['postgres', 'mysql', 'mariadb', 'oracle', 'sqlserver', 'mongodb', 'redshift'].find((name) =>
    [...clues.hosts, ...clues.variables, ...clues.keyPaths.flat(), clues.ruleId].some((text) =>
      text.toLowerCase().includes(name),
    ),
  );
  if (secret.inventory.kind === 'database' || secret.inventory.kind === 'connection-string' || engine !== undefined)
    return [
      `Rotation: AWS has ready functions for databases (SecretsManagerRDS…RotationSingleUser and …MultiUser in the Serverless Application Repository)${engine === undefined ? '' : `, for ${engine} too if it runs in RDS, DocumentDB or Redshift`}; the function must reach the database and Secrets Manager (same VPC, interface endpoint).`,
    ];
  return [
    `Rotation: AWS has no ready function for this provider. Write one that makes, tests and stores a new value (four steps: createSecret, setSecret, testSecret, finishSecret), and logs none; until then put a date in the calendar every ${options.rotationDays} days. A few providers rotate by themselves (managed external secrets).`,
  ];
}

function storeStep(question: StepQuestion, target: PlanTarget): PlanStep {
  const { secret, clues, options, tagKeys } = question;
  const { match } = secret;
  if (secret.inventory.disposition === 'managed')
    return step('store', 'Nothing to store', {
      text: [`The service keeps the value${match.chosen ? ` in ${makeVisible(target.name)}` : ''}; only read it.`],
    });
  const tags = tagsFor(question, tagKeys);
  const environment = clues.environment === undefined ? '' : `, ${clues.environment}`;
  const details: StoreDetails = {
    description: `${target.variable} of ${secret.inventory.usedBy[0] ?? clues.project ?? 'the application'}${environment}`,
    tags,
  };
  const text = [
    'Store the NEW value, never the leaked one. Nothing of it may stand in an argument, a history or a file that stays; description and tags are not encrypted.',
    target.isNew
      ? `Entry: ${target.name} (${target.why}). Value: JSON with ${target.jsonKeys.join(', ')}.`
      : `Entry: ${target.name}. In its value one key changes: ${target.leakedKey}. If the value is no JSON, the command fails and changes nothing.`,
    ...(match.level === 'likely' || match.level === 'possible'
      ? ['Look first whether the entry is the right one: the match is not sure.']
      : []),
    ...(target.isNew && target.kmsKey === undefined
      ? ['Key: the one that AWS manages; other accounts cannot use it.']
      : []),
    ...(match.chosen?.deletedDate === undefined
      ? []
      : ['The entry is scheduled for deletion: "aws secretsmanager restore-secret" first, or choose another name.']),
    'Not more than one write in ten minutes: versions run out. "aws configure get cli_history" must not say enabled: that history keeps values.',
    ...rotationText(question),
  ];
  const rotation = sh('rotate on a schedule, when there is a function for it', [
    `aws secretsmanager rotate-secret --secret-id ${shellWord(target.name)}${target.region === undefined ? '' : ` --region ${shellWord(target.region)}`} \\`,
    `  --rotation-lambda-arn ROTATION_FUNCTION_ARN --rotation-rules '{"ScheduleExpression":"rate(${options.rotationDays} days)","Duration":"2h"}'`,
  ]);
  return step('store', target.isNew ? 'Create the entry' : 'Update the entry', {
    text,
    commands: [
      ...listStoreCommands(target, options, details),
      ...(target.store === 'parameter-store' ? [] : [rotation]),
    ],
  });
}

const TAG_MEANINGS: readonly (readonly [RegExp, (question: StepQuestion) => string | undefined])[] = [
  [/^(?:env|environment|stage)$/i, ({ clues }) => clues.environment],
  [
    /^(?:service|app|application|project|component)$/i,
    ({ secret, clues }) => secret.inventory.usedBy[0] ?? clues.project,
  ],
  [/^(?:owner|team|contact)$/i, ({ secret }) => secret.inventory.owners[0]],
];

/** Tags in the spelling of the index; without one, the three that AWS recommends. */
function tagsFor(question: StepQuestion, tagKeys: readonly string[]): readonly (readonly [string, string])[] {
  const keys = tagKeys.length > 0 ? tagKeys : ['environment', 'service', 'owner'];
  return keys.flatMap((key) => {
    const value = TAG_MEANINGS.find(([pattern]) => pattern.test(key))?.[1](question)
      ?.replace(/[^\p{L}\p{N}\s_.:/=+@-]/gu, '-')
      .slice(0, 256);
    return value === undefined || value === '' ? [] : [[key, value] as const];
  });
}

function codeStep(question: StepQuestion): PlanStep {
  const { code, secret, clues } = question;
  const patches = [...new Set(code.flatMap(({ patch }) => patch ?? []))];
  const text: string[] = [];
  if (secret.inventory.disposition === 'delete')
    text.push(
      'Delete the value, or put a made-up one in its place (see unleak:ignore for values that must look real).',
    );
  else if (secret.inventory.disposition === 'replace' && clues.provider === 'aws')
    text.push(
      'Delete the key from code and settings: SDKs and the CLI find the role by themselves (profile, IAM Identity Center, task, function, instance, OpenID Connect).',
    );
  else if (patches.length > 0)
    text.push(`Ready as a diff: ${patches.join(', ')}. Look at it, apply it, add the packages.`);
  if (secret.inventory.temporary !== undefined)
    text.push(`Better than any stored value: ${makeVisible(secret.inventory.temporary)}`);
  if (secret.places.length > code.length && code.length > 0)
    text.push(`${secret.places.length - code.length} further places hold the same value.`);
  if (code.length === 0 && secret.places.length > 0)
    text.push('The files of this report are not here, or the value is not in them any more: nothing to change.');
  return step('code', 'Change the code', {
    text,
    code: secret.inventory.disposition === 'store' || secret.inventory.disposition === 'managed' ? code : [],
  });
}

function accessStep({ secret, options }: StepQuestion, target: PlanTarget): PlanStep {
  const policies = listPolicies(target, secret.number, options);
  const isSsm = target.store === 'parameter-store';
  return step('access', 'Let only its readers read it', {
    text: [
      'Attach the policy to the role of the workload, not to people. It names one entry; the six question marks stand for what AWS adds to the name.',
      ...(target.region === undefined || target.account === undefined
        ? ['Put in REGION and ACCOUNT_ID where they stand in it: the index does not tell them.']
        : []),
      ...(options.readerAccount !== undefined && target.kmsKey === undefined && !isSsm
        ? ['Another account cannot use the key that AWS manages: give the secret a key of yours (--kms-key).']
        : []),
      ...(options.vpcEndpoint === undefined
        ? []
        : [`Reads are allowed through the endpoint ${options.vpcEndpoint} only.`]),
    ],
    commands: [
      sh('attach, and prove', [
        `aws iam put-role-policy --role-name READER_ROLE --policy-name read-secret --policy-document file://policies/${policies[0]?.name ?? ''}`,
        ...(policies[1]
          ? [
              `aws secretsmanager put-resource-policy --secret-id ${shellWord(target.name)} --block-public-policy --resource-policy file://policies/${policies[1].name}`,
            ]
          : []),
        `aws iam simulate-principal-policy --policy-source-arn READER_ROLE_ARN --action-names ${isSsm ? 'ssm:GetParameter' : 'secretsmanager:GetSecretValue'} --resource-arns ${target.arn ?? 'SECRET_ARN'}`,
      ]),
    ],
    policies,
  });
}

function cleanStep({ secret }: StepQuestion): PlanStep {
  const { reach, pushed } = secret;
  const isOld = reach === 'history' || reach === 'refs' || reach === 'unreachable';
  const rewrite =
    pushed === 'no'
      ? 'No remote has it: a rewrite of the local commits takes it out for good.'
      : 'A rewrite of a published history costs everybody a new clone and makes the value no less known: rotation is what counts. Rewrite when policy asks for it.';
  return step('clean', 'Clean up', {
    text: [
      'After the code has changed: take it out of the baseline, if it stands there.',
      isOld || reach === undefined ? rewrite : `While it stands in HEAD, old commits have it too. ${rewrite}`,
      'Shell histories may have it from the day it was tried out: look, then scrub.',
    ],
    commands: [
      sh('baseline', ['unleak baseline prune']),
      sh('plan of a rewrite, into a folder outside of the repository', [
        'unleak history --rewrite-plan ../rewrite-plan',
      ]),
      sh('shell histories: look, then scrub', ['unleak shell', 'unleak shell --scrub']),
    ],
  });
}

function proveStep({ secret, target, options }: StepQuestion): PlanStep {
  const region = target?.region === undefined ? '' : ` --region ${shellWord(target.region)}`;
  const id = target === undefined ? '' : shellWord(target.name);
  const gone = sh('the value is gone', ['unleak scan', `unleak history --verify ${secret.fingerprint}`]);
  if (target === undefined)
    return step('prove', 'Prove it', {
      text: ['Try the old credential once, by hand: it must be refused.'],
      commands: [gone],
    });
  if (target.store === 'parameter-store')
    return step('prove', 'Prove it', {
      text: ['Try the old credential once, by hand: it must be refused.'],
      commands: [
        gone,
        sh('the new version is there', [
          `aws ssm get-parameter-history --name ${id} --query 'Parameters[-1].[Version,LastModifiedDate]' --output text${region}`,
        ]),
      ],
    });
  return step('prove', 'Prove it', {
    text: [
      'Try the old credential once, by hand: it must be refused.',
      'Watch with AWS Config: secretsmanager-rotation-enabled-check, secretsmanager-scheduled-rotation-success-check, secretsmanager-secret-periodic-rotation, secretsmanager-secret-unused, secretsmanager-using-cmk.',
      'Alarm on CloudTrail events of secretsmanager.amazonaws.com that are not usual: GetSecretValue by other principals, PutResourcePolicy, DeleteSecret, RotationFailed.',
    ],
    commands: [
      gone,
      sh('the new version is there and is read (LastAccessedDate is a day)', [
        `aws secretsmanager describe-secret --secret-id ${id}${region} --query '{Changed:LastChangedDate,Rotated:LastRotatedDate,Read:LastAccessedDate,Versions:VersionIdsToStages}'`,
        `aws cloudtrail lookup-events${region} --lookup-attributes AttributeKey=ResourceName,AttributeValue=${target.arn === undefined ? id : shellWord(target.arn)} --query 'Events[].[EventTime,EventName,Username]' --output table`,
      ]),
      ...(options.readerAccount === undefined
        ? []
        : [
            sh('from the other account', [
              `aws secretsmanager describe-secret --secret-id ${target.arn ?? 'SECRET_ARN'}${region}`,
            ]),
          ]),
    ],
  });
}

/** True when the value needs a place in the vault at all. */
export function needsTarget(disposition: PlannedSecret['inventory']['disposition'], match: PlanMatch): boolean {
  return disposition === 'store' || (disposition === 'managed' && match.chosen !== undefined);
}

/** All steps, in the order in which they are done. */
export function listSteps(question: StepQuestion): readonly PlanStep[] {
  const { target } = question;
  return [
    rotateStep(question),
    ...(target === undefined ? [] : [storeStep(question, target)]),
    codeStep(question),
    ...(target === undefined ? [] : [accessStep(question, target)]),
    cleanStep(question),
    proveStep(question),
  ];
}
