// Foreign JSON to one shape. What the answers look like end to end: test/e2e/hook-agent.test.ts.
import { expect, test } from 'vitest';
import { readAgentInput } from '../../src/hooks/agent-input.ts';
import { AGENT_NAMES } from '../../src/model/hook-name.ts';
import { RandomText } from '../../src/util/random-text.ts';

test('every string of a tool is looked at, however deep', () => {
  const deep = JSON.parse(`${'{"a":['.repeat(2000)}"end"${']}'.repeat(2000)}`);
  const input = readAgentInput(
    'claude-code',
    JSON.stringify({
      hook_event_name: 'PreToolUse',
      tool_name: 'mcp__x',
      tool_input: { first: ['1', { second: '2' }], third: '', deep },
    }),
  );
  expect(input.texts).toEqual([
    { name: 'first', text: '1' },
    { name: 'second', text: '2' },
    { name: 'a', text: 'end' },
  ]);
});

test.each([
  [
    'claude-code',
    { hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { file_path: 'a', content: 'x' } },
    [],
  ],
  ['claude-code', { hook_event_name: 'PreToolUse', tool_name: 'Grep', tool_input: { path: 'a', pattern: 'x' } }, ['a']],
  [
    'gemini-cli',
    { hook_event_name: 'BeforeTool', tool_name: 'read_many_files', tool_input: { paths: ['a', 1, 'b'] } },
    ['a', 'b'],
  ],
  ['copilot', { toolName: 'view', toolArgs: 'no json' }, []],
  ['copilot', { toolName: 'view', toolArgs: '{"path":"a"}' }, ['a']],
  ['copilot', { toolName: 'view', toolArgs: '{"path":"a"}', toolResult: {} }, []],
  ['cursor', { hook_event_name: 'beforeReadFile', file_path: 'a' }, ['a']],
  [
    'cursor',
    { hook_event_name: 'beforeSubmitPrompt', attachments: [{ filePath: 'a' }, 3, { file_path: 'b' }] },
    ['a', 'b'],
  ],
] as const)('files: %s %j', (agent, json, files) => {
  expect(readAgentInput(agent, JSON.stringify(json)).files).toEqual(files);
});

test('any JSON is read or refused in words that do not repeat it', () => {
  const seed = 20_260_912;
  const random = new RandomText(seed);
  const keys = [
    'hook_event_name',
    'tool_name',
    'tool_input',
    'tool_response',
    'prompt',
    'command',
    'file_path',
    'path',
    'paths',
    'attachments',
    'toolName',
    'toolArgs',
    'content',
    'cwd',
    'workspace_roots',
  ];
  const words = [
    'PreToolUse',
    'PostToolUse',
    'BeforeTool',
    'beforeReadFile',
    'beforeShellExecution',
    'beforeSubmitPrompt',
    'beforeMCPExecution',
    'UserPromptSubmit',
    'Read',
    'cat x',
    '',
  ];
  const make = (depth: number): unknown => {
    const kind = random.integer(depth > 3 ? 4 : 7);
    if (kind < 3) return random.pick(words);
    if (kind === 3) return random.pick([null, 1, true, -0.5]);
    if (kind === 4) return Array.from({ length: random.integer(3) }, () => make(depth + 1));
    return Object.fromEntries(Array.from({ length: random.integer(5) }, () => [random.pick(keys), make(depth + 1)]));
  };
  for (let round = 0; round < 4000; round++) {
    const json = make(0);
    for (const agent of AGENT_NAMES) {
      try {
        readAgentInput(agent, JSON.stringify(json));
      } catch (error) {
        expect({ seed, round, message: (error as Error).message }).toEqual({
          seed,
          round,
          message: 'standard input is no JSON object; let the agent run the hook, or see docs/agents.md',
        });
      }
    }
  }
});
