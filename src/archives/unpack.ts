// One archive → a target for each of its members, nested archives included. Nothing is written to disk; what cannot be
// read, or not whole, becomes a problem at the path of the archive or of the member.
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ProblemSink } from '../model/problem.ts';
import type { Target } from '../model/target.ts';
import { type ArchiveKind, archiveKind } from './archive-kind.ts';
import { Budget, LIMITS, LimitReached, type Limits } from './budget.ts';
import { countBytes, readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

/** What is between an archive and its member in a path; jar files made it known. */
const JOINT = '!/';
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

interface Archive {
  readonly kind: ArchiveKind;
  /** Path in reports, such as `a.zip!/b.jar`. */
  readonly path: string;
  readonly depth: number;
  readonly budget: Budget;
  readonly problems: ProblemSink;
}

async function readAll(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Tells people what went wrong, in one line. */
function reportFailure({ path, problems }: Pick<Archive, 'path' | 'problems'>, error: unknown): void {
  if (error instanceof LimitReached) problems({ kind: 'cut', path, message: error.message });
  else problems({ kind: 'unreadable', path, message: `cannot be unpacked: ${reasonOf(error)}` });
}

/** The first line of a library's message, short enough for a line of ours. */
function reasonOf(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.slice(0, 80);
}

/** What can be read of a member; a failure in the middle is reported, and what came before is scanned. */
async function* untilFailure(chunks: AsyncIterable<Uint8Array>, at: Pick<Archive, 'path' | 'problems'>) {
  try {
    yield* chunks;
  } catch (error) {
    reportFailure(at, error);
  }
}

/** The member as a target, and what is inside when it is an archive itself. */
async function* takeBytes(outer: Archive, name: string, bytes: Uint8Array): AsyncGenerator<Target> {
  const path = outer.path + JOINT + name;
  yield { kind: 'blob', origin: { kind: 'file', path }, bytes, addedLines: undefined };
  const kind = archiveKind(name);
  if (kind === undefined) return;
  if (outer.depth >= outer.budget.limits.depth) {
    outer.problems({ kind: 'cut', path, message: 'is nested too deep; not unpacked' });
    return;
  }
  yield* unpackContent(
    { ...outer, kind, path, depth: outer.depth + 1 },
    () => bytes,
    () => Readable.from([bytes]),
  );
}

async function* unpackZip(archive: Archive, zip: Uint8Array): AsyncGenerator<Target> {
  const onFault = ({ name, message }: { readonly name: string; readonly message: string }): void =>
    archive.problems({ kind: 'cut', path: archive.path + JOINT + name, message });
  for (const { name, bytes } of readZip(zip, archive.budget, onFault)) yield* takeBytes(archive, name, bytes);
}

async function* unpackTar(archive: Archive, source: Readable): AsyncGenerator<Target> {
  for await (const { name, sizeBytes, content } of readTar(source, archive.kind === 'tar.gz', archive.budget)) {
    const path = archive.path + JOINT + name;
    if (archiveKind(name) === undefined) {
      const chunks = untilFailure(content, { path, problems: archive.problems });
      yield { kind: 'stream', origin: { kind: 'file', path }, chunks };
    } else if (sizeBytes > archive.budget.limits.memberBytes) {
      const most = archive.budget.limits.memberBytes >> 20;
      archive.problems({ kind: 'cut', path, message: `is an archive larger than ${most} MiB; not unpacked` });
    } else yield* takeBytes(archive, name, await readAll(content));
  }
}

async function* unpackGzip(archive: Archive, source: Readable): AsyncGenerator<Target> {
  const name = archive.path.slice(archive.path.lastIndexOf('/') + 1).replace(/\.(?:gz|gzip)$/i, '');
  const unpacked = source.pipe(createGunzip());
  source.on('error', (error) => unpacked.destroy(error));
  archive.budget.takeMember();
  const path = archive.path + JOINT + name;
  const chunks = untilFailure(countBytes(unpacked, archive.budget), { path, problems: archive.problems });
  yield { kind: 'stream', origin: { kind: 'file', path }, chunks };
}

async function* unpackContent(
  archive: Archive,
  readWhole: () => Promise<Uint8Array> | Uint8Array,
  openStream: () => Readable,
): AsyncGenerator<Target> {
  const { kind, path, problems } = archive;
  if (kind === 'unsupported') {
    problems({ kind: 'unreadable', path, message: 'cannot be unpacked: this kind of archive is not supported' });
    return;
  }
  try {
    if (kind === 'zip') yield* unpackZip(archive, await readWhole());
    else if (kind === 'gz') yield* unpackGzip(archive, openStream());
    else yield* unpackTar(archive, openStream());
  } catch (error) {
    reportFailure(archive, error);
  }
}

/** The members of an archive on disk. @param path relative to `root`; not an archive: no targets */
export async function* unpackFile(
  root: string,
  path: string,
  problems: ProblemSink,
  limits: Limits = LIMITS,
): AsyncGenerator<Target> {
  const kind = archiveKind(path);
  if (kind === undefined) return;
  let file: FileHandle | undefined;
  try {
    file = await open(`${root}/${path}`, OPEN_FLAGS);
    const { size } = await file.stat();
    const archive = { kind, path, depth: 1, budget: new Budget(limits), problems };
    if (kind === 'zip' && size > limits.bytes) {
      problems({ kind: 'cut', path, message: `is larger than ${limits.bytes >> 20} MiB; not unpacked` });
      return;
    }
    const { fd } = file;
    const openStream = (): Readable => createReadStream('', { fd, autoClose: false, start: 0 });
    yield* unpackContent(archive, () => readAll(openStream()), openStream);
  } catch (error) {
    // The scan of the file itself tells what is wrong with it: gone, a link, no permission.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  } finally {
    await file?.close();
  }
}
