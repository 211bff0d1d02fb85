// The normal detector on whole texts in memory: what it finds in a block of a history or in a row of a database.
import { CHECKS } from '../checks/registry.ts';
import type { TextTraits } from '../detector/chunk.ts';
import { resolveOverlaps } from '../detector/resolve-overlaps.ts';
import type { Detection } from '../model/finding.ts';
import { createRulesDetector } from '../pipeline/create-detector.ts';
import { TextWindow } from '../pipeline/text-window.ts';
import type { CompiledRules } from '../rules/compiled.ts';

/** @returns detections without those that say less about the same bytes; spans are of the text */
export type DetectText = (text: Uint8Array) => readonly Detection[];

const TRAITS: TextTraits = { pathKind: () => 'config', isCode: () => false, isBinary: false };

export function createTextDetector(rules: CompiledRules): DetectText {
  const window = new TextWindow(createRulesDetector(rules, CHECKS));
  return (text) => {
    const found: Detection[] = [];
    window.open(TRAITS, { onDetection: (detection) => found.push(detection), onWindow: () => {} });
    window.write(text);
    window.finish();
    return resolveOverlaps(found);
  };
}
