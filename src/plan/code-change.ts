// The types of code changes: what a language pack is given, and what it gives back. A pack is pure: it sees the text of one
// file and where the value stands, and never needs the value itself.

/** What the code shall read in place of the value. */
export interface SecretTarget {
  readonly store: 'secrets-manager' | 'parameter-store';
  readonly name: string;
  /** Undefined when it is not known yet. */
  readonly arn: string | undefined;
  readonly region: string | undefined;
  /** Key of the JSON value. */
  readonly jsonKey: string;
  /** Name for an environment variable, such as `STRIPE_API_KEY`. */
  readonly variable: string;
}

export interface SourceFile {
  /** From the top of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Offsets in the text, UTF-16 units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface TextEdit extends Stretch {
  readonly replacement: string;
}

/** A file that several changes share, such as a class that reads secrets. */
export interface HelperFile {
  readonly path: string;
  readonly text: string;
}

export interface MechanicalEdit {
  readonly edits: readonly TextEdit[];
  readonly helper?: HelperFile | undefined;
}

/** Why there is no mechanical change, in one clause. */
export interface Refusal {
  readonly refused: string;
}

export interface Snippet {
  /** Word behind the fence in Markdown. */
  readonly fence: string;
  readonly code: string;
}

export interface LanguagePack {
  readonly id: string;
  /** For people: `Python`, `Terraform`. */
  readonly label: string;
  readonly fits: (file: SourceFile) => boolean;
  /** @param value  where the value stands in the text */
  readonly edit?: (file: SourceFile, value: Stretch, target: SecretTarget) => MechanicalEdit | Refusal;
  readonly snippet: (target: SecretTarget, file: SourceFile) => Snippet;
  /** Packages to add, in the words of the language's package tool. */
  readonly packages: readonly string[];
  /** Sentences about caching and start-up. */
  readonly notes: readonly string[];
}

/** Text of a string literal in double quotes, for C-like languages, JSON, Python, Go, Rust. */
export function quoteDouble(text: string): string {
  return JSON.stringify(text);
}

/** Text in single quotes for Ruby, PHP and JavaScript; names of entries hold no quotes, so nothing needs more. */
export function quoteSingle(text: string): string {
  return `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
}
