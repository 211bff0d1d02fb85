// Which CI system is this, and what was it started for? Looks at the environment, and at GitHub's file with the payload.
import { type JsonObject, parseJsonObject } from '../util/json-object.ts';
import { LARGEST_SETTINGS, readRegular } from '../util/read-whole.ts';
import type { CiEvent, Environment } from './ci-event.ts';
import { readGithub } from './github.ts';
import { readGitlab } from './gitlab.ts';
import {
  type ReadEvent,
  readAzure,
  readBitbucket,
  readBuildkite,
  readCircle,
  readDrone,
  readJenkins,
  readTeamCity,
  readTravis,
  readWoodpecker,
} from './other-systems.ts';

function readPayload(file: string | undefined): JsonObject | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return parseJsonObject(
      readRegular(file, LARGEST_SETTINGS)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
  } catch {
    // Told in the notes of the event: without a payload the files are scanned.
    return undefined;
  }
}

/** The first whose variable is set counts; Jenkins agents may run inside of others, so it stands last. */
const SYSTEMS: readonly (readonly [isHere: (env: Environment) => boolean, read: ReadEvent])[] = [
  [(env) => env.GITHUB_ACTIONS === 'true', (env) => readGithub(env, readPayload(env.GITHUB_EVENT_PATH))],
  [(env) => Boolean(env.GITLAB_CI), readGitlab],
  [(env) => Boolean(env.BITBUCKET_COMMIT), readBitbucket],
  [(env) => Boolean(env.TF_BUILD), readAzure],
  [(env) => Boolean(env.CIRCLECI), readCircle],
  [(env) => Boolean(env.TRAVIS), readTravis],
  [(env) => Boolean(env.DRONE), readDrone],
  [(env) => env.CI === 'woodpecker', readWoodpecker],
  [(env) => Boolean(env.BUILDKITE), readBuildkite],
  [(env) => Boolean(env.TEAMCITY_VERSION), readTeamCity],
  [(env) => Boolean(env.JENKINS_URL), readJenkins],
];

/** @returns undefined when no CI system that is known is at work */
export function detectCi(environment: Environment): CiEvent | undefined {
  return SYSTEMS.find(([isHere]) => isHere(environment))?.[1](environment);
}
