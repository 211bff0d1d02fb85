// What the histories hold, for `unleak shell` and for its scrub: files are found or named, read, and what is in them is
// judged like every other finding.
import { lstatSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { relative, resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { JudgedFinding, SuppressionUse } from '../model/report.ts';
import type { HistoryFile, ShellSighting, ShellSightings } from '../model/shell-sighting.ts';
import { discoverHistories } from '../shell/discover.ts';
import { createBlockQueue } from '../shellscan/block-queue.ts';
import { type BlockScanner, createBlockScanner } from '../shellscan/block-scanner.ts';
import type { FoundItem } from '../shellscan/found-item.ts';
import { createLookPool } from '../shellscan/look-pool.ts';
import { readHistoryFile } from '../shellscan/read-history-file.ts';
import { createTextLooker, type TextLooker } from '../shellscan/text-look.ts';
import type { ShellArguments } from './arguments.ts';
import { createSessionJudge, isReported } from './judge-session.ts';
import { openSession, type Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** What came of reading the histories. */
export interface ShellOutcome extends ShellSightings {
  readonly judged: readonly JudgedFinding[];
  readonly suppressions: readonly SuppressionUse[];
  readonly bytes: number;
}

/** The home folder that is meant. @throws UsageError when --home is no folder */
export function homeFolder(args: ShellArguments, terminal: Terminal): string {
  const home = args.home === undefined ? (terminal.environment.HOME ?? homedir()) : resolve(terminal.cwd, args.home);
  if (args.home !== undefined && !lstatSync(home, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError('--home: there is no such folder; name a home folder or a copy of one');
  }
  return home;
}

/** What looks at histories; slow to make, so that whoever looks again uses it again. */
export interface ShellTools {
  readonly scanner: BlockScanner;
  readonly looker: TextLooker;
  /** Threads at most, instead of what the settings say. */
  readonly jobs?: number;
}

export function createShellTools({ rules }: Session): ShellTools {
  return { scanner: createBlockScanner(), looker: createTextLooker(() => rules) };
}

/** Everything that the histories hold, judged. @throws UsageError, ConfigError */
export async function readHistories(
  args: ShellArguments,
  terminal: Terminal,
  session: Session,
  home: string,
  onProgress: (files: number, all: number, bytes: number) => void = () => {},
  tools: ShellTools = createShellTools(session),
): Promise<ShellOutcome> {
  const problems: Problem[] = [];
  const report = (kind: Problem['kind'], path: string | undefined, message: string): void => {
    problems.push({ kind, path: path === undefined ? undefined : showPath(home, path), message });
  };
  const isOwn = args.home === undefined;
  const found = discoverHistories({
    home,
    environment: isOwn ? terminal.environment : undefined,
    cwd: isOwn ? terminal.cwd : undefined,
    onProblem: ({ kind, path, message }) => report(kind, path, message),
  });
  const knownByPath = new Map(found.map((file) => [file.path, file]));
  for (const [i, path] of args.operands.entries()) {
    // The name is not repeated: it may be a value in the wrong place.
    if (!lstatSync(resolve(terminal.cwd, path), { throwIfNoEntry: false }))
      throw new UsageError(
        `file ${i + 1} of the command line is not there; name a history, or nothing for all that are found`,
      );
  }
  const paths =
    args.operands.length > 0 ? args.operands.map((path) => resolve(terminal.cwd, path)) : [...knownByPath.keys()];
  if (args.operands.length === 0 && paths.length === 0) {
    report('nothing-to-scan', undefined, `no history was found below ${home}; name a file`);
  }

  const judge = createSessionJudge(session);
  const judged: JudgedFinding[] = [];
  const sightings: ShellSighting[] = [];
  const files: HistoryFile[] = [];
  let bytes = 0;
  const onItem = ({ path, format, program }: HistoryFile, item: FoundItem): void => {
    const { located, time, spans, entrySpan, cell, command } = item;
    const finding = judge.identify({ ...located, origin: { kind: 'file', path: showPath(home, path) } });
    const judgedOnes = judge.judge([finding]);
    judged.push(...judgedOnes);
    if (!judgedOnes.some(isReported)) return;
    const entryNumber = located.shell.entry;
    const { ruleId, secret } = finding;
    sightings.push({ path, format, program, entryNumber, time, spans, entrySpan, cell, ruleId, secret, command });
  };
  const pool = createLookPool({
    looker: tools.looker,
    rulesBytes: session.rulesBytes,
    jobs: tools.jobs ?? session.settings.jobs,
    expectedBytes: paths.reduce((sum, path) => sum + sizeOf(path), 0),
  });
  const queue = createBlockQueue(tools.scanner, pool);
  const onBytes = (count: number): void => {
    bytes += count;
  };
  try {
    for (const path of paths) {
      const file = await readHistoryFile(path, knownByPath.get(path), { queue, onItem, onProblem: report, onBytes });
      if (file) files.push(file);
      onProgress(files.length, paths.length, bytes);
    }
    await queue.finish();
  } finally {
    await pool.close();
  }
  // A green result must have looked at something.
  if (args.operands.length > 0 && files.length === 0) {
    report('nothing-to-scan', undefined, 'none of the named files is a history that can be read; name regular files');
  }
  return { sightings, files, problems, judged, suppressions: judge.uses(), bytes };
}

/** In bytes; 0 for what cannot be looked at: the reading of it says why. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** Relative to the home folder where it is below it. */
function showPath(home: string, path: string): string {
  const inside = relative(home, path);
  return inside === '' || inside.startsWith('..') ? path : inside.replaceAll('\\', '/');
}

/** What the histories hold, for the scrub. @throws UsageError, ConfigError */
export async function findSightings(args: ShellArguments, terminal: Terminal): Promise<ShellSightings> {
  const home = homeFolder(args, terminal);
  const session = await openSession(args, terminal, { root: home });
  const { sightings, files, problems } = await readHistories(args, terminal, session, home);
  return { sightings, files, problems };
}
