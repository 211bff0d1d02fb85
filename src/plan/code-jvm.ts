// Java and Kotlin: AWS's caching client for Java, called from a small class in the same package.
import {
  type HelperFile,
  type LanguagePack,
  type MechanicalEdit,
  quoteDouble,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type Stretch,
  type TextEdit,
} from './code-change.ts';
import { findLiteral, folderOf, isRefusal } from './find-literal.ts';

const JAVA_HELPER = `import com.amazonaws.secretsmanager.caching.SecretCache;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads one key of a JSON secret in AWS Secrets Manager. The cache keeps it for an hour. */
final class AwsSecret {
    private static final SecretCache CACHE = new SecretCache();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AwsSecret() {}

    static String read(String name, String key) {
        JsonNode value;
        try {
            value = MAPPER.readTree(CACHE.getSecretString(name)).get(key);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("secret " + name + ": is not JSON");
        }
        if (value == null) throw new IllegalStateException("secret " + name + ": has no key " + key);
        return value.asText();
    }
}
`;

const KOTLIN_HELPER = `import com.amazonaws.secretsmanager.caching.SecretCache
import com.fasterxml.jackson.databind.ObjectMapper

/** Reads one key of a JSON secret in AWS Secrets Manager. The cache keeps it for an hour. */
internal object AwsSecret {
    private val cache = SecretCache()
    private val mapper = ObjectMapper()

    fun read(name: String, key: String): String {
        val value = mapper.readTree(cache.getSecretString(name)).get(key)
        return checkNotNull(value) { "secret $name: has no key $key" }.asText()
    }
}
`;

const expression = ({ name, jsonKey }: SecretTarget): string =>
  `AwsSecret.read(${quoteDouble(name)}, ${quoteDouble(jsonKey)})`;

function helper({ path, text }: SourceFile, isKotlin: boolean): HelperFile {
  const name = /^\s*package\s+([\w.]+)/m.exec(text)?.[1];
  const clause = name === undefined ? '' : `package ${name}${isKotlin ? '' : ';'}\n\n`;
  return {
    path: `${folderOf(path)}AwsSecret.${isKotlin ? 'kt' : 'java'}`,
    text: `${clause}${isKotlin ? KOTLIN_HELPER : JAVA_HELPER}`,
  };
}

function edit(file: SourceFile, value: Stretch, target: SecretTarget): MechanicalEdit | Refusal {
  const isKotlin = /\.kts?$/i.test(file.path);
  const literal = findLiteral(file, value, isKotlin ? ['"""', '"'] : ['"']);
  if (isRefusal(literal)) return literal;
  if (/^\s*(?:\/\/|\*|\/\*)/.test(literal.before)) return { refused: 'it stands in a comment: delete it' };
  if (/^\s*@|\bcase\s*$|@\w+\([^()]*$/.test(literal.before))
    return { refused: 'an annotation or case needs a constant: give the field its value in the constructor' };
  if (/\+\s*$/.test(literal.before) || /^\s*\+/.test(literal.after))
    return { refused: 'several strings are joined there' };
  const edits: TextEdit[] = [];
  const constant = isKotlin ? /\bconst\s+(?=val\b)/.exec(literal.before) : undefined;
  if (constant)
    edits.push({
      start: literal.lineStart + constant.index,
      end: literal.lineStart + constant.index + constant[0].length,
      replacement: '',
    });
  return {
    edits: [...edits, { start: literal.start, end: literal.end, replacement: expression(target) }],
    helper: helper(file, isKotlin),
  };
}

export const JAVA: LanguagePack = {
  id: 'java',
  label: 'Java',
  fits: ({ path }) => /\.java$/i.test(path),
  edit,
  snippet: (target) => ({
    fence: 'java',
    code: `${JAVA_HELPER}\n// Where the value was:\nString value = ${expression(target)};`,
  }),
  packages: [
    'com.amazonaws.secretsmanager:aws-secretsmanager-caching-java:2.1.0',
    'com.fasterxml.jackson.core:jackson-databind',
  ],
  notes: [
    'For JDBC the driver can read the secret by itself: com.amazonaws.secretsmanager:aws-secretsmanager-jdbc.',
    'A field that was a constant is none any more: annotations and switch cases cannot use it.',
  ],
};

export const KOTLIN: LanguagePack = {
  id: 'kotlin',
  label: 'Kotlin',
  fits: ({ path }) => /\.kts?$/i.test(path) && !/\.gradle\.kts$/i.test(path),
  edit,
  snippet: (target) => ({
    fence: 'kotlin',
    code: `${KOTLIN_HELPER}\n// Where the value was:\nval value = ${expression(target)}`,
  }),
  packages: [
    'com.amazonaws.secretsmanager:aws-secretsmanager-caching-java:2.1.0',
    'com.fasterxml.jackson.core:jackson-databind',
  ],
  notes: ['Without the JVM: aws.sdk.kotlin:secretsmanager, getSecretValue, and keep the answer for some minutes.'],
};
