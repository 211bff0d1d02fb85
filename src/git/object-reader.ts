// Reads blobs by id: loose ones straight from their files (a staged blob nearly always is), the rest by one
// `git cat-file --batch`. An id names its content, so a wrong guess about where objects lie costs time and nothing else.

import { findLooseObject, type LooseObject, readLooseObject } from './loose-object.ts';
import { listObjectDirectories } from './object-directories.ts';
import { runGitSync } from './run-git.ts';

/** What became of one id. */
export type BlobResult =
  | { readonly kind: 'blob'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly sizeBytes: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-a-blob' };

/** Where and how to read. */
export interface BlobReading {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The repository's own object folder; undefined means: ask git for everything. */
  readonly objectsDir: string | undefined;
  readonly maxBytes: number;
}

/** A group is read at a time, so that memory holds about this much whatever the number of blobs. */
const GROUP_BYTES = 16 * 1024 * 1024;
const SLICE_IDS = 256;
/** Loose files are packed; their content is about this much larger. */
const USUAL_RATIO = 4;

interface BatchAnswer {
  readonly type: string;
  readonly sizeBytes: number;
}

const MISSING: BlobResult = { kind: 'missing' };

function isId(text: string): boolean {
  return /^[0-9a-f]{4,64}$/.test(text);
}

function askBatch(option: '--batch' | '--batch-check', ids: readonly string[], reading: BlobReading): Buffer {
  // A failure leaves the answers short; ids without an answer are "missing" for the caller, which reports them.
  const input = Buffer.from(ids.map((id) => `${id}\n`).join(''), 'latin1');
  return runGitSync(['cat-file', option], { cwd: reading.cwd, env: reading.env, input }).stdout;
}

/** Parses `ID TYPE SIZE`; undefined for `ID missing` and the like. */
function parseAnswer(line: string): BatchAnswer | undefined {
  const match = /^[0-9a-f]+ ([a-z]+) (\d+)$/.exec(line);
  return match ? { type: match[1] as string, sizeBytes: Number(match[2]) } : undefined;
}

function checkSizes(ids: readonly string[], reading: BlobReading): readonly (BatchAnswer | undefined)[] {
  if (ids.length === 0) return [];
  const lines = askBatch('--batch-check', ids, reading).toString('latin1').split('\n');
  return ids.map((_, i) => parseAnswer(lines[i] ?? ''));
}

/** Contents in the order of the ids, all of which git has said to have. */
function readPacked(ids: readonly string[], reading: BlobReading): readonly BlobResult[] {
  if (ids.length === 0) return [];
  const output = askBatch('--batch', ids, reading);
  let at = 0;
  return ids.map(() => {
    const lineEnd = output.indexOf(0x0a, at);
    if (lineEnd < 0) return MISSING;
    const answer = parseAnswer(output.toString('latin1', at, lineEnd));
    at = lineEnd + 1;
    if (!answer) return MISSING;
    const start = at;
    at += answer.sizeBytes + 1;
    return at > output.length ? MISSING : { kind: 'blob', bytes: output.subarray(start, at - 1) };
  });
}

interface Located {
  readonly id: string;
  readonly loose: LooseObject | undefined;
  /** Known before reading when something is wrong. */
  readonly early: BlobResult | undefined;
  readonly sizeBytes: number;
}

function judge(answer: BatchAnswer | undefined, maxBytes: number): BlobResult | undefined {
  if (!answer) return MISSING;
  if (answer.type !== 'blob') return { kind: 'not-a-blob' };
  return answer.sizeBytes > maxBytes ? { kind: 'too-large', sizeBytes: answer.sizeBytes } : undefined;
}

function locate(ids: readonly string[], directories: readonly string[], reading: BlobReading): readonly Located[] {
  const loose = ids.map((id) => (id.length >= 40 ? findLooseObject(id, directories) : undefined));
  const isAsked = (id: string, i: number): boolean => !loose[i] && isId(id);
  const answers = checkSizes(ids.filter(isAsked), reading);
  let next = 0;
  return ids.map((id, i) => {
    const own = loose[i];
    if (own) return { id, loose: own, early: undefined, sizeBytes: own.packedBytes * USUAL_RATIO };
    const answer = isAsked(id, i) ? answers[next++] : undefined;
    return { id, loose: undefined, early: judge(answer, reading.maxBytes), sizeBytes: answer?.sizeBytes ?? 0 };
  });
}

/** Reads one group: loose files first, everything else (with loose files that turned out odd) in one process. */
function readGroup(group: readonly Located[], reading: BlobReading): readonly BlobResult[] {
  const results = group.map((item): BlobResult | undefined => {
    if (item.early || !item.loose) return item.early;
    const bytes = readLooseObject(item.loose, 'blob', reading.maxBytes);
    return bytes ? { kind: 'blob', bytes } : undefined;
  });
  const odd = group.filter((item, i) => item.loose && !results[i]).map((item) => item.id);
  const oddAnswers = checkSizes(odd, reading).map((answer) => judge(answer, reading.maxBytes));
  const early = new Map(odd.map((id, i) => [id, oddAnswers[i]]));
  const open = group.filter((item, i) => !results[i] && !early.get(item.id)).map((item) => item.id);
  const packed = readPacked(open, reading);
  let next = 0;
  return group.map((item, i) => results[i] ?? early.get(item.id) ?? packed[next++] ?? MISSING);
}

/**
 * Reads blobs in the order asked for, a group at a time.
 *
 * @param ids  hex object ids, full or (for git to resolve) abbreviated; an id that is neither is "missing"
 * @throws GitError when git has to be asked and cannot be started
 */
export function* readBlobs(ids: readonly string[], reading: BlobReading): Generator<BlobResult> {
  const directories = reading.objectsDir ? listObjectDirectories(reading.objectsDir, reading.cwd, reading.env) : [];
  for (let start = 0; start < ids.length; start += SLICE_IDS) {
    let group: Located[] = [];
    let groupBytes = 0;
    for (const item of locate(ids.slice(start, start + SLICE_IDS), directories, reading)) {
      if (group.length > 0 && groupBytes + item.sizeBytes > GROUP_BYTES) {
        yield* readGroup(group, reading);
        group = [];
        groupBytes = 0;
      }
      group.push(item);
      groupBytes += item.sizeBytes;
    }
    yield* readGroup(group, reading);
  }
}
