// A rule about command lines, as the build compiles it from rules/commands/*.yml: which tools, which argument carries the
// secret, and how the same command is typed safely. Examples and texts for people are not in it (rules/README.md).
import type { Confidence, Severity } from '../model/levels.ts';
import type { SecretKind } from '../model/secret.ts';

/** How the command is typed so that no value is in it. Texts may hold captures such as `<user>`. */
export interface SafeTemplate {
  /** Takes the place of the argument, its flag included; '' takes it away. */
  readonly replace?: string;
  /** A line before: asks for the value without showing it, into this variable. */
  readonly ask?: string;
  /** Goes in front of the command, before the tool, such as `printf %s "$PASSWORD" | `. */
  readonly pipe?: string;
  /** Goes behind the command. */
  readonly append?: string;
  /** Stands for the whole simple command. */
  readonly command?: string;
  /** What to know, in a short sentence. */
  readonly note?: string;
}

export interface CommandMatcher {
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: SecretKind;
  /** Names of programs, lower case, without folder and `.exe`; `*` for all. */
  readonly tools: readonly string[];
  /** Clients in whose history the rule applies; empty: shells. */
  readonly in: readonly string[];
  /** Words that must stand behind the tool in this order; each with alternatives. */
  readonly after: readonly (readonly string[])[];
  /** Flags of which one must be there. */
  readonly with: readonly string[];
  /** Flags of which none may be there. */
  readonly without: readonly string[];
  /** Where the value stands; see command-form.ts. */
  readonly forms: readonly string[];
  /** Values that start with one of these name a file or another source. */
  readonly references: readonly string[];
  /** Only values that look like a password count: the position alone proves little. */
  readonly isStrong: boolean;
  readonly safe: SafeTemplate;
}

/** What the build writes into dist/command-rules.json. */
export interface CompiledCommandRules {
  readonly rules: readonly CommandMatcher[];
}
