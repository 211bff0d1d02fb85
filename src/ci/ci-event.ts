// What a CI system says it was started for, before git was asked: the common form of all systems' variables and payloads.
// Types only, and the one test that all readers share.

export type Environment = Readonly<Record<string, string | undefined>>;

/** A commit as a CI system names it: by id, by refs of the remote from which it can be fetched, or both. */
export interface Revision {
  /** An id, or what git resolves in the clone, such as `HEAD`. */
  readonly id: string | undefined;
  /** Full names of refs at the remote, best first. */
  readonly refs: readonly string[];
}

/** What a push did. */
export interface Push {
  /** `none`: the ref is new. `unknown`: the system does not say. */
  readonly before: string | 'none' | 'unknown';
  readonly after: Revision;
  /** Full name of the pushed ref; undefined when the system does not say. */
  readonly ref: string | undefined;
  /** Name of the default branch; undefined: ask the remote. */
  readonly defaultBranch: string | undefined;
}

/** What there is to scan. */
export type Wish =
  /** What `head` has and `base` has not: pull requests, merge queues. */
  | { readonly kind: 'change'; readonly base: Revision; readonly head: Revision }
  | { readonly kind: 'push'; readonly push: Push }
  /** Everything that leads to HEAD, and the work tree. */
  | { readonly kind: 'history' }
  /** The files of one commit; undefined: HEAD. */
  | { readonly kind: 'tree'; readonly commit: Revision | undefined }
  | { readonly kind: 'nothing'; readonly why: string };

export interface CiEvent {
  readonly system: string;
  readonly event: string;
  readonly wish: Wish;
  /** One sentence each, for the summary. */
  readonly notes: readonly string[];
}

/** No id, or the zeros that stand for "there is none". */
export function isNoId(text: string | undefined): boolean {
  return text === undefined || /^0*$/.test(text.trim());
}

/** The text, or undefined for nothing and for blanks. */
export function wordOf(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}

/** A commit that only its id names. */
export function byId(id: string | undefined, ...refs: readonly (string | undefined)[]): Revision {
  return { id: isNoId(id) ? undefined : id?.trim(), refs: refs.filter((ref) => ref !== undefined) };
}

/** `refs/heads/NAME` for a name or a full ref; undefined for nothing. */
export function branchRef(name: string | undefined): string | undefined {
  const word = wordOf(name);
  if (word === undefined) return undefined;
  return word.startsWith('refs/') ? word : `refs/heads/${word}`;
}
