// The files of the working tree: what `unleak scan` reads. Only lists; the pipeline opens. A tracked file that was
// deleted without git's knowledge is listed too (seeing that would cost a stat a file) and is "vanished" on opening.
import picomatch from 'picomatch';
import { UsageError } from '../model/errors.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { FileTarget } from '../model/target.ts';
import { type FolderListing, listFolderFiles } from './list-folder.ts';
import { planScan, relativePath, type ScanPath } from './scan-paths.ts';
import { BATCH_TARGETS, isKeptOut, type PathFilter, type Source } from './source.ts';

/** Options of the tree source. */
export interface TreeSourceOptions extends PathFilter {
  readonly cwd: string;
  /** Files, folders and globs as the user gave them; empty means `cwd`. */
  readonly paths: readonly string[];
  /** Also what git ignores. */
  readonly includeIgnored?: boolean | undefined;
  readonly env?: NodeJS.ProcessEnv;
}

type Listed = Omit<FileTarget, 'kind'>;

/** Puts the way from the root to a folder before paths that are relative to the folder. */
function rebaser(root: string, folder: string): (path: string) => string {
  const way = relativePath(root, folder);
  return way === '' ? (path) => path : (path) => (path === '.' ? way : `${way}/${path}`);
}

async function* listFolder(listing: FolderListing, root: string, problems: ProblemSink): AsyncGenerator<Listed[]> {
  // The common case: nothing to put in front.
  if (root === listing.folder) return yield* listFolderFiles(listing, problems);
  const rebase = rebaser(root, listing.folder);
  const report: ProblemSink = (problem) =>
    problems({ ...problem, path: problem.path === undefined ? undefined : rebase(problem.path) });
  for await (const batch of listFolderFiles(listing, report)) {
    yield batch.map((file) => ({ path: rebase(file.path), sizeBytes: file.sizeBytes }));
  }
}

async function* listGlob(
  path: ScanPath & { kind: 'glob' },
  listing: FolderListing,
  root: string,
  problems: ProblemSink,
): AsyncGenerator<Listed[]> {
  const isMatch = picomatch(path.pattern, { dot: true });
  const rebase = rebaser(root, path.folder);
  let found = 0;
  const report: ProblemSink = (problem) => {
    if (problem.path === undefined || !isMatch(problem.path)) return;
    found++;
    problems({ ...problem, path: rebase(problem.path) });
  };
  for await (const batch of listFolderFiles(listing, report)) {
    const matching = batch.filter((file) => isMatch(file.path));
    found += matching.length;
    yield matching.map((file) => ({ path: rebase(file.path), sizeBytes: file.sizeBytes }));
  }
  if (found === 0)
    throw new UsageError(`${path.argument}: the pattern matches no file; check it, or add --include-ignored`);
}

async function* listPath(
  path: ScanPath,
  options: TreeSourceOptions,
  root: string,
  problems: ProblemSink,
): AsyncGenerator<Listed[]> {
  if (path.kind === 'file') {
    yield [{ path: relativePath(root, path.file), sizeBytes: undefined }];
    return;
  }
  if (path.kind === 'special') {
    problems({
      kind: 'special',
      path: relativePath(root, path.file),
      message: 'is no regular file (device, pipe or socket); to scan what it gives, pipe it into unleak stdin',
    });
    return;
  }
  const listing = {
    folder: path.folder,
    includeIgnored: options.includeIgnored ?? false,
    env: options.env ?? process.env,
  };
  if (path.kind === 'folder') yield* listFolder(listing, root, problems);
  else yield* listGlob(path, listing, root, problems);
}

/** The source that `unleak scan` reads. @throws UsageError for a PATH that is not there */
export function createTreeSource(options: TreeSourceOptions): Source {
  const plan = planScan(options.cwd, options.paths);
  return {
    mode: 'tree',
    root: plan.root,
    subject: options.paths.length === 0 ? '.' : options.paths.join(' '),
    async *targets(problems) {
      // Several PATHs may name a file twice; one PATH cannot.
      const seen = plan.paths.length > 1 ? new Set<string>() : undefined;
      let listed = 0;
      let batch: FileTarget[] = [];
      for (const path of plan.paths) {
        for await (const files of listPath(path, options, plan.root, problems)) {
          for (const file of files) {
            if (seen?.has(file.path)) continue;
            seen?.add(file.path);
            listed++;
            if (!isKeptOut(options, file.path))
              batch.push({ kind: 'file', path: file.path, sizeBytes: file.sizeBytes });
          }
          if (batch.length < BATCH_TARGETS / 2) continue;
          yield batch;
          batch = [];
        }
      }
      if (batch.length > 0) yield batch;
      if (listed === 0) {
        problems({
          kind: 'nothing-to-scan',
          path: undefined,
          message: 'no file was found; check the path, or add --include-ignored for files that git ignores',
        });
      }
    },
  };
}
