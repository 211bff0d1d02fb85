// A detector over a handful of rules given in the test, and a way to run it over a text.
import { CHECKS } from '../../src/checks/registry.ts';
import { CONTEXT_BYTES, type TextTraits } from '../../src/detector/chunk.ts';
import { createDetector, type Detector } from '../../src/detector/detector.ts';
import { resolveOverlaps } from '../../src/detector/resolve-overlaps.ts';
import type { Trace } from '../../src/detector/trace.ts';
import { createKernel } from '../../src/kernel/kernel.ts';
import type { Detection } from '../../src/model/finding.ts';
import type { RuleMatcher } from '../../src/model/rule.ts';
import { WINDOW_BYTES } from '../../src/pipeline/text-window.ts';
import { compileMatchers } from '../../src/rules/compile-matchers.ts';

/** A matcher with everything that the test does not care about filled in. */
export function matcher(given: Partial<RuleMatcher> & Pick<RuleMatcher, 'id' | 'wakeUp' | 'pattern'>): RuleMatcher {
  return {
    severity: 'high',
    confidence: 'high',
    kind: 'token',
    ignoreCase: false,
    maxBytes: 300,
    minBytes: 20,
    check: undefined,
    minEntropyBits: 0,
    parts: [],
    ...given,
  };
}

export function smallDetector(matchers: readonly RuleMatcher[], trace?: Trace): Detector {
  const rules = compileMatchers(matchers);
  const kernel = createKernel(rules.wake.kernelTables, WINDOW_BYTES);
  return createDetector({ rules, checks: CHECKS, kernel, ...(trace && { trace }) });
}

export const SOURCE: TextTraits = { pathKind: () => 'source', isCode: () => true, isBinary: false };
export const CONFIG: TextTraits = { pathKind: () => 'config', isCode: () => false, isBinary: false };

/** Detections of a text that fits one window. */
export function detectText(detector: Detector, text: string, traits: TextTraits = SOURCE): readonly Detection[] {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > WINDOW_BYTES - CONTEXT_BYTES) throw new RangeError('too long for one window');
  detector.kernel.input.set(bytes);
  return resolveOverlaps(
    detector.detect({ size: bytes.length, baseOffset: 0, ownStart: 0, ownEnd: bytes.length, traits }),
  );
}

/** `rule confidence value` of each detection. */
export function summarise(detections: readonly Detection[]): string[] {
  return detections.map((d) => `${d.ruleId} ${d.confidence} ${d.secret.reveal()}`);
}
