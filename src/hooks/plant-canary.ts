// Proves that a hook stops a secret: a file with a made-up one goes into an index of its own, in a temporary folder with a
// temporary store of objects, and the hook runs against that. The user's index, work tree and objects are not touched. Of
// a hook file only our own lines run (see DOCTOR_VARIABLE); of other managers the line that they would run.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { checkGit, runGitSync } from '../git/run-git.ts';
import { hookPath } from './check-runtime.ts';
import type { DoctorCheck } from './doctor-check.ts';
import { good, wrong } from './doctor-check.ts';
import type { HookPlace } from './hook-place.ts';
import type { HookCall } from './manager.ts';
import { runProgram } from './run-program.ts';
import { DOCTOR_VARIABLE } from './shell-block.ts';

export const CANARY_PATH = 'unleak-canary.env';
const TIMEOUT_MS = 60_000;
const SHOWN_CHARACTERS = 300;

/** What git sets for a pre-commit hook, with the index and the objects elsewhere. */
function canaryEnvironment(place: HookPlace, folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = place.repository.objectsDir;
  const quoted = own.includes(delimiter) || own.startsWith('"') ? `"${own.replaceAll(/["\\]/g, '\\$&')}"` : own;
  const before = env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  return {
    ...env,
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: join(folder, 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: before ? `${quoted}${delimiter}${before}` : quoted,
    GIT_EDITOR: ':',
    GIT_PREFIX: '',
    [DOCTOR_VARIABLE]: '1',
  };
}

function plant(place: HookPlace, env: NodeJS.ProcessEnv, text: string): void {
  const call = { cwd: place.top, env };
  const hasHead = runGitSync(['rev-parse', '--verify', '--quiet', 'HEAD'], call).exitCode === 0;
  checkGit(['read-tree', ...(hasHead ? ['HEAD'] : ['--empty'])], call);
  const id = checkGit(['hash-object', '-w', '--stdin'], { ...call, input: Buffer.from(text) })
    .toString('latin1')
    .trim();
  checkGit(['update-index', '--add', '--cacheinfo', `100644,${id},${CANARY_PATH}`], call);
}

/** Runs what a commit would run, up to and with our own part. */
function runHook(place: HookPlace, call: HookCall, file: string, env: NodeJS.ProcessEnv, self: readonly string[]) {
  const options = { cwd: place.top, env, timeoutMs: TIMEOUT_MS };
  if (call.kind === 'framework')
    return runProgram(self[0] ?? 'node', [...self.slice(1), ...call.command.split(' ')], options);
  if (call.kind === 'line') return runProgram('sh', ['-c', call.command], { ...options, env: hookPath(place, env) });
  // What stands before our lines is somebody else's, and may do anything.
  if (call.codeBefore) return runProgram('sh', ['-c', call.command], options);
  const direct = runProgram(file, [], options);
  // git hands a file without a first line to a shell.
  return /\bENOEXEC\b/.test(direct.output) || process.platform === 'win32' ? runProgram('sh', [file], options) : direct;
}

/**
 * @param text  holds a secret that the rules find; never shown
 * @param file  the hook file that git runs for a commit
 * @param self  how this very unleak is started, for a manager that has a copy of its own
 */
export function checkCanary(
  place: HookPlace,
  call: HookCall,
  file: string,
  env: NodeJS.ProcessEnv,
  text: string,
  self: readonly string[],
): DoctorCheck {
  const folder = mkdtempSync(join(tmpdir(), 'unleak-canary-'));
  try {
    mkdirSync(join(folder, 'objects'));
    const planted = canaryEnvironment(place, folder, env);
    plant(place, planted, text);
    const { exitCode, output } = runHook(place, call, file, planted, self);
    if (exitCode !== 0 && output.includes(`${CANARY_PATH}:`))
      return good('a made-up secret in an index of its own was stopped');
    const said = output.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN_CHARACTERS);
    if (exitCode === 0) {
      return wrong(
        `a made-up secret in ${CANARY_PATH} was not stopped: the hook ended well${said && `, saying: ${said}`}`,
        'look for ignores and switched off rules: unleak staged --verbose',
      );
    }
    return wrong(
      `the hook fails before it scans (${exitCode === undefined ? 'it did not end' : `exit code ${exitCode}`})${said && `: ${said}`}`,
      'run it by hand: git hook run pre-commit',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
