// Reads a repository's objects through `git cat-file`: slow, and right by definition. The oracle in tests and the way out
// for whatever our own reader doubts. Git ends at the first damaged object; then it is started again behind that one.
import { isGitError } from '../git/git-error.ts';
import { listObjectDirectories } from '../git/object-directories.ts';
import { idBytes, type Repository } from '../git/repository.ts';
import { type GitCall, gitFailure, type RunningGit, spawnGit } from '../git/run-git.ts';
import type { Problem, ProblemSink } from '../model/problem.ts';
import { readObjectStores } from '../packs/object-stores.ts';
import { makeReadPlan } from '../packs/read-plan.ts';
import { type BlobReader, type BlobSink, MAX_OBJECT_BYTES, type ObjectList, type ObjectSink } from './blob-reader.ts';
import { BatchSplitter, LostThread, type ObjectHeader, parseHeader, readLines } from './cat-file-stream.ts';
import { reportOnce } from './report-once.ts';

/** More damaged objects than this are counted together: each costs one start of git. */
const MAX_RESTARTS = 200;
const LIST = ['cat-file', '--batch-all-objects', '--unordered', '--buffer', '--batch-check=%(objectname)'];
const CHECK = '--batch-check=%(objectname) %(objecttype) %(objectsize)';

/** A problem with one object; the id stands where a path would. */
export function objectProblem(kind: Problem['kind'], id: string, message: string): Problem {
  return { kind, path: undefined, message: `object ${id}: ${message}` };
}

export function reportMissing(id: string, problems: ProblemSink): void {
  problems(objectProblem('missing-object', id, 'not in this clone, or damaged; see git fsck'));
}

export function reportUnreadable(id: string, problems: ProblemSink): void {
  problems(objectProblem('unreadable', id, 'git cannot read it; see git fsck'));
}

export function reportCircle(id: string, problems: ProblemSink): void {
  problems(objectProblem('unreadable', id, 'its deltas go round in a circle; see git fsck'));
}

export function reportTooLarge(id: string, sizeBytes: number, problems: ProblemSink): void {
  const limit = MAX_OBJECT_BYTES >> 20;
  problems(objectProblem('cut', id, `${Math.ceil(sizeBytes / 2 ** 20)} MiB; objects over ${limit} MiB are not read`));
}

/** Ids of objects whose deltas go round in a circle. */
function findCircles(repository: Repository, call: GitCall): ReadonlySet<string> {
  const size = idBytes(repository.objectFormat);
  const directories = listObjectDirectories(repository.objectsDir, call.cwd, call.env ?? process.env);
  // What else is wrong is told by git itself.
  const stores = readObjectStores(directories, size, () => {});
  const wish = { isLooseOnly: true, isWanted: () => true, types: ['blob' as const] };
  return new Set(makeReadPlan({ ...stores, loose: [] }, size, wish).circular);
}

type HeaderSink = (header: ObjectHeader) => void;

interface Reading {
  readonly call: GitCall;
  readonly running: Set<RunningGit>;
}

/** Runs git and hands on its lines. @throws GitError when git fails */
async function askLines(
  reading: Reading,
  args: readonly string[],
  input: Buffer | undefined,
  onLine: (line: string) => void,
) {
  const git = spawnGit(args, input ? { ...reading.call, input } : reading.call);
  reading.running.add(git);
  try {
    for await (const line of readLines(git.chunks)) onLine(line);
    const { exitCode, stderr } = await git.end;
    if (exitCode !== 0) throw gitFailure(args, reading.call.cwd, exitCode, stderr);
  } finally {
    git.stop();
    reading.running.delete(git);
  }
}

/**
 * Gives the ids to runs of git until all are answered: it ends at some kinds of damage, and is started again behind it.
 *
 * @param run  one run; gives back how many ids were answered
 */
async function answerAll(
  ids: readonly string[],
  problems: ProblemSink,
  run: (ids: readonly string[]) => Promise<number>,
) {
  let at = 0;
  for (let runs = 0; at < ids.length && runs <= MAX_RESTARTS; runs++) {
    at += await run(at === 0 ? ids : ids.slice(at));
    const damaged = ids[at];
    if (damaged === undefined) return;
    reportUnreadable(damaged, problems);
    at++;
  }
  const left = ids.length - at;
  if (left > 0)
    problems({
      kind: 'unreadable',
      path: undefined,
      message: `${left} more objects: git failed too often; see git fsck`,
    });
}

function idLines(ids: readonly string[]): Buffer {
  return Buffer.from(ids.map((id) => `${id}\n`).join(''), 'latin1');
}

/** Asks for types and sizes. */
async function checkIds(reading: Reading, ids: readonly string[], problems: ProblemSink, onHeader: HeaderSink) {
  await answerAll(ids, problems, async (open) => {
    let answered = 0;
    try {
      await askLines(reading, ['cat-file', '--buffer', CHECK], idLines(open), (line) => {
        answered++;
        const header = parseHeader(line);
        if (header.type === undefined) reportMissing(header.id, problems);
        else onHeader(header);
      });
    } catch (error) {
      if (!isGitError(error, 'failed') && !isGitError(error, 'missing-object')) throw error;
    }
    return answered;
  });
}

