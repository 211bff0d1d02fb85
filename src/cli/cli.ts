// The full command line: everything but the hook's short way (main.ts). Bundled by itself as dist/cli.cjs, because yargs
// and the commands behind it take longer to load than a hook has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terminal } from '../commands/terminal.ts';
import { TOOL } from '../commands/tool.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { COMPLETE_COMMAND, completeWords, completionScript } from './completion.ts';
import { dispatch } from './dispatch.ts';
import { parseLight } from './parse-light.ts';
import { runCommand } from './run-command.ts';
import { createTerminal } from './terminal.ts';

function listRuleIds(): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, 'rule-info.json'), 'utf8');
  return (JSON.parse(text) as readonly { readonly id: string }[]).map((rule) => rule.id);
}

async function answer(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (words[0] === COMPLETE_COMMAND) {
    const found = completeWords(words.slice(1), listRuleIds);
    await terminal.writeOut(found.map((word) => `${word}\n`).join(''));
    return EXIT.clean;
  }
  // Yargs asks for the current folder when it is loaded; without one our own error must come first.
  if (terminal.cwd === '') return EXIT.usage;
  const line = parseLight(words);
  if (line) return dispatch(line, terminal);
  const { parseFull } = await import('./parse-full.ts');
  const { formatHelp } = await import('./help.ts');
  const request = parseFull(words);
  switch (request.kind) {
    case 'run':
      return dispatch(request.line, terminal);
    case 'help':
      await terminal.writeOut(await formatHelp(request.command, terminal.columns));
      return EXIT.clean;
    case 'version':
      await terminal.writeOut(`${TOOL.version}\n`);
      return EXIT.clean;
    case 'completion':
      await terminal.writeOut(completionScript(request.operands));
      return EXIT.clean;
    case 'nothing':
      terminal.writeError(await formatHelp(undefined, terminal.columns));
      return EXIT.usage;
  }
}

/** Reads the words after node and script, does what they say, and sets the exit code of the process. Never throws. */
export async function runCli(words: readonly string[]): Promise<void> {
  const terminal = createTerminal();
  process.exitCode = await runCommand(terminal, () => answer(words, terminal));
}
