// `unleak hook run --agent NAME`: answers a coding agent that is about to read a file, run a command or take a prompt. The
// same rules, ignores and baseline as everywhere. A failure of ours is a no: agents take any other failure for a yes.

import { existsSync } from 'node:fs';
import { CHECKS } from '../checks/registry.ts';
import { guessRepository } from '../git/repository.ts';
import { answerAgent } from '../hooks/agent-answer.ts';
import { type AgentInput, readAgentInput } from '../hooks/agent-input.ts';
import { createAgentSource } from '../hooks/agent-source.ts';
import { readInput } from '../hooks/git-hook-input.ts';
import { ConfigError, UsageError } from '../model/errors.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import type { AgentName } from '../model/hook-name.ts';
import { isIncomplete } from '../model/problem.ts';
import { failingFindings, type Report } from '../model/report.ts';
import { describePlace, describeRule } from '../reporters/describe.ts';
import { redactReport } from '../reporters/redact.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import type { CommonArguments } from './arguments.ts';
import { createPathIgnores, makeReport } from './scan-report.ts';
import { openSession } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface AgentArguments extends CommonArguments {
  readonly agent: AgentName;
}

const MAX_SHOWN = 5;

async function scan(input: AgentInput, cwd: string, args: AgentArguments, terminal: Terminal): Promise<Report> {
  const root = guessRepository(cwd, terminal.environment)?.topLevel ?? cwd;
  const session = await openSession(args, terminal, { root });
  const ignores = createPathIgnores(session);
  const source = createAgentSource(input, cwd, root, ignores);
  return makeReport(session, source, ignores, { checks: CHECKS, reveal: false });
}

/** Why not, for the model and the user; undefined when nothing stands against it. Masked. */
function findObjection(unsafeReport: Report, event: AgentInput['event']): string | undefined {
  const report = redactReport(unsafeReport);
  const failing = failingFindings(report);
  const [problem] = report.problems.filter(isIncomplete);
  if (failing.length === 0) {
    return (
      problem &&
      `unleak could not look at everything, so this is blocked: ${makeVisible(problem.path ?? '')} ${makeVisible(problem.message)}`
    );
  }
  const shown = failing.slice(0, MAX_SHOWN).map((judged) => {
    const { finding } = judged;
    return `${describePlace(finding)} ${describeRule(report, finding.ruleId)} ${finding.secret.masked()}`;
  });
  const more = failing.length > MAX_SHOWN ? [`and ${failing.length - MAX_SHOWN} more`] : [];
  const what =
    event === 'after-tool'
      ? 'unleak: this output holds secrets. Do not repeat them'
      : 'unleak blocked this, because it holds secrets';
  const advice =
    'Read the value from the environment or a vault where it is needed. If it is none, its line can say: unleak:ignore reason="…"';
  return [`${what}:`, ...[...shown, ...more].map((text) => `- ${text}`), advice].join('\n');
}

/** One line for a failure: ours or the user's. Never the text of an unknown error, which may quote what was scanned. */
function describeFailure(error: unknown): string {
  const isKnown = error instanceof UsageError || error instanceof ConfigError;
  return `unleak could not look at this, so it is blocked: ${isKnown ? makeVisible(error.message) : 'an error of unleak itself; run "unleak scan" to see it'}`;
}

/** Never throws: the answer is part of the agent's protocol. @returns 0, or 2 where that blocks */
export async function runAgentHook(args: AgentArguments, terminal: Terminal): Promise<ExitCode> {
  const { agent } = args;
  let event: AgentInput['event'] = 'before-tool';
  let objection: string | undefined;
  try {
    const text = (await readInput(terminal.stdin, 'let the agent run the hook')).toString('utf8');
    const input = readAgentInput(agent, text);
    event = input.event;
    const cwd = input.cwd !== undefined && existsSync(input.cwd) ? input.cwd : terminal.cwd;
    if (input.texts.length + input.files.length > 0)
      objection = findObjection(await scan(input, cwd, args, terminal), event);
  } catch (error) {
    objection = describeFailure(error);
  }
  const { out, error, exitCode } = answerAgent(agent, event, objection);
  await terminal.writeOut(out);
  terminal.writeError(error);
  return exitCode === 2 ? EXIT.usage : EXIT.clean;
}
