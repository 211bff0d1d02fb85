// A value that the user brought along to be looked for, and what its file says of it. It never leaves this layer but as a Secret.

/** Shorter values occur everywhere by chance. Bytes. */
export const SHORTEST_VALUE = 6;
/** Longer ones would not fit the context of a window. Bytes. */
export const LONGEST_VALUE = 4096;

export interface KnownValue {
  /** What people are told: the key's name, or the line of the file. */
  readonly name: string;
  readonly value: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

/** Values of a file, and the lines that cannot be looked for. Messages hold no value. */
export interface KnownList {
  readonly values: readonly KnownValue[];
  readonly refused: readonly { readonly line: number; readonly why: string }[];
}

/** Sorts what was read into what can be looked for and what cannot. */
export function sortValues(read: readonly KnownValue[]): KnownList {
  const values: KnownValue[] = [];
  const refused: { readonly line: number; readonly why: string }[] = [];
  for (const one of read) {
    const size = Buffer.byteLength(one.value);
    if (size < SHORTEST_VALUE) refused.push({ line: one.line, why: `shorter than ${SHORTEST_VALUE} characters` });
    else if (size > LONGEST_VALUE) refused.push({ line: one.line, why: `longer than ${LONGEST_VALUE} bytes` });
    else values.push(one);
  }
  return { values, refused };
}
