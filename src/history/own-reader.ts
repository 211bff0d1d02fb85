// Reads a repository's objects with our own pack reader, and hands everything doubtful to git. When something is met that
// only git may understand, git does all the work. The plan of a reading can be shared out to threads (see PlannedReader).

import { listObjectDirectories } from '../git/object-directories.ts';
import { findRepository, idBytes } from '../git/repository.ts';
import type { GitCall } from '../git/run-git.ts';
import { createUnpacker } from '../kernel/create-unpacker.ts';
import type { ProblemSink } from '../model/problem.ts';
import { ENTRY } from '../packs/entry-header.ts';
import { asBuffer, idAt } from '../packs/hex-ids.ts';
import { type ObjectStores, readObjectStores } from '../packs/object-stores.ts';
import { makeReadPlan, type ReadPlan, type Wish } from '../packs/read-plan.ts';
import { type Leftover, type StoredSink, workThrough } from '../packs/work-through.ts';
import type { BlobList, BlobReader, BlobSink, ObjectSink } from './blob-reader.ts';
import { createGitReader, objectProblem } from './git-reader.ts';
import { reportOnce } from './report-once.ts';

/** A reader whose work can be shared out. */
export interface PlannedReader extends BlobReader {
  /**
   * Plans the reading of every blob not excluded by `skip`. Every thread then calls readPlanned() with the plan, and the main
   * one finishPlan() with what all threads could not read.
   *
   * @returns undefined when only git can read this repository: call readAll() then
   */
  readonly planAll: (skip: (id: string) => boolean, problems: ProblemSink) => Promise<ReadPlan | undefined>;
  /** Asks git for what the plan and the threads left over. */
  readonly finishPlan: (
    plan: ReadPlan,
    leftovers: readonly Leftover[],
    onBlob: BlobSink,
    problems: ProblemSink,
  ) => Promise<void>;
}

/** Below this a thread costs more than it brings: its start, and WebAssembly that is not warm yet. */
const SHARED_FROM_BYTES = 150e6;

/** True when a plan is worth more than one thread. */
export function isWorthSharing(plan: ReadPlan): boolean {
  return plan.estimatedBytes >= SHARED_FROM_BYTES && plan.units.length / 3 > 8;
}

/** Works through a plan in this thread: the same for the main thread and for workers. */
export function readPlanned(plan: ReadPlan, onObject: StoredSink): Promise<Leftover> {
  return workThrough(plan, createUnpacker(), onObject);
}

function countTypes(stores: ObjectStores): { blobs: string[]; commits: number; trees: number; tags: number } {
  const blobs: string[] = [];
  const counts = new Uint32Array(8);
  for (const { index, forest, repeated } of stores.packs) {
    const ids = asBuffer(index.bytes);
    for (const node of forest?.order ?? []) {
      const number = forest?.idNumbers[node] ?? 0;
      if (repeated?.[number] === 1) continue;
      const type = forest?.types[node] ?? 0;
      counts[type]!++;
      if (type === ENTRY.blob) blobs.push(idAt(ids, index.idStart, index.idStride, index.idBytes, number));
    }
  }
  const [, commits = 0, trees = 0, , tags = 0] = counts;
  return { blobs, commits, trees, tags };
}

/**
 * @param call  any folder of the repository, and the environment
 * @throws GitError when it is no repository, or git refuses it
 */
