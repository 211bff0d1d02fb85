// One part of a scan that is shared out over several machines, and what its report says of it, so that the parts can be put
// together and a wrong or missing one is noticed. Holds ids and digests, never a value.
import type { Problem } from './problem.ts';

/** `--shard 2/4`: the second of four. Index from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Which part of a history `unleak history` is about: the choice of the user, as flags said it. */
export interface HistoryChoice {
  readonly revisions: readonly string[];
  readonly branches: readonly string[];
  readonly since: string | undefined;
  readonly paths: readonly string[];
  readonly isFirstParent: boolean;
  readonly hasUnreachable: boolean;
  readonly hasAuthors: boolean;
}

/**
 * What one shard of a history saw at the first look: ids of what holds something. Who puts the shards together looks at these
 * again, in a clone, and works out where and since when: that can be said only of all shards together.
 */
export interface HistoryShare {
  readonly choice: HistoryChoice;
  /** Digest of all ids in the repository. */
  readonly objects: string;
  /** Digest of which object is whose; differs between clones that are packed otherwise. */
  readonly split: string;
  readonly blobs: readonly string[];
  readonly commits: readonly string[];
  readonly tags: readonly string[];
  /** The name of a file or folder holds something. */
  readonly hasNames: boolean;
  /** Ids that something names and the repository does not have. */
  readonly missing: readonly string[];
  readonly problems: readonly Problem[];
  readonly texts: number;
  readonly bytes: number;
  readonly cached: number;
}

export interface ShardNote extends Shard {
  /** HEAD of the scanned repository; undefined outside of one. */
  readonly commit: string | undefined;
  /** Digest of the rules that were on. */
  readonly rules: string;
  /** Digest of all other settings that decide what is reported. */
  readonly settings: string;
  /** Only of `unleak history`. */
  readonly history: HistoryShare | undefined;
}
