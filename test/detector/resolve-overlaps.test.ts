import { expect, test } from 'vitest';
import { resolveOverlaps } from '../../src/detector/resolve-overlaps.ts';
import type { Detection } from '../../src/model/finding.ts';
import type { Confidence } from '../../src/model/levels.ts';
import { Secret } from '../../src/model/secret.ts';

function detection(ruleId: string, confidence: Confidence, start: number, end: number): Detection {
  const reasons = [{ step: 'near', text: ruleId }];
  return {
    ruleId,
    severity: 'medium',
    confidence,
    secret: new Secret('x', 'token'),
    span: { start, end },
    reasons,
    parts: [],
  };
}

const kept = (...detections: Detection[]): string[] =>
  resolveOverlaps(detections).map((d) => `${d.ruleId} ${d.confidence} ${d.span.start}-${d.span.end}`);

test('the rule that knows most stays', () => {
  expect(
    kept(
      detection('generic.token', 'high', 0, 20),
      detection('service.api-key', 'medium', 0, 20),
      detection('acme.key', 'low', 0, 20),
    ),
  ).toEqual(['acme.key low 0-20']);
});

test('a general rule is as sure as the score of the same value', () => {
  const general = detection('service.api-key', 'low', 0, 20);
  expect(kept(general, detection('generic.token', 'high', 0, 20))).toEqual(['service.api-key high 0-20']);
  expect(kept(general, detection('generic.token', 'high', 0, 19))).toEqual(['service.api-key low 0-20']);
  expect(kept(detection('service.api-key', 'medium', 5, 30), detection('generic.token', 'low', 5, 30))).toEqual([
    'service.api-key medium 5-30',
  ]);
  expect(resolveOverlaps([general, detection('generic.token', 'high', 0, 20)])[0]?.reasons).toEqual([
    { step: 'near', text: 'service.api-key' },
    { step: 'score', text: 'name and value alone would do too' },
  ]);
});

test('what does not overlap stays, in order', () => {
  expect(kept(detection('b.key', 'high', 40, 60), detection('a.key', 'low', 0, 20))).toEqual([
    'a.key low 0-20',
    'b.key high 40-60',
  ]);
});
