// What a reader of a repository's objects gives, whoever does the work: git itself (git-reader.ts, the fallback and the
// oracle) or our own pack reader (own-reader.ts). Readers know no rules; both must hand on the same set of (id, bytes).
import type { ProblemSink } from '../model/problem.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** What the object stores hold: hex ids, each once, in no promised order. Unreachable ones too. */
export interface ObjectList {
  readonly blobs: readonly string[];
  readonly commits: readonly string[];
  readonly trees: readonly string[];
  readonly tags: readonly string[];
  /** There, and of unknown type, because they cannot be read; each is reported. */
  readonly unreadable: readonly string[];
  /** Deltas of some of these go round in a circle: a git that comes across one never ends, so it may not walk here. */
  readonly hasCircles: boolean;
}

/** Takes one blob. `bytes` are valid only during the call. */
export type BlobSink = (id: string, bytes: Uint8Array) => void;

/** Takes one object of any type. `bytes` are valid only during the call. */
export type ObjectSink = (id: string, type: ObjectType, bytes: Uint8Array) => void;

/**
 * Every id that is asked for ends either in the sink or in a problem that names it: `missing-object` when it is not
 * there, `unreadable` when it is damaged, `cut` when it is larger than MAX_OBJECT_BYTES.
 */
export interface BlobReader {
  /** Lists every object in the repository's object stores: packs, loose files, alternates. */
  readonly listObjects: (problems: ProblemSink) => Promise<ObjectList>;
  /** Reads every blob not excluded by `skip` exactly once, in the cheapest order. */
  readonly readAll: (skip: (id: string) => boolean, onBlob: BlobSink, problems: ProblemSink) => Promise<void>;
  /** Reads the named objects of any type, each once, in any order. */
  readonly readObjects: (ids: readonly string[], onObject: ObjectSink, problems: ProblemSink) => Promise<void>;
  /** Closes files and ends processes. */
  readonly close: () => void;
}

/** Larger objects are counted, not read: git itself makes no deltas of them (core.bigFileThreshold), and memory is bounded. */
export const MAX_OBJECT_BYTES = 512 * 1024 * 1024;
