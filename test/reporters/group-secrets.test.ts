// Grouping by secret: order, levels, which finding speaks for the group.
// Works on the shared sample.
import { describe, expect, it } from 'vitest';
import { groupBySecret } from '../../src/reporters/group-secrets.ts';
import { makeSampleReport } from './sample-report.ts';

describe('groupBySecret', () => {
  it('puts one value under one rule together, most harmful first', () => {
    const groups = groupBySecret(makeSampleReport().findings);
    expect(groups.map((g) => [g.ruleId, g.severity, g.confidence, g.places.length, g.isKnown])).toEqual([
      ['github.personal-access-token', 'critical', 'high', 7, false],
      ['aws.access-key', 'critical', 'high', 1, false],
      ['generic.private-key', 'high', 'high', 1, false],
      ['generic.password', 'high', 'medium', 1, false],
      ['slack.bot-token', 'medium', 'high', 1, true],
      ['generic.api-key', 'low', 'low', 1, false],
    ]);
  });

  it('takes the highest levels and lets the surest finding speak', () => {
    const [a, b] = makeSampleReport().findings.filter(({ finding }) => finding.origin.path.endsWith('.ts'));
    const weak = { ...a!, finding: { ...a!.finding, confidence: 'low' } } as const;
    const strong = { ...b!, finding: { ...b!.finding, fingerprint: a!.finding.fingerprint, severity: 'low' } } as const;
    const [group, ...others] = groupBySecret([weak, strong]);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ severity: 'critical', confidence: 'high' });
    expect(group?.best).toBe(strong);
  });

  it('keeps the same value under two rules apart', () => {
    const [a] = makeSampleReport().findings;
    const other = { ...a!, finding: { ...a!.finding, ruleId: 'generic.api-key' } };
    expect(groupBySecret([a!, other]).map((group) => group.ruleId)).toEqual([
      'github.personal-access-token',
      'generic.api-key',
    ]);
  });
});
