// Takes `git log --raw -c -z` apart as it comes out of the pipe: commits with their message and the paths they change. Of a
// merge git shows only what differs from every parent. Foreign bytes: what does not fit ends with an error of git's kind.

/** One path that a commit brings or changes. */
export interface LoggedPath {
  readonly path: string;
  readonly newId: string;
  readonly newMode: number;
}

export interface LoggedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message: Buffer;
  readonly paths: LoggedPath[];
}

/** NUL-separated: ids, message, then records and paths. */
export const COMMIT_FORMAT = '--format=tformat:%x01%H %P%x00%B';
const HEADER = 1;
const COLON = 0x3a;
const NEWLINE = 0x0a;
const RECORD = /^:+((?:[0-7]{6} )+)((?:[0-9a-f]{40,64} )+)[A-Z]+\d*$/;

type State = 'between' | 'message' | { readonly newMode: number; readonly newId: string };

/** Takes git's output in pieces and hands on each commit when it is whole. */
export class CommitLogParser {
  readonly #onCommit: (commit: LoggedCommit) => void;
  #rest: Buffer = Buffer.alloc(0);
  #open: LoggedCommit | undefined;
  #header: { id: string; parents: readonly string[] } | undefined;
  #state: State = 'between';

  constructor(onCommit: (commit: LoggedCommit) => void) {
    this.#onCommit = onCommit;
  }

  /** @throws TypeError when git printed something else */
  push(chunk: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (let end = bytes.indexOf(0, at); end >= 0; end = bytes.indexOf(0, at)) {
      this.#take(bytes.subarray(at, end));
      at = end + 1;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
  }

  /** @throws TypeError when the output ends in the middle */
  end(): void {
    if (this.#rest.some((byte) => byte !== NEWLINE) || this.#state !== 'between')
      throw new TypeError('git log ended early');
    this.#close();
  }

  #close(): void {
    if (this.#open) this.#onCommit(this.#open);
    this.#open = undefined;
  }

  #take(token: Buffer): void {
    const state = this.#state;
    if (state === 'message') {
      this.#state = 'between';
      if (this.#header) this.#open = { ...this.#header, message: Buffer.from(token), paths: [] };
      return;
    }
    if (state !== 'between') {
      this.#state = 'between';
      this.#open?.paths.push({ path: token.toString('utf8'), ...state });
      return;
    }
    // Git puts a line break between a message and its records.
    const start = token[0] === NEWLINE ? 1 : 0;
    if (token.length === start) return;
    if (token[start] === HEADER) this.#takeHeader(token.toString('latin1', start + 1));
    else if (token[start] === COLON) this.#takeRecord(token.toString('latin1', start));
    else throw new TypeError('git log printed something that is not known');
  }

  #takeHeader(text: string): void {
    this.#close();
    const [id = '', ...parents] = text.split(' ').filter(Boolean);
    this.#header = { id, parents };
    this.#state = 'message';
  }

  #takeRecord(text: string): void {
    const match = RECORD.exec(text);
    if (!match) throw new TypeError('git log printed a record that is not known');
    const newMode = Number.parseInt((match[1] as string).trim().split(' ').at(-1) ?? '0', 8);
    this.#state = { newMode, newId: (match[2] as string).trim().split(' ').at(-1) ?? '' };
  }
}
