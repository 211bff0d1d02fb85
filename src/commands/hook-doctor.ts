// `unleak hook doctor`: is this work tree guarded, and if not, what is the cure? Exit code 0 when it is, 1 when it is not.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { CHECKS } from '../checks/registry.ts';
import { checkNode, checkProgram, checkSwitches } from '../hooks/check-runtime.ts';
import { checkHooksPath, checkWiring } from '../hooks/check-wiring.ts';
import type { DoctorCheck } from '../hooks/doctor-check.ts';
import { findHookPlace } from '../hooks/hook-place.ts';
import { checkCanary } from '../hooks/plant-canary.ts';
import { findProgramOf } from '../hooks/shell-block.ts';
import { EXIT, type ExitCode } from '../model/exit-code.ts';
import { HOOK_NAMES } from '../model/hook-name.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { RandomText } from '../util/random-text.ts';
import type { CommonArguments } from './arguments.ts';
import type { Terminal } from './terminal.ts';
import { TOOL } from './tool.ts';

/** This very unleak. */
const SELF = [process.execPath, join(import.meta.dirname, 'unleak.cjs')];
const MARKS: Readonly<Record<DoctorCheck['state'], string>> = { good: 'ok   ', note: 'note ', wrong: 'WRONG' };

export interface DoctorArguments extends CommonArguments {
  /** What is wrong with a version of Node, if anything. */
  readonly findNodeFault: (version: string) => string | undefined;
}

/** A token whose checksum holds, new each time, so that no baseline knows it. */
function makeCanaryText(): string {
  const token = CHECKS.get('github-crc32')?.mint?.(new RandomText(randomInt(2 ** 31)), 'ghp_');
  if (token === undefined) throw new TypeError('the check that mints tokens is gone');
  return `GITHUB_TOKEN=${token}\n`;
}

function formatCheck({ state, text, cure }: DoctorCheck): string {
  const lines = [`${MARKS[state]} ${makeVisible(text)}`];
  if (cure !== undefined) lines.push(`      cure: ${makeVisible(cure)}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** @throws GitError outside of a repository; UsageError when a file of hooks cannot be read */
export async function runHookDoctor(args: DoctorArguments, terminal: Terminal): Promise<ExitCode> {
  const { environment: env, cwd } = terminal;
  const place = findHookPlace(cwd, env);
  const wiring = checkWiring(place, HOOK_NAMES, env);
  const managers = new Set(wiring.calls.map(({ sighting }) => sighting.manager));
  if (managers.has('lint-staged')) managers.add('husky');
  const called = wiring.calls.flatMap(({ call }) =>
    call.kind === 'framework' ? [] : (findProgramOf(call.command) ?? []),
  );
  const programs = [...new Set(called)];
  const checks: DoctorCheck[] = [
    checkHooksPath(place),
    ...wiring.checks,
    ...checkSwitches(managers, env),
    ...checkNode(place, env, args.findNodeFault),
    ...programs.flatMap((program) => checkProgram(place, program, env, TOOL.version)),
  ];
  const isSound = checks.every(({ state }) => state !== 'wrong');
  const { commitCall, commitFile } = wiring;
  // A hook that is known to be broken would run other things than ours.
  if (isSound && commitCall && commitFile)
    checks.push(checkCanary(place, commitCall.call, commitFile, env, makeCanaryText(), SELF));
  const wrongs = checks.filter(({ state }) => state === 'wrong').length;
  const verdict =
    wrongs === 0
      ? 'Commits in this work tree are guarded.'
      : `Commits in this work tree are NOT guarded: ${wrongs} ${wrongs === 1 ? 'thing is' : 'things are'} wrong.`;
  const shown = args.verbosity === 'quiet' ? checks.filter(({ state }) => state === 'wrong') : checks;
  await terminal.writeOut(`${shown.map(formatCheck).join('')}${verdict}\n`);
  return wrongs === 0 ? EXIT.clean : EXIT.findings;
}
