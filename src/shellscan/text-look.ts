// All that is asked of a text before its entries are read: what the detector finds in it, which lines may hold a command with
// a secret, and where its lines end.
import type { Detection } from '../model/finding.ts';
import { loadCommandRules } from '../pipeline/load-command-rules.ts';
import type { CompiledRules } from '../rules/compiled.ts';
import { createPrefilter, type FirstLook } from '../shell/prefilter.ts';
import { createTextDetector } from './text-detector.ts';

export interface TextLook extends FirstLook {
  /** Spans are of the text. */
  readonly detections: readonly Detection[];
}

/** @returns what is seen; its lines are valid until the next look */
export type LookAtText = (text: Buffer) => TextLook;

/** It remembers dull lines from text to text, which never shows in what it sees. */
export function createTextLook(rules: CompiledRules): LookAtText {
  const detect = createTextDetector(rules);
  const prefilter = createPrefilter(loadCommandRules());
  return (text) => ({ detections: detect(text), ...prefilter(text) });
}
