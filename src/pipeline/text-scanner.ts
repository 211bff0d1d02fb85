// Scans one text after the other with one detector: opens files, feeds the window, collects what is found and what could
// not be read. Synchronous but for streams, so that workers and the hook run the same code.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { TextTraits } from '../detector/chunk.ts';
import type { Detector } from '../detector/detector.ts';
import { resolveOverlaps } from '../detector/resolve-overlaps.ts';
import { isLfsPointer } from '../git/lfs-pointer.ts';
import type { Detection, Location } from '../model/finding.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem, ProblemKind } from '../model/problem.ts';
import type { BlobTarget, FileTarget, LineRanges, StreamTarget } from '../model/target.ts';
import { isCodePath } from '../util/code-path.ts';
import { type PathKind, pathKind } from '../util/path-kind.ts';
import type { HistoryCompanion } from './history-companion.ts';
import { emptyResult, type LocatedDetection, type ScanResult } from './located.ts';
import { createMarkerCollector, type MarkerCollector } from './marker-collector.ts';
import { type TextListener, TextWindow, WINDOW_BYTES, type WindowView } from './text-window.ts';
import { createUtf16Decoder, detectUtf16, type Utf16 } from './utf16.ts';

export interface TextScanner {
  /** @param root absolute folder that the target's path is relative to */
  readonly scanFile: (root: string, target: FileTarget) => void;
  readonly scanBlob: (target: BlobTarget) => void;
  readonly scanStream: (target: StreamTarget) => Promise<void>;
  /** What has come together since the last call. */
  readonly take: () => ScanResult;
}

/** Not followed, not waited for: a link or a FIFO that took a file's place must not lead us astray. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
/** Where git looks for a NUL byte to call a file binary; more than enough for LFS pointers and UTF-16. */
const PROBE_BYTES = 8000;
const LFS_MESSAGE = 'is a Git LFS pointer: its content was not scanned';
const PIECE_BYTES = 1 << 16;
/** `v` of `version`, and the lower of the two bytes that a byte order mark of UTF-16 starts with. */
const LFS_FIRST_BYTE = 0x76;
const LOWEST_ORDER_MARK = 0xfe;

const PROBLEM_OF_ERROR: Readonly<Record<string, readonly [ProblemKind, string]>> = {
  ENOENT: ['vanished', 'was gone when it was to be read'],
  ENOTDIR: ['vanished', 'was gone when it was to be read'],
  ELOOP: ['symlink', 'is a symbolic link; not followed'],
  ENXIO: ['special', 'is a socket or a device; not opened'],
  EISDIR: ['vanished', 'is a folder now'],
  EACCES: ['unreadable', 'cannot be read: no permission'],
  EPERM: ['unreadable', 'cannot be read: not permitted'],
  EMFILE: ['unreadable', 'cannot be read: too many open files'],
};

function problemOf(path: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  const [kind, message] = PROBLEM_OF_ERROR[code] ?? ['unreadable', `cannot be read: ${code}`];
  return { kind, path, message };
}

/** What a path tells, asked for only when a candidate needs it. */
class PathTraits implements TextTraits {
  readonly #path: string;
  #kind: PathKind | undefined;
  isBinary = false;

  constructor(path: string) {
    this.#path = path;
  }

  pathKind(): PathKind {
    this.#kind ??= pathKind(this.#path);
    return this.#kind;
  }

  isCode(): boolean {
    return isCodePath(this.#path);
  }
}

/** The first `size` bytes of a file, without moving the place where it is read. */
function readWhole(fd: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let filled = 0;
  for (let count = 1; count > 0 && filled < size; filled += count)
    count = readSync(fd, bytes, filled, size - filled, filled);
  return bytes.subarray(0, filled);
}

function touches(ranges: LineRanges | undefined, line: number, endLine: number): boolean {
  return ranges === undefined || ranges.some(([first, last]) => first <= endLine && line <= last);
}

/** What comes together about one text while it passes the window. */
class TextFindings implements TextListener {
  readonly origin: Origin;
  readonly traits: PathTraits;
  readonly located: LocatedDetection[] = [];
  #markers: MarkerCollector | undefined;

  constructor(origin: Origin) {
    this.origin = origin;
    this.traits = new PathTraits(origin.path);
  }

  onDetection(detection: Detection, location: Location, view: WindowView): void {
    this.#markers ??= createMarkerCollector();
    const markers = this.#markers.around(detection, location, view);
    this.located.push({ ...detection, origin: this.origin, location, markers });
  }

  onWindow(bytes: Buffer, firstLine: number, isLast: boolean, mayOpenBlock: boolean): void {
    if (mayOpenBlock) this.#markers ??= createMarkerCollector();
    this.#markers?.feed(bytes, firstLine, isLast, mayOpenBlock);
  }

