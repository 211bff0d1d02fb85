// Severity and confidence: two scales that must not be mixed up (design: words).

/** Harm if the finding is real. Comes from the rule. Most harmful first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure we are that the finding is real. Comes from the rule, the offline check and the score. Surest first. */
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** True when `level` is at least as high as `minimum` on its scale. */
export function isAtLeast<T extends string>(scale: readonly T[], level: T, minimum: T): boolean {
  return scale.indexOf(level) <= scale.indexOf(minimum);
}
