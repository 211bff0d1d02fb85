// What git tells pre-push and pre-receive on standard input, and which commits that means. Foreign bytes: a line that git
// would not write is an error, never skipped.
import { UsageError } from '../model/errors.ts';

/** One ref that a push changes. */
export interface RefUpdate {
  /** The ref at the receiving side, such as `refs/heads/main`. */
  readonly ref: string;
  readonly newId: string;
  /** undefined: the ref is new. */
  readonly oldId: string | undefined;
}

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const isZero = (id: string): boolean => /^0+$/.test(id);

function toUpdate(ref: string, newId: string, oldId: string): RefUpdate | undefined {
  if (!ID.test(newId) || !ID.test(oldId) || ref === '') return undefined;
  return { ref, newId, oldId: isZero(oldId) ? undefined : oldId };
}

function parseLines(text: string, hook: string, parse: (line: string) => RefUpdate | undefined): readonly RefUpdate[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const updates = lines.map((line, i) => {
    const update = parse(line);
    if (update) return update;
    throw new UsageError(
      `standard input, line ${i + 1}: is not what git gives a ${hook} hook; let git run it, or see docs/hooks.md`,
    );
  });
  return updates.filter(({ newId }) => !isZero(newId));
}

/** `local-ref local-id remote-ref remote-id`, where the local ref may be any expression. Deleted refs are left out. */
export function parsePrePush(text: string): readonly RefUpdate[] {
  return parseLines(text, 'pre-push', (line) => {
    const [, newId = '', ref = '', oldId = ''] = /^.* (\S+) (\S+) (\S+)$/.exec(line.trimEnd()) ?? [];
    return toUpdate(ref, newId, oldId);
  });
}

/** `old-id new-id ref`. Deleted refs are left out. */
export function parsePreReceive(text: string): readonly RefUpdate[] {
  return parseLines(text, 'pre-receive', (line) => {
    const [, oldId = '', newId = '', ref = ''] = /^(\S+) (\S+) (.+)$/.exec(line.trimEnd()) ?? [];
    return toUpdate(ref, newId, oldId);
  });
}
