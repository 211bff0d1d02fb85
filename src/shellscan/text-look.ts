// All that is asked of a text before its entries are read: what the detector finds in it, which lines may hold a command with
// a secret, and where its lines end.
import type { Detection } from '../model/finding.ts';
import { loadCommandRules } from '../pipeline/load-command-rules.ts';
import type { CompiledRules } from '../rules/compiled.ts';
import { createPrefilter, type FirstLook, type Prefilter } from '../shell/prefilter.ts';
import { createTextDetector, type DetectText } from './text-detector.ts';

export interface TextLook extends FirstLook {
  /** Spans are of the text. */
  readonly detections: readonly Detection[];
}

/** Both looks. The first one remembers dull lines from text to text, which never shows in what it sees. */
export interface TextLooker {
  readonly detect: DetectText;
  /** Its lines are valid until the next one. */
  readonly firstLook: Prefilter;
}

/** Each look is made ready when it is asked for: where other threads detect, this one need not know the rules of the detector. */
export function createTextLooker(loadRules: () => CompiledRules): TextLooker {
  let detect: DetectText | undefined;
  let firstLook: Prefilter | undefined;
  return {
    detect: (text) => {
      detect ??= createTextDetector(loadRules());
      return detect(text);
    },
    firstLook: (text) => {
      firstLook ??= createPrefilter(loadCommandRules());
      return firstLook(text);
    },
  };
}

export function lookAtText({ detect, firstLook }: TextLooker, text: Buffer): TextLook {
  return { detections: detect(text), ...firstLook(text) };
}