  /** Overlaps resolved, blocks of suppression applied. */
  settle(): readonly LocatedDetection[] {
    return resolveOverlaps(this.located).map((detection) => {
      const blocks = this.#markers?.blocksAt(detection.location.line) ?? [];
      return blocks.length === 0 ? detection : { ...detection, markers: [...detection.markers, ...blocks] };
    });
  }
}

/**
 * @param detector its kernel must have been made for WINDOW_BYTES
 * @param companion reads the command lines of histories; without one they are texts like all others
 */
export function createTextScanner(detector: Detector, companion?: HistoryCompanion): TextScanner {
  const window = new TextWindow(detector);
  let result = emptyResult();

  function openText(origin: Origin): TextFindings {
    const text = new TextFindings(origin);
    window.open(text.traits, text);
    return text;
  }

  function addCommands(text: TextFindings, head: Buffer, readAll: () => Buffer): void {
    for (const { detection, location } of companion?.read(text.origin, head, readAll) ?? []) {
      text.located.push({ ...detection, origin: text.origin, location, markers: [] });
    }
  }

  function finishText(text: TextFindings, bytes: number, addedLines?: LineRanges): void {
    const cutBefore = detector.cutCount();
    window.finish();
    const cut = detector.cutCount() - cutBefore;
    if (cut > 0) report('cut', text.origin.path, `${cut} candidates in one stretch of text were not looked at`);
    if (text.located.length > 0) {
      for (const detection of text.settle()) {
        const { line, endLine } = detection.location;
        if (touches(addedLines, line, endLine)) result.located.push(detection);
      }
    }
    result.files++;
    result.bytes += bytes;
  }

  function report(kind: ProblemKind, path: string, message: string): void {
    result.problems.push({ kind, path, message });
  }

  /** Reads the rest of an open file that holds UTF-16. */
  function readUtf16(fd: number, head: Buffer, encoding: Utf16): number {
    const decode = createUtf16Decoder(encoding);
    window.write(decode(head));
    let bytes = head.length;
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (let count = readSync(fd, piece); count > 0; count = readSync(fd, piece)) {
      window.write(decode(piece.subarray(0, count)));
      bytes += count;
    }
    window.write(decode());
    return bytes;
  }

  /** Reads an open file to its end; a file that grows meanwhile is read up to the size it had. */
  function readFile(fd: number, { path, sizeBytes }: FileTarget): void {
    let text = openText({ kind: 'file', path });
    // One byte short of full, so that the head stays where it is until it has been looked at.
    let bytes = window.readFrom(fd, WINDOW_BYTES - 1);
    const isWhole = bytes === sizeBytes && bytes < WINDOW_BYTES - 1;
    const stat = isWhole ? undefined : fstatSync(fd);
    if (stat && !stat.isFile()) {
      return report('special', path, stat.isDirectory() ? 'is a folder now' : 'is no regular file; not read');
    }
    // Few files need a closer look at their head, and a Buffer for each would be a burden.
    const first = window.byteAt(0);
    if (first === LFS_FIRST_BYTE && isLfsPointer(window.head(PROBE_BYTES))) {
      return report('lfs-pointer', path, LFS_MESSAGE);
    }
    const hasZero = window.hasZeroIn(PROBE_BYTES);
    const utf16 = hasZero || first >= LOWEST_ORDER_MARK ? detectUtf16(window.head(PROBE_BYTES)) : undefined;
    if (utf16) {
      const raw = Buffer.from(window.head(bytes));
      text = openText(text.origin);
      return finishText(text, readUtf16(fd, raw, utf16));
    }
    text.traits.isBinary = hasZero;
    if (companion?.mayBe(path, first)) {
      addCommands(text, Buffer.from(window.head(PROBE_BYTES)), () => readWhole(fd, fstatSync(fd).size));
    }
    if (stat) {
      for (let count = 1; count > 0 && bytes < stat.size; bytes += count)
        count = window.readFrom(fd, stat.size - bytes);
      if (bytes < stat.size)
        report('changed', path, `shrank while it was read: ${bytes} of ${stat.size} bytes were scanned`);
      else if (stat.size > 0 && readSync(fd, Buffer.alloc(1)) > 0) {
        report('changed', path, `grew while it was read: its first ${bytes} bytes were scanned`);
      }
    }
    finishText(text, bytes);
  }

  function scanFile(root: string, target: FileTarget): void {
    let fd: number | undefined;
    try {
      fd = openSync(`${root}/${target.path}`, OPEN_FLAGS);
      readFile(fd, target);
    } catch (error) {
      result.problems.push(problemOf(target.path, error));
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }

  function scanBlob({ origin, bytes, addedLines }: BlobTarget): void {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PROBE_BYTES));
    if (isLfsPointer(head)) return report('lfs-pointer', origin.path, LFS_MESSAGE);
    const text = openText(origin);
    const utf16 = detectUtf16(head);
    text.traits.isBinary = !utf16 && head.includes(0);
    if (!utf16 && companion?.mayBe(origin.path, bytes[0] ?? 0))
      addCommands(text, head, () => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    window.write(utf16 ? createUtf16Decoder(utf16)(bytes) : bytes);
    finishText(text, bytes.length, addedLines);
  }

  async function scanStream({ origin, chunks }: StreamTarget): Promise<void> {
    const text = openText(origin);
    let bytes = 0;
    let head: Buffer | undefined = Buffer.alloc(0);
    let decode: ((bytes?: Uint8Array) => Uint8Array) | undefined;
    const begin = (first: Buffer): void => {
      head = undefined;
      const utf16 = detectUtf16(first);
      if (utf16) decode = createUtf16Decoder(utf16);
      else text.traits.isBinary = first.subarray(0, PROBE_BYTES).includes(0);
      window.write(decode ? decode(first) : first);
    };
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (!head) window.write(decode ? decode(chunk) : chunk);
      else {
        head = Buffer.concat([head, chunk]);
        if (head.length >= PROBE_BYTES) begin(head);
      }
    }
    if (head) begin(head);
    if (decode) window.write(decode());
    finishText(text, bytes);
  }

  return {
    scanFile,
    scanBlob,
    scanStream,
    take: () => {
      const taken = result;
      result = emptyResult();
      return taken;
    },
  };
}
