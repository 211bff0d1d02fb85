// The cheapest honest way to get rid of a secret: none of it needs a rewrite when the value never left the machine. Pure.
// Commands hold only ids and names of refs that are safe in a shell.
import { FORGET_COMMANDS, type Holder, type Pushed, type Reach, type WayOut } from '../model/history.ts';

export interface WayOutFacts {
  readonly reach: Reach;
  readonly pushed: Pushed;
  readonly holders: readonly Holder[];
  readonly firstCommit: string | undefined;
  /** The first commit has no parents. */
  readonly isRoot: boolean;
  /** HEAD's own commit brought it. */
  readonly isBroughtByHead: boolean;
  readonly isInHeadHistory: boolean;
  readonly isInMessage: boolean;
  readonly isInHead: boolean;
}

const NEVER_LEFT = 'It never left this machine, as far as the remote-tracking branches say.';
const NOBODY_KNOWS =
  'Git cannot tell whether it has left this machine: rotate it, unless you are sure that it has not.';

const isSafe = (name: string): boolean => /^[\w./@{}+-]+$/.test(name) && !name.startsWith('-');

/** `main` as it is, anything odd as a placeholder. */
function word(name: string): string {
  return !isSafe(name) ? 'NAME' : /[{}]/.test(name) ? `'${name}'` : name;
}

function firstOf(holders: readonly Holder[], kind: Holder['kind']): Holder | undefined {
  return holders.find((holder) => holder.kind === kind);
}

/** Only garbage, stashes, reflogs and indexes keep it. */
function forgetLoose({ holders }: WayOutFacts): WayOut {
  const stashes = holders.filter(({ kind }) => kind === 'stash');
  if (stashes.length > 0) {
    // From the last to the first: dropping one renumbers those behind it.
    const drops = [...stashes].reverse().map(({ name }) => `git stash drop ${word(name)}`);
    return {
      text: 'Only a stash keeps it: drop it, then let git forget the objects.',
      commands: [...drops, ...FORGET_COMMANDS],
    };
  }
  const index = firstOf(holders, 'index');
  if (index) {
    const where = index.name === '' ? 'the index' : `the index of work tree ${index.name}`;
    return {
      text: `Only ${where} keeps it: take it out of the file, stage the file again, then let git forget the objects.`,
      commands: ['git add FILE', ...FORGET_COMMANDS],
    };
  }
  return { text: 'No branch or tag keeps it: let git forget it.', commands: FORGET_COMMANDS };
}

/** A branch or tag of this machine keeps it. */
function mendLocally(facts: WayOutFacts): WayOut {
  const { holders, isBroughtByHead, isInHeadHistory, isInMessage, firstCommit, isRoot } = facts;
  const branches = holders.filter(({ kind }) => kind === 'branch');
  const id = firstCommit?.slice(0, 12) ?? 'COMMIT';
  if (firstOf(holders, 'note') && branches.length === 0) {
    return {
      text: 'Only a note keeps it: write the note anew and drop the old notes.',
      commands: ['git notes edit COMMIT', ...FORGET_COMMANDS],
    };
  }
  const tags = holders.filter(({ kind }) => kind === 'tag');
  if (tags.length > 0 && tags.length === holders.length) {
    const names = tags.map(({ name }) => word(name));
    return {
      text: `Only ${tags.length === 1 ? 'a tag keeps' : 'tags keep'} it: delete ${tags.length === 1 ? 'it' : 'them'}, and tag anew.`,
      commands: [`git tag -d ${names.join(' ')}`, ...FORGET_COMMANDS],
    };
  }
  if (isBroughtByHead && branches.length <= 1) {
    const commands = isInMessage ? ['git commit --amend'] : ['git commit --amend --no-edit FILE'];
    const what = isInMessage ? 'amend its message' : 'take it out of the file and amend';
    return { text: `It came with the last commit: ${what}.`, commands: [...commands, ...FORGET_COMMANDS] };
  }
  const base = isRoot ? '--root' : `${id}^`;
  const rebase = isInMessage
    ? [`git rebase -i ${base}`]
    : [`git commit --fixup=${id} FILE`, `git rebase -i --autosquash ${base}`];
  const branch = isInHeadHistory ? undefined : branches[0];
  const text = `It came with commit ${id}: ${isInMessage ? 'reword that commit' : 'mend that commit'}${
    branch ? ` on branch ${word(branch.name)}` : ''
  }.`;
  return { text, commands: [...(branch ? [`git switch ${word(branch.name)}`] : []), ...rebase, ...FORGET_COMMANDS] };
}

/** @returns what to do next */
export function findWayOut(facts: WayOutFacts): WayOut {
  const { pushed, reach, holders } = facts;
  if (pushed === 'yes') {
    const remote = firstOf(holders, 'remote');
    const where = remote ? `${word(remote.name)} holds it` : 'a remote branch held it';
    return {
      text: `It has left this machine (${where}): rotate it first. Only then is it worth rewriting the history.`,
      commands: [],
    };
  }
  const local = reach === 'unreachable' ? forgetLoose(facts) : mendLocally(facts);
  return { text: `${pushed === 'no' ? NEVER_LEFT : NOBODY_KNOWS} ${local.text}`, commands: local.commands };
}
