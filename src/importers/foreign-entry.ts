// What a foreign file says, in words that belong to no tool: ignores of paths and values, accepted findings, rules, and what
// cannot be carried over. Parsers make these; the plan (plan-import.ts) turns them into files of ours.

/** Where in the foreign file something stands: a line from 1, or a name such as `entry 3` where lines mean nothing. */
export type ForeignPlace = number | string;

interface EntryBase {
  readonly at: ForeignPlace;
}

/** For `ignore:` of .unleak.yml. All given conditions must hold. */
export interface ForeignIgnore extends EntryBase {
  readonly kind: 'ignore';
  /** Globs as .unleak.yml takes them. */
  readonly paths?: readonly string[];
  /** JavaScript regular expression, searched in the secret. */
  readonly value?: string;
  /** One of our rules or `provider.*`. */
  readonly rule?: string;
  readonly reason: string;
}

/** A line for .unleakignore. */
export interface ForeignIgnoreLine extends EntryBase {
  readonly kind: 'ignore-line';
  readonly pattern: string;
}

/** A value that is written out in the foreign file and accepted everywhere; only digests of it travel. */
export interface ForeignValue extends EntryBase {
  readonly kind: 'value';
  /** See value-digest.ts. */
  readonly digest: string;
  readonly reason: string;
}

/** A finding that was accepted: by its value, by its place, or both. */
export interface ForeignKnown extends EntryBase {
  readonly kind: 'known';
  /** As the foreign file has it, with `/`. */
  readonly path: string;
  /** Full or short id. */
  readonly commit?: string;
  readonly line?: number;
  readonly endLine?: number;
  /** Name of the rule in the other tool. */
  readonly rule: string;
  /** See value-digest.ts. */
  readonly digest?: string;
  /** Of the value, in characters, when it is known. */
  readonly length?: number;
  readonly reason: string;
}

/** Accepts what stands on lines that fit an expression; carried over for the findings that are there now. */
export interface ForeignLines extends EntryBase {
  readonly kind: 'lines';
  readonly test: RegExp;
  /** True when the expression is matched against `path:line:text`, as git-secrets does. */
  readonly hasPlace: boolean;
  readonly reason: string;
}

/** A whole file that was accepted as it is; its content is proved by a digest. */
export interface ForeignFile extends EntryBase {
  readonly kind: 'file';
  readonly path: string;
  /** SHA-256 as Talisman makes it. */
  readonly checksum: string;
  readonly reason: string;
}

/** A detection rule. */
export interface ForeignRule extends EntryBase {
  readonly kind: 'rule';
  readonly id: string;
  readonly description: string;
  /** As the other tool writes it: RE2, Go, Python or Rust. */
  readonly regex: string;
  readonly secretGroup: number;
  /** Bits a character; 0 for none. */
  readonly entropy: number;
  readonly keywords: readonly string[];
}

/** What cannot be carried over, and why. Neither text holds a value. */
export interface ForeignLeft extends EntryBase {
  readonly kind: 'left';
  readonly what: string;
  readonly why: string;
}

export type ForeignEntry =
  | ForeignIgnore
  | ForeignIgnoreLine
  | ForeignValue
  | ForeignKnown
  | ForeignLines
  | ForeignFile
  | ForeignRule
  | ForeignLeft;

/** One foreign file to read. */
export interface ForeignFileText {
  /** Name that people see. */
  readonly file: string;
  /** Relative to the top, with `/`; may lie outside. */
  readonly path: string;
  readonly text: string;
}
