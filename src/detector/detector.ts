// Bytes → detections. Takes the kernel's candidates of one chunk, tries the rules they wake on bounded slices, and keeps
// what passes. No files, no git, no clock, no console, nothing asynchronous.
import type { Check } from '../checks/check.ts';
import { CANDIDATE, CANDIDATE_SIZE, type Kernel } from '../kernel/kernel.ts';
import type { Detection } from '../model/finding.ts';
import type { CompiledRules } from '../rules/compiled.ts';
import { BLOCK_OPENER } from '../rules/wake-table.ts';
import type { Chunk } from './chunk.ts';
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

export function createDetector({ rules, checks, kernel, trace, meter }: DetectorOptions): Detector {
  const { prefixes, nears, anchors } = rules.wake;
  const programs: (RuleProgram | undefined)[] = new Array(rules.count);
  const programOf = (index: number): RuleProgram => {
    programs[index] ??= buildRuleProgram(rules.matcher(index));
    return programs[index];
  };
  const buffer = Buffer.from(kernel.input.buffer, kernel.input.byteOffset, kernel.input.byteLength);
  let cut = 0;
  let blockOpeners = 0;

  function detect(chunk: Chunk): readonly Detection[] {
    const found: Detection[] = [];
    const context: RuleContext = { buffer, chunk, checks, trace, found };
    const { candidates } = kernel;
    for (let count = kernel.begin(chunk.size); ; count = kernel.next()) {
      for (let i = 0; i < count * CANDIDATE_SIZE; i += CANDIDATE_SIZE) {
        const position = candidates[i + 1]!;
        if (position < chunk.ownStart || position >= chunk.ownEnd) continue;
        const kind = candidates[i]! >> 16;
        const words = kind === CANDIDATE.prefix ? prefixes : kind === CANDIDATE.near ? nears : anchors;
        const woken = words[candidates[i]! & 0xffff]!;
        const size = woken[0];
        const valueStart = candidates[i + 2]!;
        for (let w = 1; w < woken.length; w++) {
          const rule = woken[w]!;
          if (rule === BLOCK_OPENER) {
            blockOpeners++;
            continue;
          }
          const program = programOf(rule);
          if (meter) meter(program.matcher.id, () => tryRule(context, program, kind, position, size, valueStart));
          else tryRule(context, program, kind, position, size, valueStart);
        }
      }
      if (kernel.isDone()) break;
    }
    cut += kernel.cutCount();
    return found;
  }

  return { kernel, detect, cutCount: () => cut, blockOpenerCount: () => blockOpeners };
}
