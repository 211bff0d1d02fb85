// The formats that can be read, and which of them a file has: by its name, else by what it holds.
import { UsageError } from '../model/errors.ts';
import type { ForeignFormat } from '../model/foreign-format.ts';
import { parseDetectSecrets } from './detect-secrets.ts';
import type { ForeignEntry, ForeignFileText } from './foreign-entry.ts';
import { isObject } from './foreign-json.ts';
import { parseGitleaksIgnore, parseGitleaksReport } from './gitleaks-findings.ts';
import { type ImportedId, parseGitleaksToml } from './gitleaks-toml.ts';
import { parseGitAllowed, parseSecretlintIgnore, parseSecretsIgnore, parseTrufflehogExclude } from './line-files.ts';
import { parseKingfisher, parseSarif } from './other-findings.ts';
import { parseSecretlint } from './secretlint.ts';
import { parseTalisman } from './talisman.ts';

/** What a parser must know of ours. */
export interface OurRules {
  readonly providers: ReadonlySet<string>;
  readonly importedId: ImportedId;
}

type Reader = (input: ForeignFileText, ours: OurRules) => readonly ForeignEntry[];

const READERS = {
  'gitleaks-config': (input, ours) => parseGitleaksToml(input, ours.importedId),
  'gitleaks-ignore': parseGitleaksIgnore,
  'gitleaks-report': parseGitleaksReport,
  'detect-secrets': parseDetectSecrets,
  trufflehog: parseTrufflehogExclude,
  talisman: parseTalisman,
  ripsecrets: parseSecretsIgnore,
  secretlint: (input, ours) => parseSecretlint(input, ours.providers),
  'secretlint-ignore': parseSecretlintIgnore,
  kingfisher: parseKingfisher,
  'git-secrets': parseGitAllowed,
  sarif: parseSarif,
} as const satisfies Readonly<Record<ForeignFormat, Reader>>;

const BY_NAME: readonly (readonly [RegExp, ForeignFormat])[] = [
  [/\.toml$/i, 'gitleaks-config'],
  [/^\.(?:gitleaks|betterleaks)ignore$/, 'gitleaks-ignore'],
  [/^\.talismanrc$/, 'talisman'],
  [/^\.secretsignore$/, 'ripsecrets'],
  [/^\.secretlintignore$/, 'secretlint-ignore'],
  [/^\.secretlintrc(?:\.(?:json|ya?ml))?$/, 'secretlint'],
  [/^\.gitallowed$/, 'git-secrets'],
  [/\.sarif(?:\.json)?$/i, 'sarif'],
  [/^trufflehog.*\.txt$/i, 'trufflehog'],
];

function byContent(text: string): ForeignFormat | undefined {
  if (/^\s*[[{]/.test(text)) {
    let top: unknown;
    try {
      top = JSON.parse(text);
    } catch {
      // Not swallowed: the user is told that the format is not recognised.
      return undefined;
    }
    if (Array.isArray(top))
      return top.length === 0 || (isObject(top[0]) && 'RuleID' in top[0]) ? 'gitleaks-report' : undefined;
    if (!isObject(top)) return undefined;
    if (Array.isArray(top.runs)) return 'sarif';
    return isObject(top.results) && ('plugins_used' in top || 'generated_at' in top) ? 'detect-secrets' : undefined;
  }
  return /^(?:ExactFindings:|fingerprint_algorithm: kingfisher)/m.test(text) ? 'kingfisher' : undefined;
}

/** @returns undefined for a file that is none of them */
export function recogniseFormat(name: string, text: string): ForeignFormat | undefined {
  if (/^\.secretlintrc\.[cm]?js$/.test(name))
    throw new UsageError(`${name}: is a program, which is not run; write it as .secretlintrc.json and import that`);
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? byContent(text);
}

/** @throws UsageError when the text is not of that format */
export function readForeignFile(
  format: ForeignFormat,
  input: ForeignFileText,
  ours: OurRules,
): readonly ForeignEntry[] {
  try {
    return READERS[format](input, ours);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${input.file}: is nested too deep to be read`);
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${input.file}: is no valid JSON; mend it, or say what it is with --from`);
  }
}
