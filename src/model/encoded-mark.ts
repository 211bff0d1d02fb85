// Signs of text that is written in escapes. The kernel looks for these beside the rules' words; the runs of base64 and hex
// it finds by itself (ENCODED in kernel/kernel.ts).

/** How text may be escaped. */
export type EscapeForm = 'percent' | 'backslash' | 'entity' | 'quoted-printable';

export interface EncodedMark {
  /** Compared without case. */
  readonly literal: string;
  readonly form: EscapeForm;
}

/** An encoded colon, and letters or quotes that nobody encodes but for a reason. All are rare: 1 in 150 KB of packages. */
export const ENCODED_MARKS: readonly EncodedMark[] = [
  { literal: '%3a', form: 'percent' },
  { literal: '\\u00', form: 'backslash' },
  { literal: '\\x6', form: 'backslash' },
  { literal: '\\x2', form: 'backslash' },
  { literal: '&#x', form: 'entity' },
  { literal: '&#1', form: 'entity' },
];