export function createOwnReader(call: GitCall): PlannedReader {
  const repository = findRepository(call.cwd, call.env);
  const bytesOfId = idBytes(repository.objectFormat);
  const git = createGitReader(call);
  let stores: ObjectStores | undefined;

  const openStores = (problems: ProblemSink): ObjectStores => {
    stores ??= readObjectStores(
      listObjectDirectories(repository.objectsDir, call.cwd, call.env ?? process.env),
      bytesOfId,
      problems,
    );
    return stores;
  };
  const once = reportOnce();

  async function planFor(wish: Wish, problems: ProblemSink): Promise<ReadPlan | undefined> {
    const opened = openStores(problems);
    return opened.unusual === undefined ? makeReadPlan(opened, bytesOfId, wish) : undefined;
  }

  async function finish(plan: ReadPlan, leftovers: readonly Leftover[], sink: ObjectSink, problems: ProblemSink) {
    for (const id of leftovers.flatMap(({ cut }) => cut))
      problems(objectProblem('cut', id, 'left out: the repository unpacks to more than a thousand times its size'));
    for (const id of plan.circular)
      problems(objectProblem('unreadable', id, 'its deltas go round in a circle; see git fsck'));
    const doubtful = [...plan.doubtful, ...leftovers.flatMap((leftover) => leftover.doubtful)];
    if (doubtful.length > 0) await git.readObjects(doubtful, sink, problems);
  }

  async function listBlobs(problems: ProblemSink): Promise<BlobList> {
    const opened = openStores(problems);
    if (opened.unusual !== undefined) return git.listBlobs(problems);
    const list = countTypes(opened);
    // Loose objects tell their type only when read, as do doubtful ones.
    const plan = makeReadPlan(opened, bytesOfId, {
      isLooseOnly: true,
      isWanted: () => true,
      types: ['blob', 'tree', 'commit', 'tag'],
    });
    const take: ObjectSink = (id, type) => {
      if (type === 'blob') list.blobs.push(id);
      else if (type === 'commit') list.commits++;
      else if (type === 'tree') list.trees++;
      else list.tags++;
    };
    await finish(plan, [await readPlanned(plan, take)], take, problems);
    return list;
  }

  async function readWish(wish: Wish, sink: ObjectSink, problems: ProblemSink): Promise<boolean> {
    const plan = await planFor(wish, problems);
    if (!plan) return false;
    await finish(plan, [await readPlanned(plan, sink)], sink, problems);
    return true;
  }

  async function readAll(skip: (id: string) => boolean, onBlob: BlobSink, problems: ProblemSink): Promise<void> {
    const sink: ObjectSink = (id, type, bytes) => {
      if (type === 'blob') onBlob(id, bytes);
    };
    const isRead = await readWish({ isWanted: (id) => !skip(id), types: ['blob'] }, sink, problems);
    if (!isRead) await git.readAll(skip, onBlob, problems);
  }

  async function readObjects(ids: readonly string[], onObject: ObjectSink, problems: ProblemSink): Promise<void> {
    const open = new Set(ids);
    const sink: ObjectSink = (id, type, bytes) => {
      open.delete(id);
      onObject(id, type, bytes);
    };
    // Others than full ids are git's to understand.
    const wanted = new Set(ids.filter((id) => id.length === bytesOfId * 2 && /^[0-9a-f]+$/.test(id)));
    const wish: Wish = { isWanted: (id) => wanted.has(id), ids: wanted, types: ['blob', 'tree', 'commit', 'tag'] };
    const plan = await planFor(wish, problems);
    if (plan) {
      const leftover = await readPlanned(plan, sink);
      await finish(plan, [leftover], sink, problems);
      for (const id of [...plan.doubtful, ...plan.circular, ...leftover.doubtful, ...leftover.cut]) open.delete(id);
    }
    // What no store had when they were listed may have come since; and git knows the empty tree.
    if (open.size > 0) await git.readObjects([...open], onObject, problems);
  }

  return {
    listBlobs: (problems) => listBlobs(once(problems)),
    readAll: (skip, onBlob, problems) => readAll(skip, onBlob, once(problems)),
    readObjects: (ids, onObject, problems) => readObjects(ids, onObject, once(problems)),
    planAll: (skip, problems) => planFor({ isWanted: (id) => !skip(id), types: ['blob'] }, once(problems)),
    finishPlan: (plan, leftovers, onBlob, problems) =>
      finish(plan, leftovers, (id, type, bytes) => void (type === 'blob' && onBlob(id, bytes)), once(problems)),
    close: git.close,
  };
}
