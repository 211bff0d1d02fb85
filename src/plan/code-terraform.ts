// Terraform: an ephemeral resource, which leaves nothing in plan and state. Mechanical in provider blocks and for arguments
// that have a write-only twin; a data source would copy the value into the state, so it is never proposed.
import {
  type LanguagePack,
  type MechanicalEdit,
  quoteDouble,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type Stretch,
  type TextEdit,
} from './code-change.ts';
import { findOpenBlocks } from './enclosing-blocks.ts';
import { findLiteral, insertLines, isRefusal } from './find-literal.ts';

/** Resource and argument → the write-only twin (AWS provider 6). */
const WRITE_ONLY: Readonly<Record<string, string>> = {
  'aws_db_instance.password': 'password_wo',
  'aws_rds_cluster.master_password': 'master_password_wo',
  'aws_docdb_cluster.master_password': 'master_password_wo',
  'aws_redshift_cluster.master_password': 'master_password_wo',
  'aws_redshiftserverless_namespace.admin_user_password': 'admin_user_password_wo',
  'aws_secretsmanager_secret_version.secret_string': 'secret_string_wo',
  'aws_ssm_parameter.value': 'value_wo',
};

/** A name that Terraform takes, made from the entry's name. */
function labelOf(name: string): string {
  const label = name
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase();
  return /^\d/.test(label) ? `s_${label}` : label;
}

const block = ({ name }: SecretTarget): readonly string[] => [
  `ephemeral "aws_secretsmanager_secret_version" "${labelOf(name)}" {`,
  `  secret_id = ${quoteDouble(name)}`,
  '}',
];

const expression = ({ name, jsonKey }: SecretTarget): string =>
  `jsondecode(ephemeral.aws_secretsmanager_secret_version.${labelOf(name)}.secret_string)[${quoteDouble(jsonKey)}]`;

function ephemeralEdit({ text }: SourceFile, target: SecretTarget): readonly TextEdit[] {
  const lines = block(target);
  return text.includes(lines[0] ?? '') ? [] : [insertLines(text, text.length, ['', ...lines])];
}

function edit(file: SourceFile, value: Stretch, target: SecretTarget): MechanicalEdit | Refusal {
  if (/\.tfvars$/i.test(file.path))
    return {
      refused: 'it is the value of a variable: make the variable ephemeral, or read the secret where it is used',
    };
  const literal = findLiteral(file, value, ['"']);
  if (isRefusal(literal)) return literal;
  const argument = /^(\s*)(\w+)(\s*=\s*)$/.exec(literal.before);
  if (!argument) return { refused: 'it is no argument of its own' };
  const blocks = findOpenBlocks(file.text, literal.start, true);
  if (!blocks) return { refused: 'the code around it could not be read with certainty' };
  const top = blocks.find(({ bracket }) => bracket === '{')?.opener ?? '';
  if (/\bvariable "[\w-]+"$/.test(top))
    return {
      refused:
        'it is the default of a variable: delete it, mark the variable sensitive and ephemeral, and pass the ephemeral value',
    };
  if (/\bprovider "[\w-]+"$/.test(top)) {
    return {
      edits: [
        { start: literal.start, end: literal.end, replacement: expression(target) },
        ...ephemeralEdit(file, target),
      ],
    };
  }
  const resource = /\bresource "([\w-]+)" "[\w-]+"$/.exec(top)?.[1];
  const name = argument[2] ?? '';
  const twin = resource === undefined || blocks.length !== 1 ? undefined : WRITE_ONLY[`${resource}.${name}`];
  if (twin === undefined) return { refused: 'this argument would write the value into the state: see the snippet' };
  const indent = argument[1] ?? '';
  const start = literal.lineStart + indent.length;
  const version = `${twin}_version = 1`;
  return {
    edits: [
      { start, end: literal.end, replacement: `${twin} = ${expression(target)}` },
      insertLines(file.text, file.text.indexOf('\n', literal.end) + 1 || file.text.length, [`${indent}${version}`]),
      ...ephemeralEdit(file, target),
    ],
  };
}

export const TERRAFORM: LanguagePack = {
  id: 'terraform',
  label: 'Terraform',
  fits: ({ path }) => /\.(?:tf|tfvars|tofu)$/i.test(path),
  edit,
  snippet: (target) => ({
    fence: 'hcl',
    code: [
      ...block(target),
      '',
      '# In a provider block, or in an argument that is write-only (…_wo, Terraform 1.11 and newer):',
      '# password_wo         =',
      `#   ${expression(target)}`,
      '# password_wo_version = 1   # one more after each rotation',
    ].join('\n'),
  }),
  packages: ['Terraform 1.11 or newer, hashicorp/aws 6'],
  notes: [
    'A data source would copy the value into the state; an ephemeral one does not.',
    'Old states and plans keep the old value: after the rotation it is worth nothing.',
  ],
};
