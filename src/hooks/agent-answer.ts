// How each agent wants to be told yes or no. Whatever goes wrong is a no: these agents let an action through when a hook
// fails in any other way.
import type { AgentName } from '../model/hook-name.ts';
import type { AgentEvent } from './agent-input.ts';

export interface AgentAnswer {
  readonly out: string;
  readonly error: string;
  readonly exitCode: 0 | 2;
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** @param reason  undefined: nothing stands against it */
export function answerAgent(agent: AgentName, event: AgentEvent, reason: string | undefined): AgentAnswer {
  const isBlocked = reason !== undefined;
  switch (agent) {
    // Exit code 2 blocks, and standard error goes to the model (or, for a prompt, to the user).
    case 'claude-code':
    case 'gemini-cli':
      return { out: '', error: isBlocked ? `${reason}\n` : '', exitCode: isBlocked ? 2 : 0 };
    case 'cursor': {
      if (event === 'prompt') {
        return {
          out: line(isBlocked ? { continue: false, user_message: reason } : { continue: true }),
          error: '',
          exitCode: 0,
        };
      }
      const answer = isBlocked
        ? { permission: 'deny', user_message: reason, agent_message: reason }
        : { permission: 'allow' };
      return { out: line(answer), error: '', exitCode: 0 };
    }
    case 'copilot': {
      const answer = { permissionDecision: 'deny', permissionDecisionReason: reason };
      return { out: isBlocked ? line(answer) : '', error: '', exitCode: 0 };
    }
  }
}
