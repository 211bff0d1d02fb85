// Which commit is checked out where something was scanned: said in reports of shards, and in formats that must name one.
import { runGitSync } from '../git/run-git.ts';
import type { Terminal } from './terminal.ts';

/** The commit that is checked out at a folder; undefined outside of a repository, without git, and before the first commit. */
export function findHead(folder: string, terminal: Terminal): string | undefined {
  try {
    const call = { cwd: folder, env: terminal.environment };
    const { exitCode, stdout } = runGitSync(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], call);
    const id = stdout.toString('utf8').trim();
    return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
  } catch {
    return undefined; // No git: a folder can be scanned all the same.
  }
}