function keepReadable(header: ObjectHeader, good: string[], problems: ProblemSink): void {
  if (header.sizeBytes > MAX_OBJECT_BYTES) reportTooLarge(header.id, header.sizeBytes, problems);
  else good.push(header.id);
}

/** One run of git. @returns how many ids were answered */
async function runBatch(reading: Reading, ids: readonly string[], sink: ObjectSink, problems: ProblemSink) {
  let answered = 0;
  const splitter = new BatchSplitter((header, bytes) => {
    if (header.id !== ids[answered]) throw new LostThread();
    answered++;
    if (header.type === undefined || bytes === undefined) reportMissing(header.id, problems);
    else sink(header.id, header.type, bytes);
  }, MAX_OBJECT_BYTES);
  const git = spawnGit(['cat-file', '--batch', '--buffer'], { ...reading.call, input: idLines(ids) });
  reading.running.add(git);
  try {
    for await (const chunk of git.chunks) splitter.push(chunk);
    await git.end;
  } catch (error) {
    if (!(error instanceof LostThread)) throw error;
    // The object before is the one that was not what git had announced.
    const damaged = ids[answered - 1];
    if (damaged !== undefined) reportUnreadable(damaged, problems);
  } finally {
    git.stop();
    reading.running.delete(git);
  }
  return answered;
}

/** Names of all objects. Git does not look into them for that, so damage does not end it. */
async function listIds(reading: Reading, problems: ProblemSink): Promise<string[]> {
  const ids: string[] = [];
  try {
    await askLines(reading, LIST, undefined, (id) => ids.push(id));
  } catch (error) {
    if (!isGitError(error, 'failed')) throw error;
    problems({ kind: 'unreadable', path: undefined, message: `not all objects could be listed: ${error.message}` });
  }
  return ids;
}

/**
 * @param call  where git is run; any folder of the repository
 * @param repository  when given, objects that git would never end on are looked for first
 * @returns a reader whose promises reject with a GitError when git cannot be started or refuses the repository
 */
export function createGitReader(call: GitCall, repository?: Repository): BlobReader {
  const reading: Reading = { call, running: new Set() };
  const once = reportOnce();
  let circles: ReadonlySet<string> | undefined;

  /** Takes out what git (2.39) never ends on, and eats all memory for. Without a repository the caller has done so. */
  function dropCircles(ids: readonly string[], problems: ProblemSink): readonly string[] {
    if (!repository) return ids;
    circles ??= findCircles(repository, call);
    if (circles.size === 0) return ids;
    return ids.filter((id) => {
      if (!circles!.has(id)) return true;
      reportCircle(id, problems);
      return false;
    });
  }

  async function listObjects(problems: ProblemSink): Promise<ObjectList> {
    const ids = { blob: [] as string[], commit: [] as string[], tree: [] as string[], tag: [] as string[] };
    const all = await listIds(reading, problems);
    const unreadable = new Set(all);
    const good = dropCircles(all, problems);
    await checkIds(reading, good, problems, ({ id, type }) => {
      unreadable.delete(id);
      if (type) ids[type].push(id);
    });
    const hasCircles = good.length < all.length;
    return {
      blobs: ids.blob,
      commits: ids.commit,
      trees: ids.tree,
      tags: ids.tag,
      unreadable: [...unreadable],
      hasCircles,
    };
  }

  /** Reads what is neither missing nor too large. */
  async function read(
    ids: readonly string[],
    isWanted: (header: ObjectHeader) => boolean,
    sink: ObjectSink,
    problems: ProblemSink,
  ) {
    const good: string[] = [];
    await checkIds(reading, dropCircles(ids, problems), problems, (header) => {
      if (isWanted(header)) keepReadable(header, good, problems);
    });
    await answerAll(good, problems, (open) => runBatch(reading, open, sink, problems));
  }

  async function readAll(skip: (id: string) => boolean, onBlob: BlobSink, problems: ProblemSink): Promise<void> {
    const ids = await listIds(reading, problems);
    const isWanted = ({ id, type }: ObjectHeader): boolean => type === 'blob' && !skip(id);
    await read(ids, isWanted, (id, _type, bytes) => onBlob(id, bytes), problems);
  }

  function readObjects(ids: readonly string[], onObject: ObjectSink, problems: ProblemSink): Promise<void> {
    return read([...new Set(ids)], () => true, onObject, problems);
  }

  return {
    listObjects: (problems) => listObjects(once(problems)),
    readAll: (skip, onBlob, problems) => readAll(skip, onBlob, once(problems)),
    readObjects: (ids, onObject, problems) => readObjects(ids, onObject, once(problems)),
    close: () => {
      for (const git of reading.running) git.stop();
    },
  };
}
