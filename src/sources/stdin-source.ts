// Standard input as one endless text.
import { UsageError } from '../model/errors.ts';
import type { StreamTarget } from '../model/target.ts';
import type { Source } from './source.ts';

/** The input: process.stdin, or any stream of bytes. */
export interface InputStream extends AsyncIterable<Uint8Array> {
  readonly isTTY?: boolean;
}

/** Name of standard input when the user gives none. */
export const STDIN_NAME = 'stdin';

/** @throws UsageError when the input is a terminal, where a person would wait for nothing */
export function refuseTerminal(input: InputStream, usage: string): void {
  if (input.isTTY) throw new UsageError(`standard input is a terminal; pipe the text in: ${usage}`);
}

/** Options of the standard input source. */
export interface StdinSourceOptions {
  readonly input: InputStream;
  /** Folder that counts as the root; nothing is read from it. */
  readonly root: string;
  /** Path for rules that look at paths; `stdin` when absent. */
  readonly name?: string | undefined;
}

/** The source that `unleak stdin` scans. @throws UsageError for a terminal */
export function createStdinSource(options: StdinSourceOptions): Source {
  refuseTerminal(options.input, 'some-command | unleak stdin');
  const path = options.name ?? STDIN_NAME;
  const target: StreamTarget = { kind: 'stream', origin: { kind: 'stdin', path }, chunks: options.input };
  return {
    mode: 'stdin',
    root: options.root,
    subject: path,
    async *targets() {
      yield [target];
    },
  };
}
