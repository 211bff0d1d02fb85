// The outside world as a command sees it: streams, environment, clock. Given by the entry, so that commands can be run in
// a test, and so that only the entries touch `process`.

export interface Terminal {
  /** Writes to standard output and waits until it is taken. A closed pipe ends the run quietly (in the entry). */
  readonly writeOut: (text: string) => Promise<void>;
  readonly writeError: (text: string) => void;
  readonly isOutTerminal: boolean;
  readonly isErrorTerminal: boolean;
  /** Width of the terminal in columns; 80 when it is none. */
  readonly columns: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream;
  /** YYYY-MM-DD in local time. */
  readonly today: string;
}
