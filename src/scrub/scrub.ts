// Takes values out of histories and of what lies beside them: file by file the check, the backup, the owner's own delete
// command or the mask, and the proof. Prints nothing; the command tells what the result says.
import { statSync } from 'node:fs';
import type { Secret } from '../model/secret.ts';
import type { HistoryFile, ShellFormat, ShellSighting } from '../model/shell-sighting.ts';
import type { Span } from '../model/span.ts';
import { deleteFromAtuin } from './atuin-delete.ts';
import { writeBackup } from './backup.ts';
import { checkFile, type Owner } from './check-file.ts';
import { findCopies } from './find-copies.ts';
import { deleteFromFish } from './fish-delete.ts';
import { joinSpans } from './mask-bytes.ts';
import { type MaskStep, maskFile } from './mask-file.ts';
import { findOpenShells, type OpenShell } from './open-shells.ts';
import type { OwnDelete } from './own-delete.ts';
import { listProcesses } from './process-list.ts';
import { isBackupName, listSiblings } from './siblings.ts';
import { rewritesZsh } from './start-up-files.ts';
import { listValueForms, type ValueForm } from './value-forms.ts';

export interface ScrubRequest {
  /** Every history that was read, and what was found in them. */
  readonly files: readonly HistoryFile[];
  readonly sightings: readonly ShellSighting[];
  /** When the reading of the histories began, milliseconds since 1970. */
  readonly readSinceMs: number;
  /** Looks at one history again. */
  readonly lookAgain: (file: HistoryFile) => Promise<readonly ShellSighting[]>;
  readonly owner: Owner;
  readonly environment: NodeJS.ProcessEnv;
  /** False for an offline copy: fish and atuin know nothing of it. */
  readonly mayUseOwnCommands: boolean;
  /** False for a dry run. */
  readonly isForReal: boolean;
  readonly makesBackups: boolean;
  readonly onStep?: (step: MaskStep) => void;
}

export type ScrubAction =
  | 'found' // dry run: would be masked
  | 'masked'
  | 'deleted' // by the program whose history it is
  | 'refused'
  | 'backup'; // a copy of ours; only --shred-backup touches it

export interface ScrubbedFile {
  readonly file: HistoryFile;
  /** A neighbour of a history, in which a value was found byte for byte. */
  readonly isSibling: boolean;
  readonly sightings: readonly ShellSighting[];
  readonly action: ScrubAction;
  /** Places overwritten, or that would be. */
  readonly places: number;
  /** Why it was refused, or what keeps values in it. */
  readonly reason: string | undefined;
  readonly notes: readonly string[];
  readonly backup: string | undefined;
  /** Places that still hold a value. */
  readonly left: number;
}

/** Running programs that will write a file again. */
export interface Threat {
  readonly file: HistoryFile;
  readonly shells: readonly OpenShell[];
}

export interface ScrubResult {
  readonly files: readonly ScrubbedFile[];
  readonly threats: readonly Threat[];
  /** False when this machine gives no list of processes. */
  readonly couldLookAtProcesses: boolean;
  readonly isClean: boolean;
}

const spansOf = (sightings: readonly ShellSighting[]): readonly Span[] => sightings.flatMap(({ spans }) => spans);

/** Neighbours are written in the format of the history that they belong to. */
function formatOfSibling(path: string, files: readonly HistoryFile[]): ShellFormat {
  if (/[/\\]\.zsh_sessions[/\\]/.test(path)) return 'zsh';
  if (/[/\\]\.bash_sessions[/\\]/.test(path)) return 'bash';
  const base = files.filter((file) => path.startsWith(file.path)).sort((a, b) => b.path.length - a.path.length)[0];
  return base?.format ?? 'lines';
}

interface Target {
  readonly file: HistoryFile;
  readonly isSibling: boolean;
  readonly sightings: readonly ShellSighting[];
  readonly spans: readonly Span[];
}

/** Histories with sightings or with a copy of a value, and neighbours with a copy. */
function listTargets({ files, sightings, owner }: ScrubRequest, forms: readonly ValueForm[]): readonly Target[] {
  const histories = files.filter(({ path }) => !isBackupName(path));
  const siblings = listSiblings(
    histories.map(({ path }) => path),
    owner.home,
  ).map((path) => ({ path, program: 'copy', format: formatOfSibling(path, histories) }));
  const all = [
    ...histories.map((file) => ({ file, isSibling: false })),
    ...siblings.map((file) => ({ file, isSibling: true })),
  ];
  return all.flatMap(({ file, isSibling }) => {
    const own = isSibling ? [] : sightings.filter(({ path }) => path === file.path);
    const spans = joinSpans([...spansOf(own), ...findCopies(file.path, forms)]);
    const isOurBackup = isBackupName(file.path);
    return own.length > 0 || spans.length > 0 || isOurBackup ? [{ file, isSibling, sightings: own, spans }] : [];
  });
}

function deleteByOwner(target: Target, path: string, request: ScrubRequest): OwnDelete | undefined {
  const { file, sightings } = target;
  const { environment, owner, mayUseOwnCommands } = request;
  if (!mayUseOwnCommands || target.isSibling || sightings.length === 0) return undefined;
  const commands: readonly Secret[] = sightings.map(({ command }) => command);
  if (file.format === 'fish') return deleteFromFish(path, commands, environment);
  if (file.program.toLowerCase() === 'atuin') return deleteFromAtuin(path, commands, environment, owner.home);
  return undefined;
}

