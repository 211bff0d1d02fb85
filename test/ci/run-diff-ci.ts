// Runs `unleak diff --ci` in a clone under the variables of a CI system, and puts what it says in few words.
import { runUnleak } from '../cli/unleak-process.ts';
import { TOKENS } from './scenario.ts';

/** Variables of whatever machine runs the tests must not decide. */
const CI_VARIABLES =
  /^(?:CI$|CI_|GITHUB_|GITLAB_|BITBUCKET_|TF_BUILD|BUILD_|SYSTEM_|JENKINS_|CHANGE_|GIT_PREVIOUS|BRANCH_NAME|TAG_NAME|CIRCLE|TRAVIS|DRONE|BUILDKITE|TEAMCITY|RUNNER_|INPUT_)/;

export function noCi(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => CI_VARIABLES.test(name))
      .map((name) => [name, undefined]),
  );
}

export interface CiRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** `token at path:line in commit`, by the names of the story; sorted. */
  readonly found: readonly string[];
  readonly commits: number | undefined;
}

interface JsonFinding {
  readonly path: string;
  readonly line: number;
  readonly secret?: string;
  readonly origin: { readonly commit?: string };
}

/** @param ids  names of commits, to make the answers readable */
export function runDiffCi(
  cwd: string,
  env: NodeJS.ProcessEnv,
  ids: Readonly<Record<string, string>>,
  ...words: string[]
): CiRun {
  const done = runUnleak(['diff', '--ci', '--format', 'json', '--reveal', ...words], {
    cwd,
    env: { ...noCi(), ...env },
  });
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const tokens = new Map<string, string>(Object.entries(TOKENS).map(([name, value]) => [value, name]));
  if (done.stdout === '') return { ...done, found: [], commits: undefined };
  const report = JSON.parse(done.stdout) as {
    findings: readonly JsonFinding[];
    coverage: { commits?: number };
  };
  const found = report.findings.map(
    ({ path, line, secret, origin: { commit } }) =>
      `${tokens.get(secret ?? '') ?? 'unknown'} at ${path}:${line}${commit === undefined ? '' : ` in ${names.get(commit) ?? commit}`}`,
  );
  return { ...done, found: found.sort(), commits: report.coverage.commits };
}
