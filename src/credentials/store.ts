// The types of the table of credential stores: where a program keeps credentials in a home directory, how they are read
// out of the file, and what is better. Nothing is opened here.

/** A value that stands in a store. It is in clear until the command wraps it into a Secret at once. */
export interface StoredValue {
  /** What it is called there, such as `default: aws_secret_access_key`. */
  readonly name: string;
  readonly value: string;
  /** A machine made it (token) or a person chose it (password): part of its fingerprint. */
  readonly kind: 'token' | 'password';
  /** Ends by itself within hours, such as a cached session. */
  readonly isTemporary?: boolean;
}

/** What a file holds, when it could be understood. */
export type StoreContent =
  | { readonly kind: 'values'; readonly values: readonly StoredValue[] }
  /** Locked with a password, by a key ring or by the system: no plain text. */
  | { readonly kind: 'encrypted'; readonly how: string }
  /** Not in the form that is expected. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface CredentialStore {
  /** Such as `AWS credentials`. */
  readonly name: string;
  /** Relative to the home, with `/`; a `*` stands for one name. */
  readonly paths: readonly string[];
  /** @param text latin1 for binary files, UTF-8 otherwise; see isBinary */
  readonly read: (text: string, path: string) => StoreContent;
  readonly isBinary?: boolean;
  /** The better way, one sentence or two, with the command. */
  readonly better: string;
}

export const valuesOf = (values: readonly StoredValue[]): StoreContent => ({ kind: 'values', values });