/** Counts what still holds a value: what the detector sees, and copies byte for byte. */
async function countLeft(target: Target, request: ScrubRequest, forms: readonly ValueForm[]): Promise<number> {
  const seen = target.isSibling ? [] : await request.lookAgain(target.file);
  const paths = target.file.format === 'sqlite' ? ['', '-wal'] : [''];
  const copies = paths.flatMap((end) => findCopies(`${target.file.path}${end}`, forms));
  const cells = seen.filter(({ cell }) => cell !== undefined).length;
  return joinSpans([...spansOf(seen), ...copies]).length + (copies.length === 0 ? cells : 0);
}

/** Dates of files lag behind the clock by some milliseconds on Linux, by two seconds on old file systems. */
const CLOCK_SLACK_MS = 2500;

/** Untouched since before it was read: what was found in it is still where it was. */
function isAsRead(path: string, readSinceMs: number): boolean {
  const { mtimeMs, ctimeMs } = statSync(path);
  return Math.max(mtimeMs, ctimeMs) < readSinceMs - CLOCK_SLACK_MS;
}

async function scrubOne(target: Target, request: ScrubRequest, forms: readonly ValueForm[]): Promise<ScrubbedFile> {
  const { file, isSibling, sightings, spans } = target;
  const { owner, isForReal, makesBackups } = request;
  const places = Math.max(spans.length, sightings.length);
  const plain = { file, isSibling, sightings, places, reason: undefined, notes: [], backup: undefined };
  if (isBackupName(file.path)) return { ...plain, action: 'backup', left: Math.max(1, places) };
  const isAtuin = file.program.toLowerCase() === 'atuin' && !isSibling && request.mayUseOwnCommands;
  // atuin deletes by itself: what forbids a mask in a database does not stop it.
  const check = checkFile(file.path, isAtuin ? 'lines' : file.format, owner);
  if (check.kind === 'refused') return { ...plain, action: 'refused', reason: check.reason, left: places };
  const { notes } = check;
  if (!isForReal) return { ...plain, action: 'found', notes, left: places };

  const backup = makesBackups ? writeBackup(check.path) : undefined;
  const deleted = deleteByOwner(target, check.path, request);
  if (isAtuin) {
    const left = await countLeft(target, request, forms);
    const why = deleted?.kind === 'impossible' ? deleted.reason : 'deleted entries stay in free pages until VACUUM';
    const reason = left > 0 ? `${why}; see docs/shell-scrub.md, atuin` : undefined;
    return { ...plain, action: deleted?.kind === 'deleted' ? 'deleted' : 'refused', notes, backup, reason, left };
  }
  // A file that was written to a moment ago is searched anew, so that its places are those of now.
  const lookNow = async (): Promise<readonly ShellSighting[]> =>
    isAsRead(check.path, request.readSinceMs) ? sightings : request.lookAgain(file);
  const outcome = await maskFile({
    path: check.path,
    format: file.format,
    home: owner.home,
    locate: async () => [...(isSibling ? [] : spansOf(await lookNow())), ...findCopies(check.path, forms)],
    ...(request.onStep && { onStep: request.onStep }),
  });
  if (outcome.kind === 'refused') {
    return {
      ...plain,
      action: 'refused',
      reason: outcome.reason,
      notes,
      backup,
      left: await countLeft(target, request, forms),
    };
  }
  const left = await countLeft(target, request, forms);
  const own = deleted?.kind === 'impossible' ? [`masked in place, because ${deleted.reason}`] : [];
  return {
    ...plain,
    places: deleted?.kind === 'deleted' ? places : outcome.places,
    action: deleted?.kind === 'deleted' ? 'deleted' : 'masked',
    reason: left > 0 ? 'something wrote to it meanwhile; run this again' : undefined,
    notes: [...notes, ...own, ...outcome.notes],
    backup,
    left,
  };
}

/** Of every history, clean ones too: what was typed in a shell that is still open is in no file yet. */
function findThreats(request: ScrubRequest): Omit<ScrubResult, 'files' | 'isClean'> {
  const { owner, files } = request;
  if (!request.mayUseOwnCommands) return { threats: [], couldLookAtProcesses: true };
  const processes = listProcesses(owner.uid);
  if (!processes) return { threats: [], couldLookAtProcesses: false };
  const threats = files
    .filter(({ path }) => !isBackupName(path))
    .map((file) => ({ file, shells: findOpenShells(file, processes, process.pid, rewritesZsh(owner.home)) }))
    .filter(({ shells }) => shells.length > 0);
  return { threats, couldLookAtProcesses: true };
}

/** A program that writes its whole list brings back what was just masked. */
function bringsBack({ file, shells }: Threat, files: readonly ScrubbedFile[]): boolean {
  const wasTouched = files.some((one) => one.file.path === file.path && one.action !== 'backup');
  return wasTouched && shells.some((shell) => shell.returns === 'all');
}

/**
 * Scrubs, or says what would be scrubbed.
 *
 * @throws the error of the file system for what no check foresaw; files before it are then done
 */
export async function scrub(request: ScrubRequest): Promise<ScrubResult> {
  const forms = listValueForms(request.sightings.map(({ secret }) => secret));
  const files: ScrubbedFile[] = [];
  for (const target of listTargets(request, forms)) files.push(await scrubOne(target, request, forms));
  const dangers = findThreats(request);
  const returns = dangers.threats.some((threat) => bringsBack(threat, files));
  const hasBackups = files.some(({ backup }) => backup !== undefined);
  const isClean = !hasBackups && !returns && files.every(({ left }) => left === 0);
  return { files, ...dangers, isClean };
}
