// The members of a tar that arrives as a stream. Only regular files: links, devices and folders hold no content.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { Budget } from './budget.ts';

export interface TarMember {
  readonly name: string;
  readonly sizeBytes: number;
  /** What is left of it is skipped when the next member is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Passes on what is read and counts it. @throws LimitReached */
export async function* countBytes(chunks: AsyncIterable<Uint8Array>, budget: Budget): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    budget.takeBytes(chunk.length);
    yield chunk;
  }
}

/** @throws Error when the stream is no tar, is damaged or ends too soon; LimitReached */
export async function* readTar(source: Readable, isPacked: boolean, budget: Budget): AsyncGenerator<TarMember> {
  const members = extract();
  const unpacked = isPacked ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => unpacked.destroy(error));
  const done = pipeline(Readable.from(countBytes(unpacked, budget)), members);
  // The same error reaches the loop below, which throws it.
  done.catch(() => undefined);
  for await (const entry of members) {
    const { name, type, size = 0 } = entry.header;
    if (type !== 'file' && type !== 'contiguous-file') {
      entry.resume();
      continue;
    }
    budget.takeMember();
    // The type of the package says nothing of the chunks; they are Buffers.
    yield { name, sizeBytes: size, content: entry as AsyncIterable<Uint8Array> };
    entry.resume();
  }
  await done;
}
