// `unleak shell --scrub` and `--shred-backup`: takes found values out of the histories, a dry run without --yes.
import { lstatSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';
import { decideExitCode, EXIT, type ExitCode } from '../model/exit-code.ts';
import { isIncomplete } from '../model/problem.ts';
import type { HistoryFile, ShellSighting, ShellSightings } from '../model/shell-sighting.ts';
import { shredFile } from '../scrub/backup.ts';
import type { Owner } from '../scrub/check-file.ts';
import { scrub } from '../scrub/scrub.ts';
import { isBackupName, listSiblings } from '../scrub/siblings.ts';
import type { ShellArguments } from './arguments.ts';
import { formatScrub, formatScrubJson, shortenHome } from './scrub-text.ts';
import { openSession } from './session.ts';
import { createShellTools, findSightings, homeFolder, readHistories } from './shell-session.ts';
import type { Terminal } from './terminal.ts';

function ownerOf(home: string): Owner {
  return { uid: process.geteuid?.(), gid: process.getegid?.(), home };
}

/** @throws UsageError for formats and files that this command does not write */
export function wantsJson(args: ShellArguments, flag: string): boolean {
  const format = args.formats.at(-1) ?? 'text';
  if (format !== 'text' && format !== 'json') throw new UsageError(`${flag} knows the formats text and json`);
  if (args.outputs.length > 0) throw new UsageError(`${flag} writes to standard output; leave out --output`);
  return format === 'json';
}

async function runShredBackup(args: ShellArguments, terminal: Terminal): Promise<ExitCode> {
  const home = homeFolder(args, terminal);
  const { files } = await findSightings(args, terminal);
  const paths = files.map(({ path }) => path);
  const all = [...listSiblings(paths, home), ...paths];
  const backups = [...new Set(all)].filter(isBackupName).sort();
  const { uid } = ownerOf(home);
  let left = 0;
  for (const path of backups) {
    const stats = lstatSync(path);
    const isOurs = stats.isFile() && (uid === undefined || stats.uid === uid) && stats.nlink === 1;
    if (isOurs) shredFile(path);
    else left++;
    const what = isOurs ? 'overwritten and deleted' : 'NOT touched: no plain file of yours with one name';
    await terminal.writeOut(`${shortenHome(path, home)}: ${what}\n`);
  }
  const note = 'Old blocks may live on in SSDs, snapshots and backups of the disk.';
  await terminal.writeOut(backups.length === 0 ? 'There are no copies made by --backup.\n' : `${note}\n`);
  return left === 0 ? EXIT.clean : EXIT.findings;
}

/** @throws UsageError; whatever `findSightings` throws; the error of the file system for what no check foresaw */
export async function runShellScrub(args: ShellArguments, terminal: Terminal): Promise<ExitCode> {
  if (args.shredBackup && !args.scrub) return runShredBackup(args, terminal);
  if (args.shredBackup) throw new UsageError('--scrub and --shred-backup do opposite things; give one');
  if (args.backup && !args.yes) throw new UsageError('--backup needs --scrub --yes: a dry run changes nothing');
  const isJson = wantsJson(args, '--scrub');
  const home = homeFolder(args, terminal);
  const readSinceMs = Date.now();
  const session = await openSession(args, terminal, { root: home });
  // One thread: another one would be started anew for each file that is looked at again, and would need memory of its own.
  const tools = { ...createShellTools(session), jobs: 1 };
  const look = (operands: readonly string[]): Promise<ShellSightings> =>
    readHistories({ ...args, operands }, terminal, session, home, undefined, tools);
  const { files, sightings, problems } = await look(args.operands);
  const lookAgain = async (file: HistoryFile): Promise<readonly ShellSighting[]> => {
    const again = await look([file.path]);
    return again.sightings.filter(({ path }) => path === file.path);
  };
  const result = await scrub({
    files,
    sightings,
    readSinceMs,
    lookAgain,
    owner: ownerOf(home),
    environment: terminal.environment as NodeJS.ProcessEnv,
    mayUseOwnCommands: args.home === undefined,
    isForReal: args.yes,
    makesBackups: args.backup,
  });
  await terminal.writeOut(
    isJson ? formatScrubJson(result, problems, args.yes) : formatScrub(result, problems, home, args.yes),
  );
  return decideExitCode(!result.isClean, problems.some(isIncomplete), args.settings.allowIncomplete ?? false);
}
