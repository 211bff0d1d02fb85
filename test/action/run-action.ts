// Builds the Action's bundle once and runs it as the runner does: by the script that action.yml names, with files for
// outputs and summary, the inputs as variables, and nothing else beside it.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { noCi } from '../ci/run-diff-ci.ts';
import { plainEnvironment } from '../cli/unleak-process.ts';
import { makeFolder } from '../support/git-repository.ts';

const TOP = join(import.meta.dirname, '..', '..');

export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export function readActionFile(): ActionFile {
  return parse(readFileSync(join(TOP, 'action.yml'), 'utf8')) as ActionFile;
}

/** A folder with action.yml and its script, as in a plain clone of the repository. */
export function installAction(): string {
  const folder = makeFolder();
  const script = join(folder, readActionFile().runs.main);
  mkdirSync(join(script, '..'), { recursive: true });
  execFileSync(process.execPath, ['scripts/build-action.mjs', join(script, '..')], { cwd: TOP, stdio: 'inherit' });
  copyFileSync(join(TOP, 'action.yml'), join(folder, 'action.yml'));
  return folder;
}

export interface ActionRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^(.*?)<<(.*)\n([\s\S]*?)\n\2\n/gm)) outputs[name] = value;
  return outputs;
}

export interface ActionCall {
  readonly workspace: string;
  readonly event: string;
  /** File with the payload. */
  readonly payload: string;
  readonly sha: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly node?: string;
}

export function runAction(installed: string, call: ActionCall): ActionRun {
  const folder = makeFolder();
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const defaults = Object.entries(readActionFile().inputs).map(([name, input]) => [name, input.default ?? '']);
  const inputs = { ...Object.fromEntries(defaults), ...call.inputs } as Record<string, string>;
  const done = spawnSync(call.node ?? process.execPath, [join(installed, readActionFile().runs.main)], {
    cwd: call.workspace,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    env: {
      ...plainEnvironment(noCi()),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: call.workspace,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_EVENT_NAME: call.event,
      GITHUB_EVENT_PATH: call.payload,
      GITHUB_SHA: call.sha,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...call.env,
    },
  });
  return {
    exitCode: done.status,
    stdout: done.stdout,
    stderr: done.stderr,
    summary: readFileSync(summary, 'utf8'),
    outputs: parseOutputs(readFileSync(output, 'utf8')),
  };
}
