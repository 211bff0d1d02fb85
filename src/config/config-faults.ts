// Collects what is wrong in one file of the user's, so that everything is said at once.
import { ConfigError } from '../model/errors.ts';

export interface ConfigFault {
  /** From 1. */
  readonly line: number;
  /** What is wrong and what to do; never a value that could be a secret. */
  readonly message: string;
}

/** A word of the user's for a message: kept when it looks like a key or a name, else only described. */
export function quoteKey(text: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]{0,29}$/.test(text) ? `"${text}"` : 'a key that is no plain word';
}

/** @throws ConfigError with one line a fault, each with file and line, in file order; nothing when there is none */
export function throwFaults(file: string, faults: readonly ConfigFault[]): void {
  const sorted = [...faults].sort((a, b) => a.line - b.line);
  const first = sorted[0];
  if (!first) return;
  const rest = sorted.slice(1).map((fault) => `\n${file}:${fault.line}: ${fault.message}`);
  throw new ConfigError(first.message + rest.join(''), { file, line: first.line });
}
