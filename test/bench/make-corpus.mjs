// Builds the tree corpora out of published npm packages (corpus-packages.mjs). Only tarballs are taken and unpacked:
// no script of a package is ever run. A part that is there is left as it is, so a second call costs nothing.
//
// What is changed, so that every scanner sees the same files: ignore and attribute files are taken out, large binary
// files too; folders named node_modules get the name "bundled"; all files get the same mode.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SMALL, TEN, TREE } from './corpus-packages.mjs';
import { fail, say } from './record.mjs';

const USAGE = 'node test/bench/make-corpus.mjs OUT [--files N] [--ten]';
const DROPPED_NAMES = new Set(['.gitignore', '.gitattributes', '.gitmodules', '.ignore', '.rgignore', '.git']);
const BINARY_LIMIT_BYTES = 256 * 1024;
const FIXED = { name: 'Bench', email: 'bench@example.invalid', date: '2026-01-01T00:00:00Z' };

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  const problem = done.error?.message ?? (done.stderr || done.stdout || '').trim().split('\n')[0];
  return { isDone: done.status === 0, problem: problem || `exit ${done.status}`, text: done.stdout };
}

const folderOf = (spec) => spec.replaceAll('/', '+');

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Takes one tarball from the registry and unpacks it. @returns what went wrong, or undefined */
function fetchPackage(spec, into, workFolder) {
  const temporary = mkdtempSync(join(workFolder, 'fetch-'));
  try {
    const packed = run('npm', ['pack', spec, '--pack-destination', temporary, '--silent', '--ignore-scripts']);
    const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
    if (!packed.isDone || tarball === undefined) return packed.problem;
    const part = join(temporary, 'part');
    mkdirSync(part);
    const unpacked = run('tar', ['-xzf', join(temporary, tarball), '-C', part, '--strip-components=1']);
    if (!unpacked.isDone) return unpacked.problem;
    clean(part);
    renameSync(part, into);
    return undefined;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Makes a package the same for every scanner and every machine; see the head of this file. */
function clean(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    let path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === 'node_modules') {
        path = join(folder, 'bundled');
        renameSync(join(folder, entry.name), path);
      }
      chmodSync(path, 0o755);
      clean(path);
    } else if (!entry.isFile() || DROPPED_NAMES.has(entry.name) || isLargeBinary(path)) {
      unlinkSync(path);
    } else {
      chmodSync(path, 0o644);
    }
  }
}

function isLargeBinary(path) {
  return statSync(path).size > BINARY_LIMIT_BYTES && readFileSync(path).subarray(0, 8000).includes(0);
}

/** Fetches packages into `folder` until it holds `limit` files. @returns what was had and what was not */
function gather(specs, folder, limit) {
  mkdirSync(folder, { recursive: true });
  const missing = [];
  let files = 0;
  for (const spec of specs) {
    if (files >= limit) break;
    const into = join(folder, folderOf(spec));
    const problem = existsSync(into) ? undefined : fetchPackage(spec, into, folder);
    if (problem === undefined) files += listFiles(into).length;
    else missing.push(`${spec}: ${problem}`);
    say(problem === undefined ? `${spec}: ${files} files so far` : `${spec}: could not be had (${problem})`);
  }
  for (const path of listFiles(folder).slice(limit)) unlinkSync(path);
  return missing;
}

/** Puts a git repository around a folder: one commit, one pack, always the same ids. @returns the id of the commit */
function commitAll(folder) {
  const person = (role) => ({
    [`GIT_${role}_NAME`]: FIXED.name,
    [`GIT_${role}_EMAIL`]: FIXED.email,
    [`GIT_${role}_DATE`]: FIXED.date,
  });
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    ...person('AUTHOR'),
    ...person('COMMITTER'),
  };
  const git = (...args) => {
    const done = run('git', ['-c', 'gc.auto=0', '-c', 'core.autocrlf=false', ...args], { cwd: folder, env });
    if (!done.isDone) fail(`git ${args[0]} in ${folder}: ${done.problem}`);
    return done.text.trim();
  };
  git('init', '-q', '-b', 'main');
  git('add', '-f', '.');
  git('commit', '-q', '-m', 'corpus');
  git('repack', '-a', '-d', '-q');
  git('status', '--porcelain'); // refreshes the index, so that no scan pays for it
  return git('rev-parse', 'HEAD');
}

/** Makes `target` whole or not at all. */
function build(target, make) {
  if (existsSync(target)) return say(`${target}: there already`);
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  make(part);
  renameSync(part, target);
}

function weigh(folder) {
  const paths = listFiles(folder).filter((path) => !path.startsWith(join(folder, '.git/')));
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  return { files: paths.length, megabytes: Number((bytes / 1e6).toFixed(1)) };
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'string' }, ten: { type: 'boolean', default: false } },
});
if (positionals.length !== 1) fail(`say where the corpora go: ${USAGE}`);
const limit = values.files === undefined ? Number.POSITIVE_INFINITY : Number(values.files);
if (!(limit > 0)) fail(`--files ${values.files}: not a positive number: ${USAGE}`);

const out = resolve(positionals[0]);
const at = (name) => join(out, name);
mkdirSync(out, { recursive: true });
const summaryFile = at('corpus.json');
const summary = existsSync(summaryFile) ? JSON.parse(readFileSync(summaryFile, 'utf8')) : { missing: [] };

build(at('plain'), (part) => {
  summary.missing = gather(TREE, part, limit);
});
build(at('tree'), (part) => {
  cpSync(at('plain'), part, { recursive: true });
  summary.treeCommit = commitAll(part);
});
const smallPackages = SMALL.map(folderOf).filter((name) => existsSync(join(at('plain'), name)));
if (smallPackages.length < SMALL.length) {
  say(`small is not made: only ${smallPackages.length} of its ${SMALL.length} packages are in plain`);
} else {
  build(at('small'), (part) => {
    for (const name of smallPackages) cpSync(join(at('plain'), name), join(part, name), { recursive: true });
    summary.smallCommit = commitAll(part);
  });
}
if (values.ten) {
  build(at('ten'), (part) => {
    summary.missing.push(...gather(TEN, part, Number.POSITIVE_INFINITY));
  });
}
for (const name of ['plain', 'tree', 'small', 'ten']) if (existsSync(at(name))) summary[name] = weigh(at(name));
writeFileSync(summaryFile, `${JSON.stringify(summary, null, 2)}\n`);
say(JSON.stringify(summary, null, 2));
if (summary.missing.length > 0) say(`${summary.missing.length} packages could not be had: figures are not comparable`);
