// The last step for a value whose pattern matched: entropy, offline check, companion values → a detection, or silence.
import { WEAK_CHECKS } from '../checks/weak-checks.ts';
import type { Reason } from '../model/finding.ts';
import { CONFIDENCES, type Confidence } from '../model/levels.ts';
import { Secret } from '../model/secret.ts';
import type { Span } from '../model/span.ts';
import { findPlaceholder } from '../util/placeholder.ts';
import { findDoubt } from './find-doubt.ts';
import { findParts } from './find-parts.ts';
import { shannonEntropyBits } from './randomness.ts';
import { note, type RuleContext, sliceText } from './rule-context.ts';
import type { RuleProgram } from './rule-program.ts';

function lower(a: Confidence, b: Confidence): Confidence {
  return CONFIDENCES[Math.max(CONFIDENCES.indexOf(a), CONFIDENCES.indexOf(b))]!;
}

/** The value as text: UTF-8 when it is valid, else each byte for itself. */
function decodeValue(context: RuleContext, span: Span, latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  const text = context.buffer.toString('utf8', span.start, span.end);
  return text.includes('\ufffd') ? latin1 : text;
}

/** Short rows are passwords that people use. */
function isCountingRow(value: string): boolean {
  const found = findPlaceholder(value);
  return found?.kind === 'walk' && !found.isSoft;
}

/**
 * @param span the value's place in the window
 * @param wakeReasons what led here
 * @param scored confidence of a generic score; the rule's own confidence is the cap
 */
export function judgeValue(
  context: RuleContext,
  program: RuleProgram,
  span: Span,
  wakeReasons: readonly Reason[],
  scored?: Confidence,
): void {
  const { matcher } = program;
  const { baseOffset } = context.chunk;
  const latin1 = sliceText(context, span.start, span.end);
  if (latin1 === '') return;
  const reasons = [...wakeReasons];
  if (matcher.minEntropyBits > 0) {
    const bits = shannonEntropyBits(latin1);
    if (bits < matcher.minEntropyBits) {
      const outcome = `entropy of ${bits.toFixed(1)} bits a character is below ${matcher.minEntropyBits}`;
      return note(context, program, span.start, outcome);
    }
  }
  let { severity } = matcher;
  let confidence = scored ? lower(scored, matcher.confidence) : matcher.confidence;
  const check = matcher.check === undefined ? undefined : context.checks.get(matcher.check);
  if (check) {
    const { result, note: fact } = check.test(latin1);
    const tail = fact ? ` (${fact})` : '';
    if (fact?.startsWith('public')) return note(context, program, span.start, `is no secret: ${fact}`);
    if (result === 'pass') {
      if (!WEAK_CHECKS.has(check.name)) confidence = 'high';
      reasons.push({ step: 'check', text: `the offline check ${check.name} holds${tail}` });
    } else if (result === 'fail') {
      confidence = 'low';
      reasons.push({ step: 'check', text: `the offline check ${check.name} fails: altered or made up${tail}` });
    } else if (fact) reasons.push({ step: 'check', text: fact });
    if (fact?.startsWith('short-lived')) confidence = 'low';
    // Without its passphrase an encrypted key opens nothing; it is still worth knowing.
    if (fact?.startsWith('encrypted')) {
      confidence = lower(confidence, 'medium');
      severity = 'low';
    }
  }
  const placeholder = /^(?:url|shell)\./.test(matcher.id) ? findPlaceholder(latin1) : undefined;
  const soft = placeholder?.isSoft ? placeholder : undefined;
  // Such a password in an address is scored by generic.url-password.
  if (soft && matcher.id.startsWith('url.')) return note(context, program, span.start, `the value ${soft.why}`);
  if (soft) {
    confidence = 'low';
    reasons.push({ step: 'value', text: soft.why });
  }
  const slice = (start: number, end: number): string => sliceText(context, start, end);
  if (confidence !== 'low' && !program.isGeneric && isCountingRow(latin1)) {
    confidence = 'low';
    reasons.push({ step: 'value', text: 'has its form, but is a counting row' });
  }
  const doubt = confidence === 'low' ? undefined : findDoubt(slice, span, matcher.id);
  if (doubt) {
    confidence = 'low';
    reasons.push({ step: 'place', text: doubt });
  }
  const parts = findParts(program, slice, span, baseOffset);
  if (!parts) return note(context, program, span.start, 'a value that must stand beside it is missing');
  if (parts.length > 0) {
    reasons.push({ step: 'part', text: `${parts.map((p) => p.name).join(', ')} stands beside it` });
    if (confidence === 'medium') confidence = 'high';
  }
  note(context, program, span.start, `found, confidence ${confidence}`);
  context.found.push({
    ruleId: matcher.id,
    severity,
    confidence,
    secret: new Secret(decodeValue(context, span, latin1), matcher.kind),
    span: { start: span.start + baseOffset, end: span.end + baseOffset },
    reasons,
    parts,
  });
}
