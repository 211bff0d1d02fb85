// Reads a repository's objects with our own pack reader, and hands everything doubtful to git. When something is met that
// only git may understand, git does all the work. The plan of a reading can be shared out to threads (see PlannedReader).

import { ENTRY } from '../git/entry-header.ts';
import { listObjectDirectories } from '../git/object-directories.ts';
import { findRepository, idBytes } from '../git/repository.ts';
import type { GitCall } from '../git/run-git.ts';
import { createUnpacker } from '../kernel/create-unpacker.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { ChangeReach } from '../packs/delta-changes.ts';
import { asBuffer, idAt } from '../packs/hex-ids.ts';
import { peekLooseTypes } from '../packs/loose-files.ts';
import { type ObjectStores, readObjectStores, readPartOfStores } from '../packs/object-stores.ts';
import { makeReadPlan, type ReadPlan, type Wish } from '../packs/read-plan.ts';
import { listTreeRoots } from '../packs/tree-roots.ts';
import { type Leftover, type StoredSink, workThrough } from '../packs/work-through.ts';
import type { BlobReader, BlobSink, ObjectList, ObjectSink } from './blob-reader.ts';
import { createGitReader, objectProblem, reportCircle } from './git-reader.ts';
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
  /** Root of the delta tree of each packed object; call listObjects() before. Undefined when only git can read this. */
  readonly listRoots: () => ReadonlyMap<string, string> | undefined;
}

/** Below this a thread costs more than it brings: its start, and code that is not warm yet (test/bench/history.md). */
const SHARED_FROM_BYTES = 400e6;

/** Up to so many objects it is cheaper to follow each to its root than to go through all headers. */
const FEW_OBJECTS = 3000;

/** True when a plan is worth more than one thread. */
export function isWorthSharing(plan: ReadPlan): boolean {
  return plan.estimatedBytes >= SHARED_FROM_BYTES && plan.units.length / 3 > 8;
}

/** Works through a plan in this thread: the same for the main thread and for workers. See workThrough. */
export function readPlanned(plan: ReadPlan, onObject: StoredSink, reach?: ChangeReach): Promise<Leftover> {
  return workThrough(plan, createUnpacker(), onObject, reach);
}

/** Ids by type of entry. */
function listPacked(stores: ObjectStores): readonly string[][] {
  const lists: string[][] = [[], [], [], [], []];
  for (const { index, forest, repeated } of stores.packs) {
    const ids = asBuffer(index.bytes);
    for (const node of forest?.order ?? []) {
      const number = forest?.idNumbers[node] ?? 0;
      if (repeated?.[number] === 1) continue;
      lists[forest?.types[node] ?? 0]?.push(idAt(ids, index.idStart, index.idStride, index.idBytes, number));
    }
  }
  return lists;
}

/**
 * @param call  any folder of the repository, and the environment
 * @throws GitError when it is no repository, or git refuses it
 */
export function createOwnReader(call: GitCall, repository = findRepository(call.cwd, call.env)): PlannedReader {
  const bytesOfId = idBytes(repository.objectFormat);
  const git = createGitReader(call);
  let stores: ObjectStores | undefined;

  const listDirectories = (): readonly string[] =>
    listObjectDirectories(repository.objectsDir, call.cwd, call.env ?? process.env);
  const openStores = (problems: ProblemSink): ObjectStores => {
    stores ??= readObjectStores(listDirectories(), bytesOfId, problems);
    return stores;
  };
  const once = reportOnce();
  const partOfStores = (ids: readonly string[], problems: ProblemSink): ObjectStores =>
    readPartOfStores(listDirectories(), bytesOfId, ids, problems);

  async function planFor(wish: Wish, problems: ProblemSink): Promise<ReadPlan | undefined> {
    const isFew = stores === undefined && wish.ids !== undefined && wish.ids.size <= FEW_OBJECTS;
    const opened = isFew ? partOfStores([...wish.ids!], problems) : openStores(problems);
    return opened.unusual === undefined ? makeReadPlan(opened, bytesOfId, wish) : undefined;
  }

  async function finish(plan: ReadPlan, leftovers: readonly Leftover[], sink: ObjectSink, problems: ProblemSink) {
    for (const id of leftovers.flatMap(({ cut }) => cut))
      problems(objectProblem('cut', id, 'left out: the repository unpacks to more than a thousand times its size'));
    for (const id of plan.circular) reportCircle(id, problems);
    const doubtful = [...plan.doubtful, ...leftovers.flatMap((leftover) => leftover.doubtful)];
    if (doubtful.length > 0) await git.readObjects(doubtful, sink, problems);
  }

  async function listObjects(problems: ProblemSink): Promise<ObjectList> {
    const opened = openStores(problems);
    if (opened.unusual !== undefined) return git.listObjects(problems);
    const lists = listPacked(opened);
    const byType = {
      commit: lists[ENTRY.commit]!,
      tree: lists[ENTRY.tree]!,
      blob: lists[ENTRY.blob]!,
      tag: lists[ENTRY.tag]!,
    };
    const everything: Wish = { isLooseOnly: true, isWanted: () => true, types: ['blob', 'tree', 'commit', 'tag'] };
    const plan = makeReadPlan({ ...opened, loose: [] }, bytesOfId, everything);
    const unknown = peekLooseTypes(opened.loose, createUnpacker(), (id, type) => byType[type].push(id));
    const unreadable = new Set([...plan.circular, ...plan.doubtful, ...unknown]);
    const take: ObjectSink = (id, type) => {
      unreadable.delete(id);
      byType[type].push(id);
    };
    await finish({ ...plan, doubtful: [...plan.doubtful, ...unknown] }, [], take, problems);
    const { blob, commit, tree, tag } = byType;
    const hasCircles = plan.circular.length > 0;
    return { blobs: blob, commits: commit, trees: tree, tags: tag, unreadable: [...unreadable], hasCircles };
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
    listObjects: (problems) => listObjects(once(problems)),
    readAll: (skip, onBlob, problems) => readAll(skip, onBlob, once(problems)),
    readObjects: (ids, onObject, problems) => readObjects(ids, onObject, once(problems)),
    planAll: (skip, problems) => planFor({ isWanted: (id) => !skip(id), types: ['blob'] }, once(problems)),
    finishPlan: (plan, leftovers, onBlob, problems) =>
      finish(plan, leftovers, (id, type, bytes) => void (type === 'blob' && onBlob(id, bytes)), once(problems)),
    listRoots: () => {
      if (stores === undefined || stores.unusual !== undefined) return undefined;
      const roots = new Map<string, string>();
      listTreeRoots(stores.packs, (id, root) => roots.set(id, root));
      return roots;
    },
    close: git.close,
  };
}
