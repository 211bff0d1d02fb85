// Standard input of a hook, read to its end. Git gives it a pipe; a terminal means that a person runs the hook by hand.

import type { InputStream } from '../sources/stdin-source.ts';
import { refuseTerminal } from '../sources/stdin-source.ts';

export async function readInput(input: InputStream, usage: string): Promise<Buffer> {
  refuseTerminal(input, usage);
  const parts: Uint8Array[] = [];
  for await (const part of input) parts.push(part);
  return Buffer.concat(parts);
}
