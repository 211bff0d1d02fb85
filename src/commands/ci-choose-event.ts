// What a scan in CI is about: what the user says first, then what the CI system's environment says.
import { branchRef, type CiEvent, type Revision } from '../ci/ci-event.ts';
import { detectCi } from '../ci/detect-ci.ts';
import { UsageError } from '../model/errors.ts';
import type { CiArguments } from './ci-arguments.ts';
import type { Terminal } from './terminal.ts';

function revisionOf(text: string): Revision {
  return { id: text, refs: [branchRef(text)].filter((ref) => ref !== undefined) };
}

function withRange(event: CiEvent | undefined, range: string): CiEvent {
  const match = /^(.*?)\.{2,3}(.*)$/.exec(range);
  const base = match ? match[1] : range;
  if (!base) throw new UsageError('the range needs a base: BASE or BASE..HEAD');
  const wish = { kind: 'change', base: revisionOf(base), head: revisionOf(match?.[2] || 'HEAD') } as const;
  return { system: event?.system ?? 'command line', event: event?.event ?? 'given range', wish, notes: [] };
}

/** @throws UsageError when nothing says what is to be scanned */
export function chooseEvent(args: CiArguments, terminal: Terminal): CiEvent {
  const event = detectCi(terminal.environment);
  if (args.range !== undefined) return withRange(event, args.range);
  const named = { system: event?.system ?? 'command line', event: event?.event ?? `mode ${args.mode}`, notes: [] };
  if (args.mode === 'full') return { ...named, wish: { kind: 'history' } };
  if (args.mode === 'tree') return { ...named, wish: { kind: 'tree', commit: undefined } };
  if (event === undefined) {
    throw new UsageError('no CI system that is known set its variables; name what to scan: unleak diff --ci BASE');
  }
  if (args.mode === 'range' && (event.wish.kind === 'history' || event.wish.kind === 'tree')) {
    throw new UsageError(`the event ${event.event} names no range of commits; give the base, or use the mode auto`);
  }
  return event;
}
