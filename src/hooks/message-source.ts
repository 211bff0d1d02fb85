// The message of a commit as it will be kept: without the lines that git takes out. Line numbers stay those of the file.

import { resolve } from 'node:path';
import { type GitCall, runGitSync } from '../git/run-git.ts';
import { UsageError } from '../model/errors.ts';
import type { Source } from '../sources/source.ts';
import { describeUnread, LARGEST_SETTINGS, readWhole } from '../util/read-whole.ts';

const SCISSORS = /^.{1,16} -{24} >8 -{24}$/;

/** How git cleans a message up. */
export interface MessageCleaning {
  /** What a comment line starts with; undefined: no line is a comment. */
  readonly comment: string | undefined;
  /** Nothing below git's scissors line is kept. */
  readonly hasScissors: boolean;
}

/** Empties the lines that git will take out. latin1 keeps every byte. */
export function dropComments(message: Buffer, { comment, hasScissors }: MessageCleaning): Buffer {
  const lines = message.toString('latin1').split('\n');
  const cut = hasScissors ? lines.findIndex((line) => SCISSORS.test(line.trimEnd())) : -1;
  const kept = cut < 0 ? lines : lines.slice(0, cut);
  const text = kept.map((line) => (comment !== undefined && line.startsWith(comment) ? '' : line)).join('\n');
  return Buffer.from(text, 'latin1');
}

function readConfig(name: string, call: GitCall): string | undefined {
  const { exitCode, stdout } = runGitSync(['config', '--get', name], call);
  return exitCode === 0 ? stdout.toString('utf8').replace(/\n$/, '') : undefined;
}

/**
 * Git says `GIT_EDITOR=:` when nobody edits the message (-m, -F): then every line is kept, comments too, unless the
 * user's commit.cleanup says otherwise. With `auto` any of git's characters may be the comment's; then all lines count.
 */
export function findCleaning(call: GitCall): MessageCleaning {
  const isEdited = call.env?.GIT_EDITOR !== ':';
  const cleanup = readConfig('commit.cleanup', call) ?? 'default';
  const mark = readConfig('core.commentString', call) ?? readConfig('core.commentChar', call) ?? '#';
  const isStripped = cleanup === 'strip' || (cleanup === 'default' && isEdited);
  const comment = isStripped && mark !== 'auto' ? Buffer.from(mark, 'utf8').toString('latin1') : undefined;
  return { comment, hasScissors: isEdited && (isStripped || cleanup === 'scissors') };
}

/** @param file as git names it, relative to the folder that hooks run in. @throws UsageError when it cannot be read */
export function createMessageSource(file: string, root: string, cleaning: MessageCleaning): Source {
  let message: Buffer;
  try {
    message = readWhole(resolve(root, file), LARGEST_SETTINGS);
  } catch (cause) {
    const what = `the message of the commit: ${describeUnread(cause)}; git gives its file to the commit-msg hook`;
    throw new UsageError(what, { cause });
  }
  return {
    mode: 'diff',
    root,
    subject: 'message of the commit',
    async *targets() {
      const origin = { kind: 'stdin', path: '(message of the commit)' } as const;
      yield [{ kind: 'blob', origin, bytes: dropComments(message, cleaning), addedLines: undefined }];
    },
  };
}
