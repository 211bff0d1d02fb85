// Bytes → detections. Takes the kernel's candidates of one chunk, tries the rules they wake on bounded slices, and keeps
// what passes. No files, no git, no clock, no console, nothing asynchronous.
import type { Check } from '../checks/check.ts';
import { CANDIDATE, CANDIDATE_SIZE, type Kernel } from '../kernel/kernel.ts';
import { ENCODED_MARKS } from '../model/encoded-mark.ts';
import type { Detection } from '../model/finding.ts';
import type { CompiledRules } from '../rules/compiled.ts';
import { BLOCK_OPENER, FIRST_ENCODED_MARK, type WokenRules } from '../rules/woken-rules.ts';
import { type Chunk, NEIGHBOUR_BYTES } from './chunk.ts';
import { createDetectEncoded, type Outlook } from './detect-encoded.ts';
import { createEncodedReader, type EncodedReader, mayBeBase64 } from './encoded-reader.ts';
import { type ScoreAssignment, scoreAssignment } from './generic-score.ts';
import { matchAnchor, matchAssignment, matchNear, matchPrefix } from './match-rule.ts';
import type { RuleContext } from './rule-context.ts';
import { buildRuleProgram, type RuleProgram } from './rule-program.ts';
import type { Trace } from './trace.ts';

export interface Detector {
  readonly kernel: Kernel;
  /**
   * Detections of the chunk that lies in the kernel's input, in no order, overlaps included: when the text has ended,
   * resolveOverlaps over all its chunks gives the answer.
   * @throws never on any input
   */
  readonly detect: (chunk: Chunk) => readonly Detection[];
  /** Candidates left out because one stretch of text held too many of them, over all calls. */
  readonly cutCount: () => number;
  /** Literals of BLOCK_OPENERS that were seen, over all calls. */
  readonly blockOpenerCount: () => number;
}

export interface DetectorOptions {
  readonly rules: CompiledRules;
  readonly checks: ReadonlyMap<string, Check>;
  readonly kernel: Kernel;
  readonly trace?: Trace;
  /** Stands in for scoreAssignment; see score-memory.ts. */
  readonly score?: ScoreAssignment;
  /** Does the work of one rule and may measure it. */
  readonly meter?: (ruleId: string, work: () => void) => void;
}

function tryRule(
  context: RuleContext,
  program: RuleProgram,
  kind: number,
  position: number,
  size: number,
  valueStart: number,
): void {
  if (kind === CANDIDATE.prefix) matchPrefix(context, program, position);
  else if (kind === CANDIDATE.near) matchNear(context, program, position, size);
  else if (valueStart > 0) matchAssignment(context, program, position, valueStart);
  else matchAnchor(context, program, position, size);
}

export function createDetector({
  rules,
  checks,
  kernel,
  trace,
  score = scoreAssignment,
  meter,
}: DetectorOptions): Detector {
  const { prefixes, nears, anchors } = rules.wake;
  const programs: (RuleProgram | undefined)[] = new Array(rules.count);
  const programOf = (index: number): RuleProgram => {
    programs[index] ??= buildRuleProgram(rules.matcher(index));
    return programs[index];
  };
  const buffer = Buffer.from(kernel.input.buffer, kernel.input.byteOffset, kernel.input.byteLength);
  let cut = 0;
  let blockOpeners = 0;

  const wokenBy = (kind: number, id: number): WokenRules =>
    (kind === CANDIDATE.prefix ? prefixes : kind === CANDIDATE.near ? nears : anchors).at(id);

  /** Tries the rules that a word of the kernel wakes. */
  function wake(context: RuleContext, woken: WokenRules, kind: number, position: number, valueStart: number): void {
    for (let w = 1; w < woken.length; w++) {
      const rule = woken[w]!;
      if (rule < 0) {
        if (rule === BLOCK_OPENER) blockOpeners++;
        continue;
      }
      const program = programOf(rule);
      if (meter) meter(program.matcher.id, () => tryRule(context, program, kind, position, woken[0], valueStart));
      else tryRule(context, program, kind, position, woken[0], valueStart);
    }
  }

  /** Raw detections of another's candidates; asked for only where encoded text may take their place. */
  function findOutside(context: RuleContext, candidates: readonly number[]): readonly Detection[] {
    const outside: RuleContext = { ...context, trace: undefined, found: [] };
    for (let i = 0; i < candidates.length; i += 4) {
      const [kind, id, position, other] = [candidates[i]!, candidates[i + 1]!, candidates[i + 2]!, candidates[i + 3]!];
      wake(outside, wokenBy(kind, id), kind, position, other);
    }
    return outside.found;
  }

  /** What is made here at first need only is made for one file in a hundred. */
  function lookAt(kernel: Kernel, context: RuleContext): Outlook {
    const { size, ownStart, ownEnd } = context.chunk;
    let encoded: EncodedReader | undefined;
    /** Candidates just outside the own range, four numbers each. */
    let outside: number[] | undefined;
    const { candidates } = kernel;
    for (let count = kernel.begin(size); ; count = kernel.next()) {
      for (let i = 0; i < count * CANDIDATE_SIZE; i += CANDIDATE_SIZE) {
        const kind = candidates[i]! >> 16;
        const id = candidates[i]! & 0xffff;
        const position = candidates[i + 1]!;
        const other = candidates[i + 2]!;
        if (kind === CANDIDATE.encoded) {
          encoded ??= createEncodedReader(context.buffer, context.chunk);
          encoded.takeRun(id, position, other);
          continue;
        }
        const woken = wokenBy(kind, id);
        if (kind === CANDIDATE.anchor) {
          // Marks come last among what a word wakes.
          const mark = woken[woken.length - 1]!;
          if (other > 0 ? mayBeBase64(context.buffer, other) : mark <= FIRST_ENCODED_MARK) {
            encoded ??= createEncodedReader(context.buffer, context.chunk);
            if (other > 0) encoded.takeValue(other);
            else encoded.takeMark(ENCODED_MARKS[FIRST_ENCODED_MARK - mark]!.form, position);
          }
        }
        if (position >= ownStart && position < ownEnd) wake(context, woken, kind, position, other);
        else if (position >= ownStart - NEIGHBOUR_BYTES && position < ownEnd + NEIGHBOUR_BYTES) {
          outside ??= [];
          outside.push(kind, id, position, other);
        }
      }
      if (kernel.isDone()) break;
    }
    cut += kernel.cutCount();
    const texts = encoded?.texts ?? [];
    return { texts, foreign: outside && texts.length > 0 ? findOutside(context, outside) : [] };
  }

  const detectEncoded = createDetectEncoded(rules.wake.kernelTables, lookAt);

  function detect(chunk: Chunk): readonly Detection[] {
    const context: RuleContext = { buffer, chunk, checks, trace, score, found: [] };
    const { texts, foreign } = lookAt(kernel, context);
    if (texts.length > 0) detectEncoded(context, foreign, texts);
    return context.found;
  }

  return { kernel, detect, cutCount: () => cut, blockOpenerCount: () => blockOpeners };
}
