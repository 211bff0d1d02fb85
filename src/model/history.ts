// What is known of a secret in a repository's history: when it came, where it still is, whether it has left the machine,
// and the cheapest way out. Computed for what was found only; shared by all findings of one secret.

/** In HEAD's tree; in the tip of a branch or tag; only in older commits; only in reflog, stash, an index or loose objects. */
export const REACHES = ['head', 'refs', 'history', 'unreachable'] as const;
export type Reach = (typeof REACHES)[number];

/** `yes`: a remote-tracking ref holds it, or once held it. `unknown`: no remotes, or only a tag holds it. */
export type Pushed = 'yes' | 'no' | 'unknown';

/** What kind of text of a repository a finding stands in. */
export type HistoryPlace = 'file' | 'name' | 'commit-message' | 'tag-message' | 'note';

/** A commit for people. Author is left out under --author-privacy. */
export interface CommitNote {
  readonly id: string;
  /** Committer's date, ISO 8601 in UTC. */
  readonly date: string;
  /** `Name <mail>`. */
  readonly author: string | undefined;
  /** Path of the secret in that commit; undefined for a message. */
  readonly path: string | undefined;
}

/** One path that held the secret, in any version. */
export interface PathNote {
  readonly path: string;
  /** Different contents with the secret in them. */
  readonly versions: number;
}

export type HolderKind =
  | 'head'
  | 'branch'
  | 'remote'
  | 'tag'
  | 'note'
  | 'ref'
  | 'stash'
  | 'reflog'
  | 'worktree'
  | 'index';

/** A ref, or another root of git's, that keeps the secret. */
export interface Holder {
  readonly kind: HolderKind;
  /** As people write it: `main`, `origin/main`, `v1.2`, `stash@{0}`, the folder of a work tree. */
  readonly name: string;
  /** `tip`: what it points to holds the secret itself. `history`: only an older commit does. */
  readonly holds: 'tip' | 'history';
}

/** What makes git forget objects that nothing keeps any more: the end of every way out. */
export const FORGET_COMMANDS: readonly string[] = [
  'git reflog expire --expire=now --expire-unreachable=now --all',
  'git gc --prune=now',
];

/** What to do, in one sentence, and the commands for it. */
export interface WayOut {
  readonly text: string;
  readonly commands: readonly string[];
}

export interface SecretHistory {
  readonly reach: Reach;
  readonly pushed: Pushed;
  /** Commit that brought it; undefined when no commit has it. */
  readonly first: CommitNote | undefined;
  /** Newest commit that holds it. */
  readonly last: CommitNote | undefined;
  /** Newest commit that removed it; undefined while HEAD holds it. */
  readonly removed: CommitNote | undefined;
  /** Sorted by path. */
  readonly paths: readonly PathNote[];
  readonly holders: readonly Holder[];
  readonly wayOut: WayOut;
}
