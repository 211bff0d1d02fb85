// What `unleak shell --scrub` tells people. Values are masked; names and paths are made safe to look at.

import type { Problem } from '../model/problem.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import type { OpenShell } from '../scrub/open-shells.ts';
import type { ScrubAction, ScrubbedFile, ScrubResult, Threat } from '../scrub/scrub.ts';
import { countOf } from '../util/amounts.ts';

const DID: Readonly<Record<ScrubAction, string>> = {
  found: 'would be masked in place',
  masked: 'masked in place',
  deleted: 'deleted by its own program, whole entries',
  refused: 'NOT touched',
  backup: 'holds the values in clear; unleak shell --shred-backup destroys it',
};

/** `~/.bash_history` for people; other places as they are. */
export function shortenHome(path: string, home: string): string {
  const inside = path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
  return makeVisible(inside);
}

function describeFile(one: ScrubbedFile, home: string): readonly string[] {
  const { file, sightings, places, action, reason, notes, backup, left } = one;
  const path = shortenHome(file.path, home);
  if (action === 'backup') return [`${path}: ${DID.backup}`];
  const seen = sightings.reduce((sum, { spans, cell }) => sum + (cell ? 1 : spans.length), 0);
  const copies = Math.max(0, places - seen);
  const entries = new Set(sightings.map(({ entryNumber }) => entryNumber)).size;
  const head = one.isSibling ? 'a copy beside a history' : makeVisible(file.program);
  const amounts =
    sightings.length === 0
      ? `a value that was found elsewhere, in ${countOf(places, 'place')}`
      : `${countOf(sightings.length, 'value')} in ${entries} of its entries`;
  return [
    `${path} (${head}): ${amounts}`,
    ...sightings.map(({ entryNumber, time, ruleId, secret }) => {
      const day = time === undefined ? '' : `, ${new Date(time * 1000).toISOString().slice(0, 10)}`;
      return `  entry ${entryNumber}${day}: ${makeVisible(secret.masked())} (${ruleId})`;
    }),
    ...(copies > 0 && sightings.length > 0 ? [`  the same text in ${countOf(copies, 'more place')}`] : []),
    `  ${DID[action]}${reason === undefined ? '' : `: ${makeVisible(reason)}`}`,
    ...(action !== 'found' && action !== 'refused' && left > 0 ? [`  ${countOf(left, 'place')} left`] : []),
    ...(backup === undefined ? [] : [`  a copy with the values in clear: ${shortenHome(backup, home)}`]),
    ...notes.map((note) => `  note: ${makeVisible(note)}`),
  ];
}

const RETURNS: Readonly<Record<OpenShell['returns'], string>> = {
  typed: 'what was typed in it is written when it ends, secrets too',
  all: 'its whole list is written when it ends, masked entries in clear again',
};

/** One line a process, with all files that it may write. */
function describeThreats(threats: readonly Threat[], home: string): readonly string[] {
  const byPid = new Map<number, { shell: OpenShell; files: string[] }>();
  for (const { file, shells } of threats) {
    for (const shell of shells) {
      const known = byPid.get(shell.pid) ?? { shell, files: [] };
      known.files.push(shortenHome(file.path, home));
      byPid.set(shell.pid, known);
    }
  }
  if (byPid.size === 0) return [];
  const rows = [...byPid.values()].map(({ shell, files }) => {
    const { pid, name, terminal, isOurs, returns, remedy } = shell;
    const ours = isOurs ? ', where you typed this' : '';
    return `  ${makeVisible(name)}, process ${pid} on ${terminal ?? 'a terminal'}${ours} → ${files.join(', ')}\n    ${RETURNS[returns]}; ${remedy}`;
  });
  return ['Still open:', ...rows, '  Run this again when they have ended.', ''];
}

function sumUp({ files, isClean }: ScrubResult, isForReal: boolean): string {
  const left = files.reduce((sum, one) => sum + one.left, 0);
  if (files.length === 0) return 'No values found in the histories.';
  if (files.every(({ action }) => action === 'backup')) {
    return 'No values found in the histories; the copies are left: unleak shell --shred-backup';
  }
  if (!isForReal) return `Dry run: nothing was changed. To mask: unleak shell --scrub --yes`;
  if (left > 0) return `${countOf(left, 'place')} still in clear.`;
  return isClean
    ? 'Nothing is left in these files.'
    : 'Nothing is left in the histories; what is named above is to be done.';
}

/** @param isForReal  --yes was given */
export function formatScrub(
  result: ScrubResult,
  problems: readonly Problem[],
  home: string,
  isForReal: boolean,
): string {
  const { files, threats, couldLookAtProcesses } = result;
  const hasValues = files.some(({ action }) => action !== 'backup');
  return [
    ...files.flatMap((one) => [...describeFile(one, home), '']),
    ...describeThreats(threats, home),
    ...(couldLookAtProcesses ? [] : ['Open shells could not be listed here: close them, then run this again.', '']),
    ...problems.map(
      ({ path, message }) => `not read: ${path === undefined ? '' : `${makeVisible(path)}: `}${makeVisible(message)}`,
    ),
    ...(problems.length > 0 ? [''] : []),
    ...(hasValues
      ? ['A mask is not the fix: change each value where it was issued. Backups, synchronised copies and logs keep it.']
      : []),
    sumUp(result, isForReal),
    '',
  ].join('\n');
}

/** For --format json. Values are masked by their carrier. */
export function formatScrubJson(result: ScrubResult, problems: readonly Problem[], isForReal: boolean): string {
  const files = result.files.map(({ sightings, file, ...rest }) => ({
    ...file,
    ...rest,
    sightings: sightings.map(({ entryNumber, time, ruleId, secret }) => ({ entryNumber, time, ruleId, secret })),
  }));
  const open = result.threats.flatMap(({ file, shells }) => shells.map((shell) => ({ file: file.path, ...shell })));
  return `${JSON.stringify({ dryRun: !isForReal, clean: result.isClean, files, open, problems }, null, 2)}\n`;
}
