// What a manager of hooks is for unleak: a few files that it reads, and how one hook is put into them and taken out. The
// folder has one file for each kind of manager; managers.ts lists them.

import type { HookName, ManagerName } from '../model/hook-name.ts';
import type { FileChange } from './file-change.ts';
import type { HookPlace } from './hook-place.ts';
import type { Program } from './shell-block.ts';

/** What makes a manager known, for people. */
export interface Sighting {
  readonly manager: ManagerName;
  /** Such as `core.hooksPath is .husky/_`. */
  readonly why: string;
  /** Its own file, absolute; a folder of hook files for husky, hooks-path and git. */
  readonly file: string;
}

export interface HookWish {
  readonly place: HookPlace;
  readonly sighting: Sighting;
  readonly hooks: readonly HookName[];
  readonly program: Program;
}

export interface Manager {
  /** Hooks that it can run; the others are refused. */
  readonly hooks: readonly HookName[];
  /** Changes that put the hooks in. @throws UsageError with the text to add by hand when that cannot be done safely */
  readonly install: (wish: HookWish) => readonly FileChange[];
  /** Changes that take everything of unleak's out. */
  readonly uninstall: (wish: Omit<HookWish, 'hooks' | 'program'>) => readonly FileChange[];
  /** What the user runs after a change, so that git knows of it. */
  readonly nextSteps: (wish: HookWish) => readonly string[];
  /** How it calls unleak for a hook, if it does. */
  readonly findCall: (place: HookPlace, sighting: Sighting, hook: HookName) => HookCall | undefined;
}

/** How a hook reaches unleak. */
export interface HookCall {
  /** Absolute file that says it. */
  readonly file: string;
  /** `framework`: the pre-commit framework has a copy of unleak of its own. */
  readonly kind: 'block' | 'line' | 'framework';
  /** What a shell runs for it; for a block the block itself, for a framework's copy the words behind `unleak`. */
  readonly command: string;
  /** Lines of a hook file that run before a block of ours; '' when it comes first, as it should. */
  readonly codeBefore?: string;
}
