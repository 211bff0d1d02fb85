// The first look at a blob: does it hold anything? A blob that is a delta of one that was looked at is not looked at
// whole: what the note of its base leaves open (text-note.ts) is enough. Same answer as a whole look
// (test/history/blob-look.test.ts). Runs in every thread; knows no cache, no settings and no paths.

import type { Check } from '../checks/check.ts';
import { CONTEXT_BYTES, type TextTraits } from '../detector/chunk.ts';
import type { Detector } from '../detector/detector.ts';
import { resolveOverlaps } from '../detector/resolve-overlaps.ts';
import { isGenericRule } from '../detector/rule-program.ts';
import { createScoreMemory, SETTLED } from '../detector/score-memory.ts';
import { isLfsPointer } from '../git/lfs-pointer.ts';
import { CANDIDATE_SIZE } from '../kernel/kernel.ts';
import type { Detection } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import { hasOverlap, type Span } from '../model/span.ts';
import type { Lineage } from '../packs/work-through.ts';
import type { CandidateListener } from '../pipeline/create-detector.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { createHistoryCompanion, isHistoryHead } from '../pipeline/history-companion.ts';
import { createTextScanner } from '../pipeline/text-scanner.ts';
import { WINDOW_BYTES } from '../pipeline/text-window.ts';
import { detectUtf16 } from '../pipeline/utf16.ts';
import { type CompiledRules, listMatchers } from '../rules/compiled.ts';
import { isCodePath } from '../util/code-path.ts';
import { pathKind } from '../util/path-kind.ts';
import { historyOrigin, PROBE_PATH } from './history-origin.ts';
import { makeNote, refsOf } from './make-note.ts';
import { ANY_PATH, createSurroundings, NO_PATH, type Surrounding, type SurroundingRefs } from './surroundings.ts';
import {
  CANDIDATE_BEFORE,
  CANDIDATE_BEHIND,
  inherit,
  leastZoneBytes,
  REACH_BEFORE,
  REACH_BEHIND,
  type TextNote,
  type Zone,
} from './text-note.ts';
import { createWordSorts, WORD_SORT } from './word-sorts.ts';

/** Where git looks for a NUL byte to call a file binary. */
const HEAD_BYTES = 8000;
/** Smaller texts are looked at whole: two windows would be as much. */
const SMALL_BYTES = 4096;
/** From this share of a text on, windows cost as much as the whole. */
const MOST_SHARE = 0.7;
/** Bytes that are judged in one go; CONTEXT_BYTES on both sides come to it. */
const STEP_BYTES = WINDOW_BYTES - 2 * CONTEXT_BYTES;

export interface BlobLook {
  /** What is worth a second look was found. */
  readonly isHeld: boolean;
  /** What was found, for a look under the real paths. */
  readonly refs: SurroundingRefs;
  readonly problems: readonly Problem[];
  /** For texts that are made from this one; undefined when they have to be looked at whole. */
  readonly note: TextNote | undefined;
  /** False for a pointer to content that is kept elsewhere. */
  readonly isText: boolean;
  /** Bytes that were looked at. */
  readonly seenBytes: number;
}

export interface BlobLookOptions {
  readonly rules: CompiledRules;
  readonly checks: ReadonlyMap<string, Check>;
  /** False for what is certain not to be reported. */
  readonly isWorthALook: (detection: Pick<Detection, 'ruleId' | 'confidence'>) => boolean;
  /** False for what is not reported under the path that it was found under. */
  readonly isReportable: (detection: Pick<Detection, 'confidence'>) => boolean;
  readonly onRuleTime?: (ruleId: string, milliseconds: number) => void;
  /** Puts something beside the detector; every blob is then looked at whole. */
  readonly extend?: (detector: Detector) => Detector;
}

/** Looks at one blob; `lineage` as readers give it. */
export type LookAtBlob = (id: string, bytes: Uint8Array, lineage: Lineage | undefined) => BlobLook;

