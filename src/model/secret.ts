// The only carrier of a found value. It prints masked everywhere; reveal() may be called only in the files that
// test/architecture.test.ts lists.

/** token: made by a machine. password: chosen by a person, so weak values repeat by chance (design: identity). */
export type SecretKind = 'token' | 'password';

/**
 * Masks a value for display: tokens of 20 characters and more keep up to four characters in front (so that the kind can
 * be seen) and two at the end; everything shorter is hidden whole. The number of stars says nothing about the length.
 */
export function maskValue(value: string, kind: SecretKind): string {
  const text = value.trim();
  if (kind === 'password' || text.length < 20) return '********';
  const head = text.slice(0, 4);
  const tail = text.slice(-2);
  // Four dashes of a key block, or characters that cannot be seen, tell nobody anything.
  return /[^\x21-\x7e]|^-+$/.test(head) || /[^\x21-\x7e]/.test(tail) ? '********' : `${head}********${tail}`;
}

/** Where node:util's inspect looks; named so that a hook need not load it. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** A found value that cannot be printed by accident: string conversion, JSON and inspection all give the mask. */
export class Secret {
  readonly #value: string;
  #mask: string | undefined;
  readonly kind: SecretKind;

  constructor(value: string, kind: SecretKind) {
    this.#value = value;
    this.kind = kind;
  }

  /** As a saved report has it: by its mask, and without --reveal with no value at all, so that there is nothing to reveal. */
  static fromReport(mask: string, value: string | undefined, kind: SecretKind): Secret {
    const secret = new Secret(value ?? '', kind);
    secret.#mask = mask;
    return secret;
  }

  /** The value in clear. Allowed only where the architecture test says so. */
  reveal(): string {
    return this.#value;
  }

  masked(): string {
    return this.#mask ?? maskValue(this.#value, this.kind);
  }

  toString(): string {
    return this.masked();
  }

  toJSON(): string {
    return this.masked();
  }

  [INSPECT](): string {
    return `Secret(${this.masked()})`;
  }
}
