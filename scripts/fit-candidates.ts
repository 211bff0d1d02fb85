// Lists what the score of generic secrets is asked about in some files, with the facts it sees: the rows of `npm run fit`.
// Bundled by fit.mjs; walks the same steps as the detector, without the weights.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, readAssignment, readNextInList } from '../src/detector/assignment.ts';
import type { Feature } from '../src/detector/generic-features.ts';
import { isCapped, isSilentFile, readFeatures } from '../src/detector/generic-score.ts';
import { isHopeless } from '../src/detector/hopeless-value.ts';
import { readGap } from '../src/detector/near-gap.ts';
import { readLogin, readScored } from '../src/detector/read-login.ts';
import { buildRuleProgram, type RuleProgram, secretRange } from '../src/detector/rule-program.ts';
import { CANDIDATE, CANDIDATE_SIZE, createKernel } from '../src/kernel/kernel.ts';
import { deserialiseRules } from '../src/rules/compiled.ts';
import { isCodePath } from '../src/util/code-path.ts';
import { pathKind } from '../src/util/path-kind.ts';

export interface CandidateRow {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly value: string;
  readonly rule: string;
  readonly features: readonly string[];
  /** True when the product reports it with a low confidence at most. */
  readonly isCapped: boolean;
}

/** As in match-rule.ts. */
const OWN_RULE = /pass|pwd|secret|token|auth|credential|api[-_]?key/i;
const CAPACITY = 1 << 23;
const BEFORE = 192;
const AFTER = 640;

/** @param rulesBytes of a compiled table */
export function createLister(rulesBytes: Uint8Array) {
  const rules = deserialiseRules(rulesBytes);
  const kernel = createKernel(rules.wake.kernelTables, CAPACITY);
  const programs = new Map<number, RuleProgram>();
  const programOf = (index: number): RuleProgram => {
    const program = programs.get(index) ?? buildRuleProgram(rules.matcher(index));
    programs.set(index, program);
    return program;
  };

  return function listFile(root: string, path: string): CandidateRow[] {
    const bytes = readFileSync(join(root, path));
    if (bytes.length > CAPACITY || bytes.subarray(0, 8000).includes(0)) return [];
    kernel.input.set(bytes);
    const traits = { pathKind: () => pathKind(path), isCode: () => isCodePath(path), isBinary: false };
    const text = (start: number, end: number) =>
      bytes.toString('latin1', Math.max(0, start), Math.min(bytes.length, end));
    const rows: CandidateRow[] = [];
    const seen = new Set<string>();

    const take = (program: RuleProgram, position: number, valueStart: number): void => {
      if (isSilentFile(traits) || isHopeless(bytes, valueStart, bytes.length, traits)) return;
      const from = Math.max(0, position - BEFORE);
      const window = text(from, valueStart + AFTER);
      let assignment: Assignment | undefined = readAssignment(window, position - from, valueStart - from);
      assignment = (assignment && readLogin(window, assignment)) ?? assignment;
      if (program.matcher.wakeUp.kind === 'near' && assignment && OWN_RULE.test(assignment.name)) return;
      for (; assignment; assignment = readNextInList(window, assignment)) {
        program.regex.lastIndex = 0;
        const features = program.regex.test(assignment.value) ? readFeatures(assignment, traits) : undefined;
        if (features) addRow(program, from, assignment, features);
      }
    };
    const addRow = (program: RuleProgram, from: number, assignment: Assignment, features: readonly Feature[]): void => {
      const start = from + assignment.valueStart;
      const end = from + assignment.valueEnd;
      const key = `${start} ${features.join()}`;
      if (seen.has(key)) return;
      seen.add(key);
      let line = 1;
      for (let i = bytes.indexOf(10); i >= 0 && i < start; i = bytes.indexOf(10, i + 1)) line++;
      const value = bytes.toString('utf8', start, end);
      rows.push({
        path,
        line,
        value,
        rule: program.matcher.id,
        features,
        isCapped: isCapped(features, assignment.name),
      });
    };
    const takeNear = (program: RuleProgram, position: number, size: number): void => {
      const { wakeUp, maxBytes } = program.matcher;
      if (wakeUp.kind !== 'near') return;
      const from = position + size;
      const slice = text(from, from + wakeUp.withinBytes + maxBytes);
      program.regex.lastIndex = 0;
      for (let m = program.regex.exec(slice); m && m.index <= wakeUp.withinBytes; m = program.regex.exec(slice)) {
        const [start] = secretRange(m);
        if (readGap(text(position, from), slice.slice(0, start))) return take(program, position, from + start);
        if (m[0] === '') program.regex.lastIndex++;
      }
    };

    const takeAnchor = (program: RuleProgram, position: number, size: number): void => {
      const { wakeUp, maxBytes } = program.matcher;
      if (wakeUp.kind !== 'anchor' || isSilentFile(traits)) return;
      const from = Math.max(0, position - wakeUp.beforeBytes);
      const slice = text(from, position + maxBytes);
      program.regex.lastIndex = 0;
      for (let m = program.regex.exec(slice); m && from + m.index <= position; m = program.regex.exec(slice)) {
        if (from + m.index + m[0].length < position + size) continue;
        const [start, end] = secretRange(m);
        const windowStart = Math.max(0, from + start - BEFORE);
        const window = text(windowStart, from + start + AFTER);
        const valueStart = from + start - windowStart;
        const assignment = readScored(window, program.matcher.id, valueStart, valueStart + end - start);
        const features = readFeatures(assignment, traits);
        if (features) addRow(program, windowStart, assignment, features);
        return;
      }
    };

    for (let count = kernel.begin(bytes.length); ; count = kernel.next()) {
      for (let i = 0; i < count * CANDIDATE_SIZE; i += CANDIDATE_SIZE) {
        const kind = kernel.candidates[i]! >> 16;
        const id = kernel.candidates[i]! & 0xffff;
        if (kind === CANDIDATE.prefix) continue;
        const [size, ...woken] = (kind === CANDIDATE.near ? rules.wake.nears : rules.wake.anchors).at(id);
        for (const index of woken) {
          if (index < 0) continue;
          const program = programOf(index);
          if (!program.isGeneric) continue;
          if (kind === CANDIDATE.near) takeNear(program, kernel.candidates[i + 1]!, size);
          else if (kernel.candidates[i + 2]! > 0) take(program, kernel.candidates[i + 1]!, kernel.candidates[i + 2]!);
          else takeAnchor(program, kernel.candidates[i + 1]!, size!);
        }
      }
      if (kernel.isDone()) break;
    }
    return rows;
  };
}
