// What the pre-commit framework says by its environment. It hands a pre-push hook no standard input and only the first of
// several pushed refs (commands/hook_impl.py of 4.x returns inside its loop), so that further refs are not seen: told in
// docs/hooks.md. By hand (`pre-commit run`) it gives no index of a commit.
import { type GitCall, runGitSync } from '../git/run-git.ts';
import { UsageError } from '../model/errors.ts';
import type { KnownSide } from './new-commits.ts';
import type { RefUpdate } from './ref-updates.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** True when no git command is waiting for the hook. */
export function isFrameworkByHand(env: Environment): boolean {
  return env.PRE_COMMIT === '1' && env.GIT_INDEX_FILE === undefined;
}

function resolveCommit(revision: string, call: GitCall): string {
  const { exitCode, stdout } = runGitSync(['rev-parse', '--verify', '--quiet', '--end-of-options', revision], call);
  // git before 2.42 prints the word itself first.
  const id = stdout.toString('latin1').trim().split('\n').at(-1);
  if (exitCode === 0 && id) return id;
  throw new UsageError(
    'the pre-commit framework names a revision that git does not know; fetch it first (in CI: fetch-depth: 0)',
  );
}

/** The range that the framework names, in a push or by --from-ref and --to-ref; undefined when it names none. */
export function findFrameworkPush(
  env: Environment,
  call: GitCall,
): { readonly updates: readonly RefUpdate[]; readonly side: KnownSide } | undefined {
  if (env.PRE_COMMIT !== '1') return undefined;
  const { PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to, PRE_COMMIT_REMOTE_NAME: remote } = env;
  // A first push has no base; then only the name of the local branch is told.
  const tip = to ?? (remote === undefined ? undefined : env.PRE_COMMIT_LOCAL_BRANCH);
  if (!tip) return undefined;
  const update: RefUpdate = {
    ref: env.PRE_COMMIT_REMOTE_BRANCH ?? tip,
    newId: resolveCommit(tip, call),
    oldId: from ? resolveCommit(`${from}^{commit}`, call) : undefined,
  };
  return { updates: [update], side: { kind: 'remote', name: remote ?? '' } };
}
