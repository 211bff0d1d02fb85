// .secretlintrc (JSON or YAML): what rules allow, rules turned off, own patterns.
import { UsageError } from '../model/errors.ts';
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { isObject, type JsonObject, objectsOf, textOf, textsOf } from './foreign-json.ts';
import { readYaml } from './other-findings.ts';
import { digestOf } from './value-digest.ts';
import { ignoreValues } from './value-expression.ts';

/** Names of secretlint that are not those of our providers. */
const PROVIDERS: Readonly<Record<string, string>> = {
  basicauth: 'url',
  privatekey: 'private-key',
  'database-connection-string': 'connection-string',
  azure: 'azure',
  '1password': 'onepassword',
  hashicorp: 'hcp',
};

/** `@secretlint/secretlint-rule-slack` → `slack`. */
function shortName(id: string): string {
  return id.replace(/^@[^/]+\//, '').replace(/^secretlint-rule-/, '');
}

function readAllow(allow: string, at: string, name: string, file: string, provider: string | undefined): ForeignEntry {
  const reason = `allowed by ${name} in ${file}`;
  const regex = /^\/(.*)\/([a-z]*)$/s.exec(allow);
  if (!regex) return { kind: 'value', at, digest: digestOf(allow), reason };
  // For one rule only: without a rule of ours it would allow more than it does there.
  if (provider === undefined)
    return { kind: 'left', at, what: `allow of ${name}`, why: 'unleak has no rules of that name; add rule: yourself' };
  const flags = regex[2]!.replace(/[gu]/g, '');
  return ignoreValues(at, flags === '' ? regex[1]! : `(?${flags})${regex[1]}`, { reason, rule: `${provider}.*` });
}

function readPatterns(options: JsonObject, at: string, name: string): readonly ForeignEntry[] {
  return objectsOf(options, 'patterns').flatMap((item, index) =>
    [...textsOf(item, 'pattern'), ...textsOf(item, 'patterns')].map((text): ForeignEntry => {
      const parts = /^\/(.*)\/([a-z]*)$/s.exec(text);
      const flags = (parts?.[2] ?? '').replace(/[gu]/g, '');
      return {
        kind: 'rule',
        at,
        id: textOf(item, 'name') || `${name}-${index + 1}`,
        description: 'A pattern of your .secretlintrc.',
        regex: `${flags === '' ? '' : `(?${flags})`}${parts?.[1] ?? text}`,
        secretGroup: 0,
        entropy: 0,
        keywords: [],
      };
    }),
  );
}

function readRule(rule: JsonObject, providers: ReadonlySet<string>, file: string): readonly ForeignEntry[] {
  const name = shortName(textOf(rule, 'id'));
  const at = `rule ${name}`;
  const options = isObject(rule.options) ? rule.options : {};
  const wanted = PROVIDERS[name] ?? name;
  const provider = providers.has(wanted) ? wanted : undefined;
  const left = (what: string, why: string): ForeignEntry => ({ kind: 'left', at, what, why });
  return [
    ...objectsOf(rule, 'rules').flatMap((inner) => readRule(inner, providers, file)),
    ...[...textsOf(options, 'allows'), ...textsOf(rule, 'allows')].map((allow) =>
      readAllow(allow, at, name, file, provider),
    ),
    ...readPatterns(options, at, name),
    ...(textOf(rule, 'disabled') === 'true'
      ? [
          left(
            `${name} is turned off`,
            provider
              ? `if you want the same here: rules: { disable: ['${provider}.*'] }`
              : 'unleak has no rules of that name',
          ),
        ]
      : []),
    ...(textsOf(rule, 'allowMessageIds').length > 0
      ? [left('allowMessageIds', 'unleak has no messages of these ids')]
      : []),
  ];
}

/** @param providers of our rules, as in `slack.*` */
export function parseSecretlint(
  { file, text }: ForeignFileText,
  providers: ReadonlySet<string>,
): readonly ForeignEntry[] {
  const top = readYaml(file, text);
  if (!isObject(top) || !Array.isArray(top.rules))
    throw new UsageError(`${file}: is no .secretlintrc (it has no "rules")`);
  return objectsOf(top, 'rules').flatMap((rule) => readRule(rule, providers, file));
}
