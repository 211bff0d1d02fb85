// JavaScript and TypeScript: AWS Lambda Powertools' parameters, which cache. The call must be awaited, so a change is
// mechanical only at the top of a module and inside async functions.
import {
  type LanguagePack,
  type MechanicalEdit,
  quoteSingle,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type TextEdit,
} from './code-change.ts';
import { findOpenBlocks, type OpenBlock } from './enclosing-blocks.ts';
import { findLiteral, insertLines, isRefusal, nextLineStart } from './find-literal.ts';

const MODULE = '@aws-lambda-powertools/parameters/secrets';
const isTypeScript = (path: string): boolean => /\.[cm]?ts$/i.test(path);

function property(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${quoteSingle(key)}]`;
}

function typeKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoteSingle(key);
}

function expression({ name, jsonKey }: SecretTarget, hasTypes: boolean): string {
  const types = hasTypes ? `<{ ${typeKey(jsonKey)}: string }>` : '';
  const call = `(await getSecret${types}(${quoteSingle(name)}, { transform: 'json', maxAge: 300 }))`;
  return `${call}${hasTypes ? '!' : ''}${property(jsonKey)}`;
}

const FUNCTION_BODY = /(?:\)\s*(?::\s*[\w<>[\]|&., {}]+)?|=>)$/;
const CONTROL = /\b(?:if|for|while|switch|catch|with)\s*\([^{}]*\)$|\b(?:else|try|finally|do)$/;

/** What stands before an offset on the same level of brackets, from the last `;` or `,` on. */
function levelBefore(text: string, from: number, to: number): string {
  let level = text.slice(from, to);
  for (let before = ''; before !== level; ) {
    before = level;
    level = level.replace(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g, '');
  }
  return /[^;,]*$/.exec(level)?.[0] ?? '';
}

/** Why `await` may not stand there; undefined when it may. */
function refuseAwait(
  text: string,
  offset: number,
  blocks: readonly OpenBlock[],
  isModule: boolean,
): string | undefined {
  for (let i = blocks.length; i >= 0; i--) {
    // An arrow without braces: what follows is the body of a function.
    const start = (blocks[i - 1]?.offset ?? -1) + 1;
    const before = levelBefore(text, start, blocks[i]?.offset ?? offset);
    const block = blocks[i];
    const isBody = block?.bracket === '{' && /=>\s*$/.test(before);
    if (!isBody && /=>[\s\S]*$/.test(before)) return 'it is in the body of an arrow function without braces';
    if (!block) continue;
    const { bracket, opener } = block;
    if (bracket === '(' && /\bfunction\b[^()]*$/.test(opener)) return 'it is a default of a parameter';
    if (bracket !== '{') continue;
    if (/\bclass\b[^{}()]*$/.test(opener)) return 'a field of a class cannot wait for a value';
    if (/\b(?:enum|interface|namespace)\s+\w+$|\btype\s+\w+\s*=$/.test(opener)) return 'it is a part of a type';
    if (!FUNCTION_BODY.test(opener) || CONTROL.test(opener)) continue;
    const isAsync = opener.endsWith('=>')
      ? /\basync\s*(?:\([^()]*\)|\w+)\s*(?::\s*[\w<>[\]|&., ]+)?\s*=>$/.test(opener)
      : /\basync\s+(?:function\s*\*?\s*)?[\w$]*\s*\([^{}]*\)[^{}()]*$/.test(opener);
    return isAsync ? undefined : 'the function around it is not async';
  }
  return isModule ? undefined : 'CommonJS cannot wait for a value at the top of a file';
}

function isEsModule({ path, text }: SourceFile): boolean {
  if (/\.m[jt]s$/i.test(path)) return true;
  if (/\.c[jt]s$/i.test(path)) return false;
  return /^\s*(?:import\s+[\w*{'"]|export\s+(?:default|const|let|var|function|class|async|type|interface|enum|\{|\*))/m.test(
    text,
  );
}

function importEdit({ text }: SourceFile, isModule: boolean): readonly TextEdit[] {
  if (text.includes(MODULE)) return [];
  const line = isModule ? `import { getSecret } from '${MODULE}';` : `const { getSecret } = require('${MODULE}');`;
  let at = text.startsWith('#!') ? nextLineStart(text, 0) : 0;
  // After opening comments and directives such as 'use strict'.
  for (;;) {
    const rest = text.slice(at);
    const skip =
      /^(?:\s*\/\/[^\n]*\n|\s*\/\*[\s\S]*?\*\/[^\n]*\n|\s*['"]use \w+['"];?[^\n]*\n|[ \t\r]*\n(?=\s*(?:\/\/|\/\*|['"]use )))/.exec(
        rest,
      );
    if (!skip) break;
    at += skip[0].length;
  }
  return [insertLines(text, at, [line])];
}

function edit(
  file: SourceFile,
  value: { readonly start: number; readonly end: number },
  target: SecretTarget,
): MechanicalEdit | Refusal {
  if (/\.[jt]sx$/i.test(file.path))
    return { refused: 'code that runs in a browser cannot keep a secret: move the call to a server' };
  const literal = findLiteral(file, value, ["'", '"', '`']);
  if (isRefusal(literal)) return literal;
  if (/^\s*(?:\/\/|\*|\/\*)/.test(literal.before)) return { refused: 'it stands in a comment: delete it' };
  if (/^\s*@/.test(literal.before)) return { refused: 'it is an argument of a decorator' };
  if (/^\s*as\s+const\b|^\s*:/.test(literal.after)) return { refused: 'it is a part of a type or a key' };
  const blocks = findOpenBlocks(file.text, literal.start);
  if (!blocks) return { refused: 'the code around it could not be read with certainty' };
  const isModule = isEsModule(file);
  const refused = refuseAwait(file.text, literal.start, blocks, isModule);
  if (refused !== undefined) return { refused };
  return {
    edits: [
      ...importEdit(file, isModule),
      { start: literal.start, end: literal.end, replacement: expression(target, isTypeScript(file.path)) },
    ],
  };
}

export const JAVASCRIPT: LanguagePack = {
  id: 'javascript',
  label: 'JavaScript / TypeScript',
  fits: ({ path }) => /\.(?:[cm]?[jt]s|[jt]sx)$/i.test(path),
  edit,
  snippet: (target, { path }) => ({
    fence: isTypeScript(path) ? 'ts' : 'js',
    code: [
      `import { getSecret } from '${MODULE}';`,
      '',
      '// Inside an async function, or at the top of an ES module.',
      `const value = ${expression(target, isTypeScript(path))};`,
    ].join('\n'),
  }),
  packages: ['npm install @aws-lambda-powertools/parameters @aws-sdk/client-secrets-manager'],
  notes: [
    'getSecret keeps the value for maxAge seconds (5 without it). In middy handlers @middy/secrets-manager does the same.',
    'Without Powertools: GetSecretValueCommand of @aws-sdk/client-secrets-manager, and keep the promise in a variable.',
  ],
};
