// Go: AWS's caching client, called from a small file in the same package.
import {
  type HelperFile,
  type LanguagePack,
  type MechanicalEdit,
  quoteDouble,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type TextEdit,
} from './code-change.ts';
import { findOpenBlocks } from './enclosing-blocks.ts';
import { findLiteral, folderOf, isRefusal } from './find-literal.ts';

const HELPER = `import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/aws/aws-secretsmanager-caching-go/v2/secretcache"
)

var openSecretCache = sync.OnceValues(func() (*secretcache.Cache, error) { return secretcache.New() })

// awsSecret reads one key of a JSON secret in AWS Secrets Manager. The cache keeps it for an hour.
func awsSecret(name, key string) string {
	cache, err := openSecretCache()
	if err != nil {
		panic(fmt.Errorf("secret cache: %w", err))
	}
	text, err := cache.GetSecretString(name)
	if err != nil {
		panic(fmt.Errorf("secret %s: %w", name, err))
	}
	var values map[string]string
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		panic(fmt.Errorf("secret %s: is not a JSON object of texts", name))
	}
	value, ok := values[key]
	if !ok {
		panic(fmt.Errorf("secret %s: has no key %s", name, key))
	}
	return value
}
`;

const expression = ({ name, jsonKey }: SecretTarget): string =>
  `awsSecret(${quoteDouble(name)}, ${quoteDouble(jsonKey)})`;

function helper({ path, text }: SourceFile): HelperFile | undefined {
  const name = /^package\s+(\w+)/m.exec(text)?.[1];
  return name === undefined
    ? undefined
    : { path: `${folderOf(path)}aws_secret.go`, text: `package ${name}\n\n${HELPER}` };
}

function edit(
  file: SourceFile,
  value: { readonly start: number; readonly end: number },
  target: SecretTarget,
): MechanicalEdit | Refusal {
  if (/_test\.go$/.test(file.path)) return { refused: 'a test needs a made-up value, not a secret' };
  const literal = findLiteral(file, value, ['"', '`']);
  if (isRefusal(literal)) return literal;
  if (/^\s*\/\//.test(literal.before)) return { refused: 'it stands in a comment: delete it' };
  const blocks = findOpenBlocks(file.text, literal.start);
  if (!blocks) return { refused: 'the code around it could not be read with certainty' };
  if (blocks.some(({ bracket, opener }) => bracket === '(' && /\bconst$/.test(opener)))
    return { refused: 'a group of constants cannot call a function: take it out of the group' };
  const shared = helper(file);
  if (!shared) return { refused: 'the file has no package clause' };
  const edits: TextEdit[] = [];
  const constant = /^(\s*)const(?=\s+\w+(?:\s+string)?\s*=\s*$)/.exec(literal.before);
  if (constant) {
    const start = literal.lineStart + (constant[1]?.length ?? 0);
    edits.push({ start, end: start + 'const'.length, replacement: 'var' });
  } else if (/\bconst\b/.test(literal.before)) return { refused: 'a constant cannot call a function' };
  else if (/^\s*case\b|^\s*import\b|`\s*$/.test(literal.before)) return { refused: 'no call can stand there' };
  return {
    edits: [...edits, { start: literal.start, end: literal.end, replacement: expression(target) }],
    helper: shared,
  };
}

export const GO: LanguagePack = {
  id: 'go',
  label: 'Go',
  fits: ({ path }) => /\.go$/i.test(path),
  edit,
  snippet: (target) => ({ fence: 'go', code: `${HELPER}\n// Where the value was:\nvalue := ${expression(target)}` }),
  packages: ['go get github.com/aws/aws-secretsmanager-caching-go/v2'],
  notes: ['The cache keeps 1,024 secrets for an hour.'],
};
