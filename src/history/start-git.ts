// Starts a git whose short answer is needed later: it runs while we do other work.
import { type GitCall, type GitResult, spawnGit } from '../git/run-git.ts';

/** On a circle of deltas git never ends (2.39): then it is stopped, which is a failure like others. */
const LIMIT_MS = 180_000;

/** The answer, whatever the exit code. A failure to start shows when it is awaited. @throws GitError when git cannot be started */
export function startGit(args: readonly string[], call: GitCall): Promise<GitResult> {
  const git = spawnGit(args, call);
  const limit = setTimeout(git.stop, LIMIT_MS);
  const read = async (): Promise<GitResult> => {
    const parts: Buffer[] = [];
    for await (const part of git.chunks) parts.push(part);
    return { ...(await git.end), stdout: Buffer.concat(parts) };
  };
  const answer = read().finally(() => clearTimeout(limit));
  answer.catch(() => {}); // Seen by whoever awaits it; without this Node would end on a late await.
  return answer;
}
