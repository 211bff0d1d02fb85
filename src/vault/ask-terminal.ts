// Asks a person at the terminal of the process, whatever standard input and output are joined to. Used for MFA codes and
// before values are read; in CI there is nobody, and that is an answer.
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { ReadStream, WriteStream } from 'node:tty';

/** @returns undefined when the process has no terminal */
function openTerminal(): { input: ReadStream; output: WriteStream; close: () => void } | undefined {
  const [read, write] = process.platform === 'win32' ? ['\\\\.\\CONIN$', '\\\\.\\CONOUT$'] : ['/dev/tty', '/dev/tty'];
  const descriptors: number[] = [];
  try {
    descriptors.push(openSync(read, 'r'), openSync(write, 'w'));
    const [forInput = -1, forOutput = -1] = descriptors;
    const input = new ReadStream(forInput);
    const output = new WriteStream(forOutput);
    return {
      input,
      output,
      close: () => {
        input.destroy();
        output.destroy();
      },
    };
  } catch {
    // No terminal (ENXIO, ENOENT), or one that cannot be used: nobody to ask. The caller says so.
    for (const descriptor of descriptors) closeSync(descriptor);
    return undefined;
  }
}

/**
 * @param waitMs  how long the person has
 * @returns what was typed, without blanks around it; undefined when there is no terminal, no answer in time, or Ctrl-D
 */
export async function askTerminal(question: string, waitMs: number): Promise<string | undefined> {
  const terminal = openTerminal();
  if (!terminal) return undefined;
  // Not in raw mode: Ctrl-C must reach the process as a signal, as everywhere else.
  const lines = createInterface({ input: terminal.input, output: terminal.output, terminal: false });
  try {
    const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
    const answer = lines.question(question, { signal: AbortSignal.timeout(waitMs) }).catch(() => undefined);
    return (await Promise.race([answer, closed]))?.trim();
  } finally {
    lines.close();
    terminal.close();
  }
}
