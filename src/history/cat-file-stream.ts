// Takes the output of `git cat-file --batch` and `--batch-check` apart, piece by piece as it comes out of the pipe.
// It trusts git's numbers only as far as memory goes: a size over the limit is refused before anything is kept.
import type { ObjectType } from './blob-reader.ts';

const TYPES: ReadonlySet<string> = new Set<ObjectType>(['blob', 'tree', 'commit', 'tag']);
/** `ID TYPE SIZE`; an id has at most 64 characters. */
const MAX_HEADER_BYTES = 256;
const NEWLINE = 0x0a;

/** The line before an object; type and size are undefined for `ID missing` and the like. */
export interface ObjectHeader {
  readonly id: string;
  readonly type: ObjectType | undefined;
  readonly sizeBytes: number;
}

/** Parses `ID TYPE SIZE` or `ID missing`. */
export function parseHeader(line: string): ObjectHeader {
  const [id = '', type = '', size = ''] = line.split(' ');
  const isKnown = TYPES.has(type) && /^\d{1,16}$/.test(size);
  return { id, type: isKnown ? (type as ObjectType) : undefined, sizeBytes: isKnown ? Number(size) : 0 };
}

/** Gives the lines of a stream without their newlines, latin1. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** An object that is coming in. */
interface OpenObject {
  readonly header: ObjectHeader;
  readonly content: Buffer;
  filled: number;
}

/** Git gave more or fewer bytes than it announced (a damaged loose object): what follows cannot be understood. */
export class LostThread extends Error {
  override readonly name = 'LostThread';
}

/** Splits the answers of `git cat-file --batch`. */
export class BatchSplitter {
  readonly #onObject: (header: ObjectHeader, bytes: Uint8Array | undefined) => void;
  readonly #maxBytes: number;
  #line: Buffer = Buffer.alloc(0);
  #open: OpenObject | undefined;
  #newlineDue = false;

  /**
   * @param onObject  called for each answer, in order; without bytes when git has none
   * @param maxBytes  largest object that the caller asked for
   */
  constructor(onObject: (header: ObjectHeader, bytes: Uint8Array | undefined) => void, maxBytes: number) {
    this.#onObject = onObject;
    this.#maxBytes = maxBytes;
  }

  /** @throws LostThread when the bytes are no answer of git's */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#newlineDue) {
        this.#newlineDue = false;
        if (chunk[at++] !== NEWLINE) throw new LostThread();
      } else if (this.#open) at = this.#fill(this.#open, chunk, at);
      else at = this.#readHeader(chunk, at);
    }
  }

  #fill(open: OpenObject, chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + open.content.length - open.filled);
    chunk.copy(open.content, open.filled, at, end);
    open.filled += end - at;
    if (open.filled === open.content.length) this.#finish(open.header, open.content);
    return end;
  }

  #finish(header: ObjectHeader, bytes: Uint8Array): void {
    this.#open = undefined;
    this.#newlineDue = true;
    this.#onObject(header, bytes);
  }

  #readHeader(chunk: Buffer, at: number): number {
    const lineEnd = chunk.indexOf(NEWLINE, at);
    const piece = chunk.subarray(at, lineEnd < 0 ? chunk.length : lineEnd);
    const line = this.#line.length > 0 ? Buffer.concat([this.#line, piece]) : piece;
    if (line.length > MAX_HEADER_BYTES) throw new LostThread();
    if (lineEnd < 0) {
      this.#line = Buffer.from(line);
      return chunk.length;
    }
    this.#line = Buffer.alloc(0);
    const header = parseHeader(line.toString('latin1'));
    if (header.type === undefined) this.#onObject(header, undefined);
    else this.#begin(header, chunk, lineEnd + 1);
    const isWhole = header.type !== undefined && this.#newlineDue;
    return lineEnd + 1 + (isWhole ? header.sizeBytes : 0);
  }

  /** Hands a whole object on without a copy when the chunk holds all of it. */
  #begin(header: ObjectHeader, chunk: Buffer, start: number): void {
    if (header.sizeBytes > this.#maxBytes) throw new LostThread();
    if (header.sizeBytes <= chunk.length - start) {
      this.#finish(header, chunk.subarray(start, start + header.sizeBytes));
    } else {
      this.#open = { header, content: Buffer.allocUnsafeSlow(header.sizeBytes), filled: 0 };
    }
  }
}
