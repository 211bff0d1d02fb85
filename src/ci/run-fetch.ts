// The only place that lets git reach a remote: the one that the checkout came from, to fetch commits that a shallow clone
// lacks. Writes objects and nothing else: no ref, no tag, no FETCH_HEAD, no maintenance. Waits for no prompt.
import { spawnSync } from 'node:child_process';
import { gitEnvironment } from '../git/run-git.ts';

const TIMEOUT_MS = 120_000;
/** `ext::` and the like would start programs. */
const PROTOCOLS = 'file:git:http:https:ssh';
const MAX_OUTPUT = 16 * 1024 * 1024;

export interface RemoteCall {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface RemoteAnswer {
  readonly isDone: boolean;
  readonly stdout: string;
  /** Why not, for people; never git's own words, which may hold a URL with a password in it. */
  readonly reason: string;
}

function remoteEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...gitEnvironment(env),
    GIT_ALLOW_PROTOCOL: PROTOCOLS,
    // Some systems hand credentials over by a program; without a terminal git can only ask that one.
    ...(env.GIT_ASKPASS === undefined ? {} : { GIT_ASKPASS: env.GIT_ASKPASS }),
    GIT_SSH_COMMAND: env.GIT_SSH_COMMAND ?? 'ssh -oBatchMode=yes',
  };
}

function explain(stderr: string, error: NodeJS.ErrnoException | undefined): string {
  if (error?.code === 'ETIMEDOUT') return `no answer within ${TIMEOUT_MS / 1000} seconds`;
  if (error) return `git could not be started (${error.code ?? 'unknown error'})`;
  if (/not our ref|couldn't find remote ref|no such remote ref|unadvertised object/i.test(stderr)) {
    return 'the remote does not have it, or does not give it away';
  }
  if (
    /authentication|could not read (?:username|password)|terminal prompts disabled|permission denied|403|401/i.test(
      stderr,
    )
  ) {
    return 'the remote refused the access';
  }
  if (
    /could not resolve host|unable to access|connection|does not appear to be a git repository|not found/i.test(stderr)
  ) {
    return 'the remote could not be reached';
  }
  return 'git could not fetch it';
}

function run(args: readonly string[], { cwd, env }: RemoteCall): RemoteAnswer {
  const settings = [
    '-c',
    'core.fsmonitor=',
    '-c',
    'gc.auto=0',
    '-c',
    'maintenance.auto=false',
    '-c',
    'credential.interactive=false',
  ];
  const { status, stdout, stderr, error } = spawnSync('git', [...settings, ...args], {
    cwd,
    env: remoteEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT,
    windowsHide: true,
  });
  const isDone = status === 0 && error === undefined;
  return { isDone, stdout: stdout ?? '', reason: isDone ? '' : explain(stderr ?? '', error) };
}

/** @param wants  ids and full names of refs */
export function fetchObjects(
  remote: string,
  options: readonly string[],
  wants: readonly string[],
  call: RemoteCall,
): RemoteAnswer {
  const quiet = ['--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--refmap='];
  return run(['fetch', ...quiet, ...options, remote, ...wants], call);
}

/** Asks for ids of refs; `HEAD` also tells the default branch. */
export function listRemoteRefs(remote: string, names: readonly string[], call: RemoteCall): RemoteAnswer {
  return run(['ls-remote', '--symref', '--quiet', remote, ...names], call);
}
