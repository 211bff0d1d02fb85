// What is known of one secret before the vault is asked: the words around it, and never its value. Made by read-clues.ts
// from the text of a file, joined for all places of a secret; read by the matching.

/** The evidence at one place. */
export interface PlaceClues {
  /** Name that the value is assigned to, such as `STRIPE_API_KEY`. */
  readonly variable: string | undefined;
  /** Names of the blocks around it, outermost first, such as `production`, `database`. */
  readonly keyPath: readonly string[];
  readonly hosts: readonly string[];
  readonly databases: readonly string[];
  readonly users: readonly string[];
  /** Schemes of URLs and kinds of databases that the lines around it speak of, such as `postgres`. */
  readonly engines: readonly string[];
  /** Texts near it that could be names or ARNs of entries. */
  readonly mentions: readonly string[];
  /** Accounts that ARNs near it name. */
  readonly accounts: readonly string[];
  /** Words of its own line, and of comments right above it. */
  readonly beside: string;
  /** Regions that the lines near it name. */
  readonly regions: readonly string[];
  /** Environment that comments or settings near it speak of. */
  readonly near: string | undefined;
}

export const NO_CLUES: PlaceClues = {
  variable: undefined,
  keyPath: [],
  hosts: [],
  databases: [],
  users: [],
  engines: [],
  mentions: [],
  accounts: [],
  beside: '',
  regions: [],
  near: undefined,
};

/** The evidence for one secret. */
export interface Clues {
  readonly ruleId: string;
  /** Provider of the rule; undefined for rules that know none (`generic`, `http-auth` …). */
  readonly provider: string | undefined;
  /** How it would be stored: `api-token`, `database` …; from the rule. */
  readonly kind: string | undefined;
  readonly jsonKeys: readonly string[];
  readonly variables: readonly string[];
  readonly keyPaths: readonly (readonly string[])[];
  /** Paths of the files it stands in. */
  readonly paths: readonly string[];
  readonly hosts: readonly string[];
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly engines: readonly string[];
  readonly mentions: readonly string[];
  readonly accounts: readonly string[];
  readonly beside: readonly string[];
  readonly regions: readonly string[];
  /** Such as `production`; `nonproduction`: any but that; undefined when nothing says it. */
  readonly environment: string | undefined;
  /** Name of the repository or its folder. */
  readonly project: string | undefined;
}
