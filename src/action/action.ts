// The script of action.yml, bundled as action/index.mjs: the Action in the main thread, a worker's script in any other. Only
// this file sets the exit code.
import { isMainThread } from 'node:worker_threads';
import { describeError, runCommand } from '../cli/run-command.ts';
import { createTerminal } from '../cli/terminal.ts';
import { formatCommand } from '../reporters/github-annotations.ts';
import { runAction } from './run-action.ts';
import { writeOutputs } from './runner-files.ts';

async function main(): Promise<void> {
  const terminal = createTerminal();
  process.exitCode = await runCommand(terminal, async () => {
    try {
      return await runAction(terminal);
    } catch (error) {
      const { text, exitCode } = describeError(error);
      await terminal.writeOut(formatCommand('error', { title: 'unleak' }, text.trim()));
      writeOutputs(terminal.environment, { 'exit-code': exitCode });
      throw error;
    }
  });
}

if (isMainThread) await main();
else await import('../pipeline/worker.ts');
