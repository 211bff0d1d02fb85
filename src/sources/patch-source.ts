// A unified diff from standard input: for each file the new side as the patch shows it, or the whole blob when the
// repository at hand has it (then secrets that reach beyond the shown lines are found too).
import { readBlobs } from '../git/object-reader.ts';
import type { PatchFile } from '../git/patch-file.ts';
import { guessRepository } from '../git/repository.ts';
import { UnifiedDiffParser } from '../git/unified-diff.ts';
import type { ProblemSink } from '../model/problem.ts';
import type { BlobTarget } from '../model/target.ts';
import { MAX_BLOB_BYTES } from './change-targets.ts';
import { holdsHunks, rebuildNewSide } from './patch-text.ts';
import { isKeptOut, type PathFilter, type Source } from './source.ts';
import { type InputStream, refuseTerminal } from './stdin-source.ts';

const BATCH_FILES = 64;
const SUBMODULE_MODE = 0o160000;

/** Options of the patch source. */
export interface PatchSourceOptions extends PathFilter {
  readonly cwd: string;
  readonly input: InputStream;
  readonly env?: NodeJS.ProcessEnv;
}

type NewFile = PatchFile & { readonly newPath: string };

/** True when the patch brings content; says so when it brings some that it does not show. */
function bringsContent(file: PatchFile, problems: ProblemSink): file is NewFile {
  const path = file.newPath;
  if (path === undefined) return false;
  if (file.newMode === SUBMODULE_MODE) {
    problems({ kind: 'submodule', path, message: 'is a repository of its own; run unleak in it' });
    return false;
  }
  if (file.isCut) problems({ kind: 'cut', path, message: 'the patch ends inside a hunk; the rest was not scanned' });
  return file.isBinary || file.addedLines.length > 0;
}

function toTarget(file: NewFile, blob: Buffer | undefined, problems: ProblemSink): BlobTarget | undefined {
  const path = file.newPath;
  const addedLines = file.isBinary ? undefined : file.addedLines;
  // A blob that does not hold what the patch shows is another one (short ids may clash); the patch is what counts.
  if (blob && holdsHunks(blob, file.hunks)) {
    return {
      kind: 'blob',
      origin: { kind: 'diff', path, blob: file.newId, commit: undefined },
      bytes: blob,
      addedLines,
    };
  }
  if (file.isBinary) {
    problems({
      kind: 'missing-object',
      path,
      message: 'is binary and its content is not in the patch; scan the file itself',
    });
    return undefined;
  }
  const bytes = rebuildNewSide(file.hunks);
  if (bytes)
    return { kind: 'blob', origin: { kind: 'diff', path, blob: undefined, commit: undefined }, bytes, addedLines };
  problems({ kind: 'cut', path, message: 'the line numbers in the patch make no sense; scan the file itself' });
  return undefined;
}

/** Blobs that the patch names and the repository has, in the order of the files. */
function findBlobs(files: readonly NewFile[], options: PatchSourceOptions): readonly (Buffer | undefined)[] {
  const env = options.env ?? process.env;
  const place = guessRepository(options.cwd, env);
  const ids = place ? files.flatMap((file) => (file.newId ? [file.newId] : [])) : [];
  const reading = { cwd: options.cwd, env, objectsDir: place?.objectsDir, maxBytes: MAX_BLOB_BYTES };
  const found = ids.length === 0 ? [] : [...readBlobs(ids, reading)];
  let next = 0;
  return files.map((file) => {
    const result = place && file.newId ? found[next++] : undefined;
    return result?.kind === 'blob' ? result.bytes : undefined;
  });
}

/** The source that `unleak diff -` scans. @throws UsageError for a terminal */
export function createPatchSource(options: PatchSourceOptions): Source {
  refuseTerminal(options.input, 'git diff | unleak diff -');
  return {
    mode: 'diff',
    root: guessRepository(options.cwd, options.env)?.topLevel ?? options.cwd,
    subject: 'standard input',
    async *targets(problems) {
      let waiting: NewFile[] = [];
      let bytes = 0;
      let files = 0;
      const take = (file: PatchFile): void => {
        files++;
        if (bringsContent(file, problems) && !isKeptOut(options, file.newPath)) waiting.push(file);
      };
      const flush = (): BlobTarget[] => {
        const blobs = findBlobs(waiting, options);
        const targets = waiting.flatMap((file, i) => toTarget(file, blobs[i], problems) ?? []);
        waiting = [];
        return targets;
      };
      const parser = new UnifiedDiffParser({ keepText: true, onFile: take });
      for await (const chunk of options.input) {
        bytes += chunk.length;
        parser.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
        if (waiting.length >= BATCH_FILES) yield flush();
      }
      parser.end();
      if (waiting.length > 0) yield flush();
      if (files === 0 && bytes > 0) {
        problems({
          kind: 'nothing-to-scan',
          path: undefined,
          message: 'standard input holds no unified diff; give one, or use unleak stdin for other text',
        });
      }
    },
  };
}
