// The short report of the hook: whole outputs, silence, and commands that can be copied.
// That it prints no value is tested in registry.test.ts.
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import type { JudgedFinding } from '../../src/model/report.ts';
import { formatHookText } from '../../src/reporters/hook-text.ts';
import { expectGolden } from './golden.ts';
import { makeCleanReport, makeLargeReport, makeSampleReport, PLAIN } from './sample-report.ts';

function makeStagedReport(pick: (judged: JudgedFinding) => boolean) {
  const findings = makeSampleReport().findings.filter(pick);
  return { ...makeSampleReport(), mode: 'staged', subject: 'index', findings, suppressed: [], problems: [] } as const;
}

describe('formatHookText', () => {
  it('gives the expected file', () => {
    expectGolden('hook-text.golden.txt', formatHookText(makeSampleReport(), PLAIN));
    expectGolden(
      'hook-text-color.golden.txt',
      formatHookText(makeSampleReport(), { ...PLAIN, color: true, width: 60 }),
    );
  });

  it('is silent when nothing was found, whatever was skipped by design', () => {
    const problem: Problem = { kind: 'submodule', path: 'vendor', message: 'scan it on its own' };
    expect(formatHookText(makeCleanReport([problem]), PLAIN)).toBe('');
  });

  it('speaks when something was not read', () => {
    const problem: Problem = { kind: 'unmerged', path: 'a.ts', message: 'resolve the conflict' };
    expect(formatHookText(makeCleanReport([problem]), PLAIN)).toBe(
      [
        'unleak: No secrets found, but some of the input was not read.',
        '',
        'Not read, or not whole: 1 input; the result is incomplete',
        '  merge conflict not resolved (1)',
        '    a.ts: resolve the conflict',
        '',
      ].join('\n'),
    );
  });

  it('names up to three files in the command, quoted', () => {
    const few = makeStagedReport(({ finding }) => /^(a\.ts|docs\/with|src\/日本語)/.test(finding.origin.path));
    expect(formatHookText(few, PLAIN)).toContain(
      "\n  git restore --staged -- a.ts 'docs/with space.md' ':(literal)src/日本語/[id].ts'\n",
    );
  });

  it('names no file when a name holds a value, or when there are many', () => {
    const redacted = makeStagedReport(({ finding }) => finding.origin.path.startsWith('tokens/gh'));
    expect(redacted.findings).toHaveLength(1);
    expect(formatHookText(redacted, PLAIN)).toContain('\n  git restore --staged -- FILE\n');
    const many = formatHookText(makeLargeReport(25), PLAIN);
    expect(many).toContain('\n  git restore --staged -- FILE\n');
    expect(many).toContain('\n  and 15 more: unleak staged --format text\n');
  });

  it('suggests a new baseline when there is none, and gives no advice for what does not fail', () => {
    const fresh = makeStagedReport(({ finding }) => finding.origin.path === 'a.ts');
    expect(formatHookText(fresh, PLAIN)).toContain('\n  unleak baseline create\n');
    const known = makeStagedReport(({ finding }) => finding.ruleId === 'slack.bot-token');
    expect(formatHookText({ ...known, coverage: makeCleanReport().coverage }, PLAIN)).toBe(
      [
        'unleak: No new secrets, 1 known secret in 1 new place.',
        '',
        '  docs/slack.md:1:1',
        '    medium  xoxb********6x (known, new place)',
        '    slack.bot-token',
        '    why: starts with xoxb-',
        '',
      ].join('\n'),
    );
  });
});
