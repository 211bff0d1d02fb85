// What coding agents tell their hooks on standard input, as far as it is documented: Claude Code, Cursor, Gemini CLI and the
// GitHub Copilot CLI. Foreign JSON becomes one shape: what is about to be read, run or said. Nothing is guessed: an event
// without text and files means there is nothing to look at.
import { UsageError } from '../model/errors.ts';
import type { AgentName } from '../model/hook-name.ts';
import { listReadFiles } from './command-words.ts';
import { isRecord } from './json-text.ts';

/** How the answer has to look. */
export type AgentEvent = 'before-tool' | 'after-tool' | 'prompt' | 'other';

export interface AgentInput {
  readonly event: AgentEvent;
  /** The event in the agent's own word. */
  readonly eventName: string;
  /** Folder that relative names are relative to. */
  readonly cwd: string | undefined;
  /** Texts to scan, with a name for each, such as `command`. */
  readonly texts: readonly { readonly name: string; readonly text: string }[];
  /** Files that the agent is about to read, as it names them. */
  readonly files: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const PATH_KEYS = ['file_path', 'absolute_path', 'filePath', 'notebook_path', 'path'];
/** Tools that only write: what they write is looked at, not what is there. */
const WRITING = /^(?:write|edit|multiedit|notebookedit|create|replace|write_file|str_replace|apply_patch)$/i;

function stringAt(record: Json, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** Every string in a value, however deep, with the name of its member. */
function listStrings(value: unknown, name: string): readonly { readonly name: string; readonly text: string }[] {
  const found: { name: string; text: string }[] = [];
  const open: { name: string; value: unknown }[] = [{ name, value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { name: own, value: one } = next;
    if (typeof one === 'string' && one !== '') found.push({ name: own, text: one });
    if (typeof one !== 'object' || one === null) continue;
    const members = Object.entries(one).map(([key, member]) => ({
      name: Array.isArray(one) ? own : key,
      value: member,
    }));
    open.push(...members.reverse());
  }
  return found;
}

/** Arguments of a tool: an object, or JSON in a string. */
function readArguments(value: unknown): Json {
  if (isRecord(value)) return value;
  if (typeof value !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : { text: value };
  } catch {
    return { text: value }; // No JSON: still a text to look at.
  }
}

function fromTool(tool: string, input: Json): Pick<AgentInput, 'texts' | 'files'> {
  const command = stringAt(input, 'command');
  const named = WRITING.test(tool)
    ? []
    : PATH_KEYS.flatMap((key) => (typeof input[key] === 'string' ? [input[key]] : []));
  const lists = ['paths', 'include'].flatMap((key) => (Array.isArray(input[key]) ? (input[key] as unknown[]) : []));
  const many = lists.filter((one): one is string => typeof one === 'string');
  return {
    texts: listStrings(input, 'tool input'),
    files: [...named, ...many, ...(command === undefined ? [] : listReadFiles(command))],
  };
}

/** Claude Code and Gemini CLI: one shape, other words for the events. */
function readClaudeLike(json: Json): AgentInput {
  const eventName = stringAt(json, 'hook_event_name') ?? '';
  const base = { eventName, cwd: stringAt(json, 'cwd') };
  const tool = stringAt(json, 'tool_name') ?? '';
  if (eventName === 'PreToolUse' || eventName === 'BeforeTool') {
    return { ...base, event: 'before-tool', ...fromTool(tool, readArguments(json.tool_input)) };
  }
  if (eventName === 'PostToolUse' || eventName === 'AfterTool') {
    return { ...base, event: 'after-tool', texts: listStrings(json.tool_response, 'tool output'), files: [] };
  }
  if (eventName === 'UserPromptSubmit' || eventName === 'BeforeAgent') {
    return { ...base, event: 'prompt', texts: listStrings(json.prompt, 'prompt'), files: [] };
  }
  return { ...base, event: 'other', texts: [], files: [] };
}

function readCursor(json: Json): AgentInput {
  const eventName = stringAt(json, 'hook_event_name') ?? '';
  const roots = Array.isArray(json.workspace_roots) ? json.workspace_roots : [];
  const base = { eventName, cwd: stringAt(json, 'cwd') || roots.find((one): one is string => typeof one === 'string') };
  const attached = (Array.isArray(json.attachments) ? json.attachments : []).filter(isRecord);
  const attachedFiles = attached.flatMap((one) => stringAt(one, 'file_path', 'filePath') ?? []);
  switch (eventName) {
    case 'beforeShellExecution': {
      const command = stringAt(json, 'command') ?? '';
      return { ...base, event: 'before-tool', texts: listStrings(command, 'command'), files: listReadFiles(command) };
    }
    case 'beforeReadFile':
      // The content comes along: what is scanned is what would be read.
      return {
        ...base,
        event: 'before-tool',
        texts: listStrings(json.content, stringAt(json, 'file_path') ?? 'file'),
        files: typeof json.content === 'string' ? [] : [stringAt(json, 'file_path') ?? ''],
      };
    case 'beforeMCPExecution':
      return {
        ...base,
        event: 'before-tool',
        ...fromTool(stringAt(json, 'tool_name') ?? '', readArguments(json.tool_input)),
      };
    case 'beforeSubmitPrompt':
      return { ...base, event: 'prompt', texts: listStrings(json.prompt, 'prompt'), files: attachedFiles };
    default:
      return { ...base, event: 'other', texts: [], files: [] };
  }
}

/** Copilot names no event; each event has its own members. */
function readCopilot(json: Json): AgentInput {
  const base = { cwd: stringAt(json, 'cwd') };
  const tool = stringAt(json, 'toolName');
  if (tool !== undefined && json.toolResult === undefined) {
    return { ...base, event: 'before-tool', eventName: 'preToolUse', ...fromTool(tool, readArguments(json.toolArgs)) };
  }
  return { ...base, event: 'other', eventName: '', texts: [], files: [] };
}

/** @throws UsageError when the text is no JSON object; its content is never repeated */
export function readAgentInput(agent: AgentName, text: string): AgentInput {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError('standard input is no JSON; let the agent run the hook, or see docs/agents.md');
  }
  if (!isRecord(json))
    throw new UsageError('standard input is no JSON object; let the agent run the hook, or see docs/agents.md');
  if (agent === 'cursor') return readCursor(json);
  return agent === 'copilot' ? readCopilot(json) : readClaudeLike(json);
}
