// A detection rule. RuleMatcher is what the detector needs (small, loaded at every start); RuleInfo is what people are
// told (loaded only when something was found). Both come from one YAML entry under rules/ (see rules/README.md).
import type { Confidence, Severity } from './levels.ts';
import type { SecretKind } from './secret.ts';

/** What makes a rule wake up. Exactly one per rule; a rule's pattern is tried only there. */
export type WakeUp =
  /** Literals, case-sensitive, at the start of a word in or just before a long run of token characters. */
  | { readonly kind: 'prefix'; readonly words: readonly string[] }
  /** Words, case-insensitive, up to `withinBytes` before a value with digits, with an assignment between them. */
  | { readonly kind: 'near'; readonly words: readonly string[]; readonly withinBytes: number }
  /** Words, case-insensitive, inside a name that is assigned a value (`name = "value"`, `<name>value</name>` …). The
   *  pattern must match the whole value, and the value gets a generic score. */
  | { readonly kind: 'assignment'; readonly words: readonly string[] }
  /** Literals found anywhere, case-insensitive. Few and rare: each costs a little on every byte.
   *  `beforeBytes`: how far before the literal the match may start. */
  | { readonly kind: 'anchor'; readonly words: readonly string[]; readonly beforeBytes: number };

/** Another value that belongs to the same credential. */
export interface RulePart {
  readonly name: string;
  /** Regular expression source; group 1 (or the whole match) is the value. */
  readonly pattern: string;
  /** Largest distance in bytes before or after the secret. */
  readonly withinBytes: number;
  /** Without a required part there is no finding. */
  readonly isRequired: boolean;
}

export interface RuleMatcher {
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: SecretKind;
  readonly wakeUp: WakeUp;
  /** Regular expression source, latin1, no flags; group 1 (or the whole match) is the secret. */
  readonly pattern: string;
  readonly ignoreCase: boolean;
  /** Longest match in bytes that the detector looks at; bounds backtracking. At most 16,384. */
  readonly maxBytes: number;
  /** Shortest text the pattern can match, in bytes; 0 when not known. Decides how the kernel looks for prefixes. */
  readonly minBytes: number;
  /** Name of an offline check in src/checks. */
  readonly check: string | undefined;
  /** Smallest Shannon entropy of the secret, bits a character. */
  readonly minEntropyBits: number;
  readonly parts: readonly RulePart[];
}

export interface RuleInfo {
  readonly id: string;
  readonly name: string;
  /** What somebody who has the value can do with it. */
  readonly description: string;
  readonly severity: Severity;
  readonly provider: string;
  readonly rotate: { readonly where: string; readonly url: string | undefined; readonly notes: string | undefined };
  /** What temporary credential can replace it altogether. */
  readonly temporary: string | undefined;
  /** How it would be stored in AWS Secrets Manager. */
  readonly vault: { readonly kind: string; readonly jsonKeys: readonly string[] } | undefined;
  readonly references: readonly string[];
}

/** A whole rule as read from YAML: what matches, what people are told, and the examples that prove it. */
export interface Rule {
  readonly matcher: RuleMatcher;
  readonly info: RuleInfo;
  /** Texts with the secret between « and », with {{placeholders}}. At least one. */
  readonly examples: readonly string[];
  /** Texts in which this rule must stay silent, with {{placeholders}}. At least one. */
  readonly counterExamples: readonly string[];
  /** File and line (from 1) of the entry. */
  readonly place: { readonly file: string; readonly line: number };
}
