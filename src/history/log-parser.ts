// Takes `git log --raw -z` apart as it comes out of the pipe. Most records are of no interest: they are recognised by the
// first digits of their object ids, without making a string. Combined records of merges (`-c`) are understood too.

/** One path that a commit changes, against its first parent (or, combined, against all). */
export interface LoggedChange {
  readonly path: string;
  /** All zeros when the path is new. */
  readonly oldId: string;
  /** All zeros when the path is gone. */
  readonly newId: string;
}

export interface LoggedCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Committer's time, seconds since 1970. */
  readonly time: number;
  /** `Name <mail>`. */
  readonly author: string;
  readonly changes: LoggedChange[];
}

/** Which records are wanted; all when undefined. */
export interface LogInterest {
  readonly ids: ReadonlySet<string>;
  /** Asked for each path when given. */
  readonly isPathWanted?: (path: string) => boolean;
}

/** What a commit prints before its records. Control characters cannot stand in the fields. */
export const LOG_FORMAT = '--format=tformat:%x01%H%x02%P%x02%ct%x02%an <%ae>';
const COLON = 0x3a;
const MARK = 0x01;
const RECORD = /^:+(?:[0-7]{6} )+((?:[0-9a-f]{40,64} )+)[A-Z]+\d*$/;

function hexDigit(byte: number): number {
  return byte <= 0x39 ? byte - 0x30 : byte - 0x57;
}

function prefixOf(bytes: Uint8Array, at: number): number {
  return (
    ((hexDigit(bytes[at]!) << 12) |
      (hexDigit(bytes[at + 1]!) << 8) |
      (hexDigit(bytes[at + 2]!) << 4) |
      hexDigit(bytes[at + 3]!)) &
    0xffff
  );
}

export class LogParser {
  readonly #onCommit: (commit: LoggedCommit) => void;
  readonly #interest: LogInterest | undefined;
  readonly #prefixes = new Uint8Array(0x10000);
  #rest: Buffer = Buffer.alloc(0);
  #open: LoggedCommit | undefined;

  constructor(onCommit: (commit: LoggedCommit) => void, interest: LogInterest | undefined) {
    this.#onCommit = onCommit;
    this.#interest = interest;
    for (const id of interest?.ids ?? []) this.#prefixes[Number.parseInt(id.slice(0, 4), 16)] = 1;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const next = this.#readToken(bytes, at);
      if (next < 0) break;
      at = next;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
  }

  end(): void {
    if (this.#open) this.#onCommit(this.#open);
    this.#open = undefined;
  }

  /** @returns where the next token starts, or -1 when this one is not whole yet */
  #readToken(bytes: Buffer, start: number): number {
    let at = start;
    while (bytes[at] === 0x0a || bytes[at] === 0) at++;
    const end = bytes.indexOf(0, at);
    if (end < 0) return -1;
    if (bytes[at] === MARK) {
      this.#beginCommit(bytes.toString('utf8', at + 1, end));
      return end + 1;
    }
    const nameEnd = bytes.indexOf(0, end + 1);
    if (nameEnd < 0) return -1;
    if (this.#mayMatter(bytes, at, end)) {
      this.#addChange(bytes.toString('latin1', at, end), bytes.toString('utf8', end + 1, nameEnd));
    }
    return nameEnd + 1;
  }

  #beginCommit(text: string): void {
    this.end();
    const [id = '', parents = '', time = '0', author = ''] = text.split('\x02');
    this.#open = { id, parents: parents.split(' ').filter(Boolean), time: Number(time), author, changes: [] };
  }

  /** Cheap look at `:100644 100644 OLD NEW M`. */
  #mayMatter(bytes: Buffer, at: number, end: number): boolean {
    if (!this.#interest || this.#interest.isPathWanted || bytes[at + 1] === COLON) return true;
    const oldAt = at + 15;
    const idLength = (end - oldAt - 3) >> 1;
    return this.#prefixes[prefixOf(bytes, oldAt)] === 1 || this.#prefixes[prefixOf(bytes, oldAt + idLength + 1)] === 1;
  }

  #addChange(record: string, path: string): void {
    const ids = RECORD.exec(record)?.[1]?.trimEnd().split(' ');
    const oldId = ids?.[0];
    const newId = ids?.at(-1);
    if (oldId === undefined || newId === undefined || !this.#open) {
      throw new TypeError('git log printed a record that cannot be read');
    }
    const interest = this.#interest;
    if (interest && !interest.ids.has(oldId) && !interest.ids.has(newId) && !interest.isPathWanted?.(path)) return;
    this.#open.changes.push({ path, oldId, newId });
  }
}