export interface BlobLooker {
  readonly look: LookAtBlob;
  /** What the refs of this looker's answers are numbers of. */
  readonly surroundings: readonly Surrounding[];
  /** True when something in it is reported in a file of this path. */
  readonly isReportedAt: (surrounding: Surrounding, path: string) => boolean;
}

/** @returns for one blob after the other */
export function createBlobLooker(options: BlobLookOptions): BlobLooker {
  const { rules, checks, isWorthALook, isReportable, onRuleTime, extend } = options;
  const sortOf = createWordSorts(rules);
  const surroundings = createSurroundings();
  let assigned: ReadonlySet<string> | undefined;
  /** True for rules that ask what a path tells. */
  function isScored(ruleId: string): boolean {
    if (isGenericRule(ruleId)) return true;
    // Many histories hold nothing else, and to read all rules costs some milliseconds.
    assigned ??= new Set(
      listMatchers(rules)
        .filter(({ wakeUp }) => wakeUp.kind === 'assignment')
        .map(({ id }) => id),
    );
    return assigned.has(ruleId);
  }
  let base = 0;
  let ownStart = 0;
  let ownEnd = 0;
  let longs: number[] = [];
  let marks: number[] = [];
  const onCandidates: CandidateListener = (candidates, count) => {
    for (let i = 0; i < count * CANDIDATE_SIZE; i += CANDIDATE_SIZE) {
      const at = candidates[i + 1]!;
      if (at < ownStart || at >= ownEnd) continue;
      const sort = sortOf(candidates[i]! >> 16, candidates[i]! & 0xffff);
      if (sort === WORD_SORT.near) continue;
      (sort === WORD_SORT.long ? longs : marks).push(base + at);
    }
  };
  const byRules = createRulesDetector(rules, checks, {
    onCandidates,
    score: createScoreMemory(true),
    ...(onRuleTime && { onRuleTime }),
  });
  const detector = extend?.(byRules) ?? byRules;
  const scanner = createTextScanner(detector, createHistoryCompanion());
  const { input } = detector.kernel;
  const kind = pathKind(PROBE_PATH);
  const isCode = isCodePath(PROBE_PATH);
  const traitsOf = (isBinary: boolean): TextTraits => ({ pathKind: () => kind, isCode: () => isCode, isBinary });
  const traits = [traitsOf(false), traitsOf(true)] as const;

  function addSurrounding(bytes: Uint8Array, { start, end }: Span): number {
    const ownStart = Math.max(0, start - CANDIDATE_BEFORE);
    const ownEnd = Math.min(bytes.length, start + CANDIDATE_BEHIND);
    const from = Math.max(0, ownStart - REACH_BEFORE);
    const to = Math.min(bytes.length, Math.max(ownEnd, end) + REACH_BEHIND);
    return surroundings.add(bytes.subarray(from, to), ownStart - from, ownEnd - from);
  }

  function isReportedAt({ text, ownStart: from, ownEnd: to }: Surrounding, path: string): boolean {
    ownEnd = 0;
    input.set(text);
    const chunk = { size: text.length, baseOffset: 0, ownStart: from, ownEnd: to };
    const [kind, isCode] = [pathKind(path), isCodePath(path)];
    const traits = { pathKind: () => kind, isCode: () => isCode, isBinary: false };
    return resolveOverlaps(detector.detect({ ...chunk, traits })).some(isReportable);
  }

  /** True when it is reported under no path, and neither is anything whose place it takes. */
  function isLost(detection: Detection, found: readonly Detection[]): boolean {
    const isSettled = ({ reasons }: Detection): boolean => reasons.some(({ step }) => step === SETTLED);
    if (isReportable(detection) || !isSettled(detection)) return false;
    return found.every((other) => isSettled(other) || !hasOverlap(other.span, detection.span));
  }

  /** Looks at one zone, in steps that fit the kernel. */
  function lookAtZone(bytes: Uint8Array, zone: Zone, isBinary: boolean, hits: number[]): void {
    for (let from = zone.ownStart; from < zone.ownEnd || from === zone.ownStart; from += STEP_BYTES) {
      const to = Math.min(zone.ownEnd, from + STEP_BYTES);
      base = Math.max(zone.textStart, from - CONTEXT_BYTES);
      const end = Math.min(zone.textEnd, to + CONTEXT_BYTES);
      input.set(bytes.subarray(base, end));
      ownStart = from - base;
      ownEnd = to - base;
      const found = detector.detect({
        size: end - base,
        baseOffset: base,
        ownStart,
        ownEnd,
        traits: traits[isBinary ? 1 : 0],
      });
      if (found.length === 0) continue;
      for (const detection of resolveOverlaps(found)) {
        if (!isWorthALook(detection) || isLost(detection, found)) continue;
        const { span, ruleId, reasons } = detection;
        // Where an encoded text begins is not known here: then it may count under any path.
        const isDecoded = reasons.some(({ step }) => step === 'decoded');
        const isOpen = isScored(ruleId);
        const isAnyPath = isOpen ? isDecoded : isReportable(detection);
        const ref = isAnyPath ? ANY_PATH : isOpen ? addSurrounding(bytes, span) : NO_PATH;
        hits.push(span.start, span.end, ref);
      }
    }
  }

  /** What is no plain text: pointers, UTF-16, histories of commands. */
  function lookByScanner(id: string, bytes: Uint8Array): BlobLook {
    ownEnd = 0;
    scanner.scanBlob({
      kind: 'blob',
      origin: historyOrigin(PROBE_PATH, 'file', id),
      bytes,
      addedLines: undefined,
    });
    const { located, problems, files } = scanner.take();
    const isHeld = located.some(isWorthALook);
    return {
      isHeld,
      refs: isHeld ? [ANY_PATH] : [],
      problems,
      note: undefined,
      isText: files > 0,
      seenBytes: bytes.length,
    };
  }

  const look: LookAtBlob = (id, bytes, lineage) => {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES));
    if (isLfsPointer(head) || detectUtf16(head) || isHistoryHead(head)) return lookByScanner(id, bytes);
    const isBinary = head.includes(0);
    const size = bytes.length;
    const whole: readonly Zone[] = [{ ownStart: 0, ownEnd: size, textStart: 0, textEnd: size }];
    const note = lineage?.base as TextNote | undefined;
    const isDerived = !extend && lineage && note && note.isBinary === isBinary && size >= SMALL_BYTES;
    const known =
      isDerived && leastZoneBytes(size, lineage.changes) < size * MOST_SHARE
        ? inherit(bytes, note, lineage.changes)
        : undefined;
    const zoneBytes = known ? known.zones.reduce((sum, { textStart, textEnd }) => sum + textEnd - textStart, 0) : size;
    const isPartial = known !== undefined && zoneBytes < size * MOST_SHARE;
    const hits: number[] = isPartial ? [...known.hits] : [];
    longs = isPartial ? [...known.longs] : [];
    marks = isPartial ? [...known.marks] : [];
    const cutBefore = detector.cutCount();
    for (const zone of isPartial ? known.zones : whole) lookAtZone(bytes, zone, isBinary, hits);
    const cut = detector.cutCount() - cutBefore;
    // Which candidates were left out depends on where a window begins: the whole text decides.
    if (cut > 0 || size === 0) return lookByScanner(id, bytes);
    const noted = makeNote(hits, longs, marks, isBinary);
    const seenBytes = isPartial ? zoneBytes : size;
    return { isHeld: hits.length > 0, refs: refsOf(hits), problems: [], note: noted, isText: true, seenBytes };
  };
  return { look, surroundings: surroundings.all, isReportedAt };
}
