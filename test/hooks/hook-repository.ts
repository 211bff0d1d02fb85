// Repositories in which hooks are installed by the built unleak and run by real managers. Nothing of the machine's own
// settings is read: the home folder is an empty one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { makeToken } from '../cli/made-up-secret.ts';
import { type ProcessOutcome, plainEnvironment, runUnleak, UNLEAK } from '../cli/unleak-process.ts';
import { makeFolder, makeRepository, TestRepository } from '../support/git-repository.ts';

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

/** A repository with a home of its own, in which `npm install` seems to have put unleak. */
export class HookRepository extends TestRepository {
  readonly env: NodeJS.ProcessEnv;

  constructor(path: string, home = makeFolder()) {
    super(path);
    // What a manager sets for its own use must not come from whoever runs the tests.
    this.env = {
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      HUSKY: '',
      CI: '',
      NO_COLOR: '1',
      PRE_COMMIT_HOME: join(home, 'pre-commit'),
    };
  }

  /** Links a package of this repository's node_modules, with its programs. */
  link(name: string, programs: Readonly<Record<string, string>>): void {
    mkdirSync(join(this.path, 'node_modules', '.bin'), { recursive: true });
    if (name !== 'unleak') symlinkSync(join(MODULES, name), join(this.path, 'node_modules', name));
    for (const [program, file] of Object.entries(programs)) {
      symlinkSync(file, join(this.path, 'node_modules', '.bin', program));
    }
  }

  read(path: string): string | undefined {
    const file = join(this.path, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** Runs unleak as it was built. */
  unleak(line: string, env: NodeJS.ProcessEnv = {}, cwd = this.path): ProcessOutcome {
    return runUnleak(line.split(' '), { cwd, env: { ...this.env, ...env } });
  }

  /** Runs any program at the top. */
  run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ProcessOutcome {
    const done = spawnSync(command, args, {
      cwd: this.path,
      env: plainEnvironment({ ...this.env, ...env }),
      encoding: 'utf8',
    });
    return { exitCode: done.status, stdout: done.stdout, stderr: done.stderr };
  }

  /** Stages a file and commits; what the commit said is the outcome. */
  commit(path: string, content: string, env: NodeJS.ProcessEnv = {}): ProcessOutcome {
    this.write(path, content);
    this.git('add', path);
    const outcome = this.tryGit(['commit', '--message', `change ${path}`], { env: { ...this.env, ...env } });
    if (outcome.exitCode !== 0) this.tryGit(['rm', '--quiet', '--force', path]);
    return outcome;
  }
}

/** A line with a secret that every configuration but an ignoring one finds. */
export const LEAK = `GITHUB_TOKEN=${makeToken()}\n`;

/** @param manifest  more members of package.json */
export function makeHookRepository(manifest: object = {}): HookRepository {
  const repository = new HookRepository(makeRepository().path);
  repository.write('package.json', `${JSON.stringify({ name: 'sample', ...manifest }, undefined, '\t')}\n`);
  repository.write('.gitignore', 'node_modules/\n');
  repository.commitAll('start');
  repository.link('unleak', { unleak: UNLEAK });
  return repository;
}

/** PATH in which a folder comes first. */
export function pathWith(folder: string): string {
  return `${folder}${delimiter}${process.env.PATH ?? ''}`;
}

/** Absolute name of a program on PATH, or undefined. */
export function findTool(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

/** Writes a file anywhere, with its folders. */
export function writeAnywhere(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
