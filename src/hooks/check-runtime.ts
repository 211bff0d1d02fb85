// Can the hook start unleak, and is nothing set that switches hooks off? Starts node and unleak to ask their versions.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ManagerName } from '../model/hook-name.ts';
import { type DoctorCheck, good, note, wrong } from './doctor-check.ts';
import { findOnPath } from './find-program.ts';
import { type HookPlace, namePath } from './hook-place.ts';
import { runProgram } from './run-program.ts';
import { ON_PATH, type Program } from './shell-block.ts';

const TIMEOUT_MS = 20_000;
/** What graphical clients and services start with. */
const BARE_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

const isOff = (value: string | undefined): boolean => /^(?:0|false)$/i.test(value ?? '');
const isOn = (value: string | undefined): boolean => /^(?:1|true)$/i.test(value ?? '');

/** Variables, each with the manager that it switches off. */
const SWITCHES: readonly (readonly [ManagerName, string, (value: string | undefined) => boolean])[] = [
  ['husky', 'HUSKY', isOff],
  ['lefthook', 'LEFTHOOK', isOff],
  ['simple-git-hooks', 'SKIP_SIMPLE_GIT_HOOKS', isOn],
  ['pre-commit', 'SKIP', (value) => /(?:^|,)\s*unleak/.test(value ?? '')],
  ['lefthook', 'LEFTHOOK_EXCLUDE', (value) => /\bunleak\b/.test(value ?? '')],
];

/** husky reads this file before each hook. */
function huskyInitFile(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME ?? homedir(), '.config'), 'husky', 'init.sh');
}

export function checkSwitches(managers: ReadonlySet<ManagerName>, env: NodeJS.ProcessEnv): readonly DoctorCheck[] {
  const checks = SWITCHES.filter(([manager, name, isSet]) => managers.has(manager) && isSet(env[name])).map(
    ([manager, name]) =>
      wrong(
        `${name}=${env[name]} is set, which switches ${manager === 'pre-commit' ? 'unleak' : manager} off`,
        `unset ${name}`,
      ),
  );
  const init = huskyInitFile(env);
  if (managers.has('husky') && existsSync(init) && /^[^#\n]*\bHUSKY=0\b/m.test(readFileSync(init, 'utf8'))) {
    checks.push(wrong(`${init} sets HUSKY=0, which switches husky off`, `take the line HUSKY=0 out of ${init}`));
  }
  return checks;
}

/** PATH as husky and package managers set it for a hook. */
export function hookPath(place: HookPlace, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PATH: [join(place.top, 'node_modules', '.bin'), env.PATH ?? ''].join(delimiter) };
}

/** @param findFault says what is wrong with a version of Node, if anything */
export function checkNode(
  place: HookPlace,
  env: NodeJS.ProcessEnv,
  findFault: (version: string) => string | undefined,
): readonly DoctorCheck[] {
  const file = findOnPath('node', env);
  if (file === undefined)
    return [wrong(`there is no node on PATH=${env.PATH ?? ''}`, 'put the folder of node on PATH')];
  const version = runProgram(file, ['--version'], { cwd: place.top, env, timeoutMs: TIMEOUT_MS })
    .output.trim()
    .replace(/^v/, '');
  const fault = findFault(version);
  if (fault !== undefined)
    return [
      wrong(
        `hooks get ${file}, version ${version}: ${fault}`,
        'install a newer Node, and see that it is first on PATH',
      ),
    ];
  const checks: DoctorCheck[] = [good(`hooks get Node ${version} (${file})`)];
  if (process.platform !== 'win32' && !isNodeFoundBare(env)) {
    checks.push(
      note(
        `a graphical client that does not know your shell's PATH would find no node; the hook then stops the commit`,
        `echo 'export PATH="${join(file, '..')}:$PATH"' >> ${huskyInitFile(env)} (husky; others: start the client from a shell)`,
      ),
    );
  }
  return checks;
}

function isNodeFoundBare(env: NodeJS.ProcessEnv): boolean {
  const init = huskyInitFile(env);
  if (existsSync(init) && /PATH|nvm|fnm|volta|mise/.test(readFileSync(init, 'utf8'))) return true;
  const home = env.HOME ?? homedir();
  const usual = [
    '/usr/local/bin',
    '/opt/homebrew/bin',
    ...['.volta/bin', '.asdf/shims', '.local/share/mise/shims'].map((one) => join(home, one)),
  ];
  return findOnPath('node', { PATH: [BARE_PATH, ...usual].join(':') }) !== undefined;
}

/** @param own  the version that is asking */
export function checkProgram(
  place: HookPlace,
  program: Program,
  env: NodeJS.ProcessEnv,
  own: string,
): readonly DoctorCheck[] {
  const local = join(place.top, program);
  const isLocal = program !== ON_PATH && existsSync(local);
  const file = isLocal ? local : findOnPath('unleak', hookPath(place, env));
  if (file === undefined) {
    const cure = program === ON_PATH ? 'npm install --global unleak' : 'npm install';
    return [
      wrong(
        `${program === ON_PATH ? 'unleak is not on PATH' : `${program} is not there, and unleak is not on PATH`}: the hook stops every commit`,
        cure,
      ),
    ];
  }
  const { exitCode, output } = runProgram(file, ['--version'], { cwd: place.top, env, timeoutMs: TIMEOUT_MS });
  const version = output.trim().split('\n').at(-1) ?? '';
  const name = namePath(file, place.top);
  if (exitCode !== 0) return [wrong(`${name} does not start`, 'npm install')];
  if (version !== own)
    return [note(`hooks get unleak ${version} (${name}); this is ${own}`, 'npm install --save-dev unleak')];
  return [good(`hooks get unleak ${version} (${name})`)];
}
