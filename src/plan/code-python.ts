// Python: AWS's caching client over boto3.
import {
  type LanguagePack,
  type MechanicalEdit,
  quoteDouble,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type TextEdit,
} from './code-change.ts';
import { findLiteral, insertLines, isRefusal } from './find-literal.ts';

function expression({ name, jsonKey }: SecretTarget): string {
  return `json.loads(_secret_cache.get_secret_string(${quoteDouble(name)}))[${quoteDouble(jsonKey)}]`;
}

/** Offset behind the imports at the top of a module: comments, docstring and imports are passed over. */
function endOfImports(text: string): { readonly at: number; readonly hasImports: boolean } {
  let offset = 0;
  let at = 0;
  let hasImports = false;
  let docstring: string | undefined;
  /** What ends an import of several lines. */
  let opened: 'bracket' | 'backslash' | undefined;
  for (const raw of text.split('\n')) {
    const next = offset + raw.length + 1;
    const line = raw.replace(/\r$/, '');
    if (docstring !== undefined) {
      if (line.includes(docstring)) docstring = undefined;
      at = next;
    } else if (opened !== undefined) {
      if (opened === 'bracket' ? line.includes(')') : !line.endsWith('\\')) opened = undefined;
      at = next;
    } else if (/^(?:from|import)\s/.test(line)) {
      hasImports = true;
      opened = line.includes('(') && !line.includes(')') ? 'bracket' : line.endsWith('\\') ? 'backslash' : undefined;
      at = next;
    } else if (/^[rRuU]?(?:"""|''')/.test(line) && !hasImports) {
      const mark = line.includes('"""') ? '"""' : "'''";
      if (line.indexOf(mark) === line.lastIndexOf(mark)) docstring = mark;
      at = next;
    } else if (line.startsWith('#') && !hasImports) at = next;
    else if (line.trim() !== '' && !line.startsWith('#')) break;
    offset = next;
  }
  return { at: Math.min(at, text.length), hasImports };
}

function importEdits({ text }: SourceFile): readonly TextEdit[] {
  if (/^_secret_cache\s*=/m.test(text)) return [];
  const { at, hasImports } = endOfImports(text);
  const lines = [
    ...(/^import json\b/m.test(text) ? [] : ['import json']),
    'from aws_secretsmanager_caching import SecretCache',
    '',
    '_secret_cache = SecretCache()',
  ];
  const isBlankBehind = /^\r?\n/.test(text.slice(at));
  return [
    insertLines(text, at, [
      ...(at > 0 && !hasImports ? [''] : []),
      ...lines,
      ...(isBlankBehind || at >= text.length ? [] : ['']),
    ]),
  ];
}

function edit(
  file: SourceFile,
  value: { readonly start: number; readonly end: number },
  target: SecretTarget,
): MechanicalEdit | Refusal {
  const literal = findLiteral(file, value, ['"""', "'''", '"', "'"], 'rRuUbBfF');
  if (isRefusal(literal)) return literal;
  if (/[bBfF]/.test(literal.prefix)) return { refused: 'it is a byte string or a formatted string' };
  if (/^\s*#/.test(literal.before)) return { refused: 'it stands in a comment: delete it' };
  if (/["']\s*$/.test(literal.before) || /^\s*["']/.test(literal.after))
    return { refused: 'several strings are joined there' };
  return { edits: [...importEdits(file), { start: literal.start, end: literal.end, replacement: expression(target) }] };
}

export const PYTHON: LanguagePack = {
  id: 'python',
  label: 'Python',
  fits: ({ path }) => /\.pyw?$/i.test(path),
  edit,
  snippet: (target) => ({
    fence: 'python',
    code: [
      'import json',
      'from aws_secretsmanager_caching import SecretCache',
      '',
      '_secret_cache = SecretCache()',
      `value = ${expression(target)}`,
    ].join('\n'),
  }),
  packages: ['pip install boto3 aws-secretsmanager-caching'],
  notes: ['SecretCache keeps 1,024 secrets for an hour; SecretCacheConfig(secret_refresh_interval=…) changes that.'],
};
