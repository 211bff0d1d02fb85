// Detections and findings of one entry, each value once: a rule that knows the value names it, the command's says how it got
// there.
import { isGeneralRule } from '../detector/rule-program.ts';
import type { Reason } from '../model/finding.ts';
import { CONFIDENCES, isAtLeast } from '../model/levels.ts';
import { Secret } from '../model/secret.ts';
import { hasOverlap, type Span } from '../model/span.ts';
import type { LocatedDetection } from '../pipeline/located.ts';
import type { CommandFinding } from '../shell/command-engine.ts';
import { looksLikePassword } from '../shell/literal-value.ts';
import type { HistoryHit } from './history-hit.ts';

export const toUtf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

/** A value of an entry. */
export interface Item {
  readonly located: Omit<LocatedDetection, 'origin' | 'location' | 'markers' | 'span'>;
  /** Stretches of the entry's text. */
  readonly spans: readonly Span[];
  readonly finding: CommandFinding | undefined;
}

/** The values of an entry, as they are reported. */
export function mergeItems(hit: HistoryHit): readonly Item[] {
  const items: Item[] = [];
  const used = new Set<CommandFinding>();
  for (const { detection, span } of hit.detections) {
    const covering = hit.findings.find((one) => one.spans.some((s) => hasOverlap(s, span)));
    const isSame = covering?.value.length === span.end - span.start;
    const isWider = covering !== undefined && covering.value.length > span.end - span.start;
    if (covering && (isWider || isGeneralRule(detection.ruleId) || used.has(covering))) continue;
    if (!covering && hit.dialect !== 'text' && !isLikely(detection, hit, span)) continue;
    if (covering) used.add(covering);
    const reasons: readonly Reason[] = covering ? [...detection.reasons, reasonOf(covering)] : detection.reasons;
    // The position proves what a detector that sees the value alone may doubt.
    const isSurer = covering !== undefined && isAtLeast(CONFIDENCES, covering.rule.confidence, detection.confidence);
    const confidence = isSurer ? covering.rule.confidence : detection.confidence;
    items.push({
      located: { ...detection, reasons, confidence },
      spans: isSame && covering ? covering.spans : [span],
      finding: covering,
    });
  }
  for (const finding of hit.findings) {
    if (used.has(finding)) continue;
    const { id, severity, confidence, kind } = finding.rule;
    const secret = new Secret(toUtf8(finding.value), kind);
    const located = { ruleId: id, severity, confidence, secret, reasons: [reasonOf(finding)], parts: [] };
    items.push({ located, spans: finding.spans, finding });
  }
  return items;
}

/** Groups of hex digits with colons: IPv6, MAC, a fingerprint. */
const ADDRESS = /^(?:[0-9A-Fa-f]{0,4}:){2,}[0-9A-Fa-f]{0,4}$/;

/**
 * A command line is no settings file: where no command takes the value, the general rules must have more than a name for
 * it. A line alone that only a file of passwords would hold is a pasted one, and a plain word in it an example's.
 */
function isLikely(detection: HistoryHit['detections'][number]['detection'], hit: HistoryHit, span: Span): boolean {
  const value = hit.text.slice(span.start, span.end);
  if (!detection.ruleId.startsWith('generic.')) {
    return detection.secret.kind !== 'password' || hit.text.includes('\n') || !/^[a-z]+$/.test(value);
  }
  if (detection.confidence === 'low' || /^[0-9A-Fa-f]{32,64}\\?$/.test(value) || ADDRESS.test(value)) return false;
  return looksLikePassword(value) && /\d/.test(value);
}

function reasonOf({ tool, where }: CommandFinding): Reason {
  const place = where === 'stdin' ? 'typed into its standard input' : where === 'argument' ? 'its argument' : where;
  const isVariable = tool === where;
  const text = isVariable ? `the variable ${where} is set to it` : `${tool} takes a secret there: ${place}`;
  return { step: 'command', text };
}
