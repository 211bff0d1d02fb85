// Builds repositories with a long history out of published npm packages: every version one commit, one branch a package,
// repacked by git with its usual settings. Tarballs come through npm and are read in memory: nothing is unpacked on disk and no
// script of a package is run. A part that is there is left as it is. Names, dates and modes are fixed, so ids are too.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { fail, say } from './record.mjs';

const USAGE = 'node test/bench/make-history.mjs OUT [--only small|large]';
/** `every`: take each n-th version only, because all of them are more than a bench needs. */
const HISTORIES = {
  small: [{ name: 'eslint', every: 1 }],
  large: [
    { name: 'eslint', every: 1 },
    { name: 'webpack', every: 1 },
    { name: 'core-js', every: 1 },
    { name: 'typescript', every: 4 },
    { name: '@babel/parser', every: 2 },
    { name: 'lodash', every: 1 },
    { name: 'react-dom', every: 1 },
    { name: 'three', every: 2 },
    { name: 'rxjs', every: 1 },
    { name: '@angular/core', every: 4 },
  ],
};
const SPECS_A_CALL = 12;
const FIRST_DATE = 1_400_000_000;

function run(command, args, cwd) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, cwd });
  if (done.status !== 0)
    fail(`${command} ${args.slice(0, 3).join(' ')}: ${(done.stderr || done.error?.message || '').trim()}`);
  return done.stdout;
}

/** Released versions in the registry's order. */
function listVersions({ name, every }) {
  const all = JSON.parse(run('npm', ['view', name, 'versions', '--json']));
  return all.filter((version) => !version.includes('-')).filter((_, i) => i % every === 0);
}

const tarballOf = (name, version) => `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;

/** Fetches what is not there yet. @returns what could not be had */
function fetchTarballs(name, versions, folder) {
  mkdirSync(folder, { recursive: true });
  const there = new Set(readdirSync(folder));
  const wanted = versions.filter((version) => !there.has(tarballOf(name, version)));
  for (let i = 0; i < wanted.length; i += SPECS_A_CALL) {
    const specs = wanted.slice(i, i + SPECS_A_CALL).map((version) => `${name}@${version}`);
    spawnSync('npm', ['pack', ...specs, '--pack-destination', folder, '--silent', '--ignore-scripts']);
  }
  const now = new Set(readdirSync(folder));
  return versions.filter((version) => !now.has(tarballOf(name, version))).map((version) => `${name}@${version}`);
}

const readText = (block, from, to) => block.toString('latin1', from, to).replace(/\0.*$/s, '');

/** Regular files of a tar archive: ustar names, pax and GNU long names. */
function* readTar(tar) {
  let longName;
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + 512);
    const size = Number.parseInt(readText(header, 124, 136).trim() || '0', 8);
    const kind = String.fromCharCode(header[156]);
    const content = tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
    if (kind === 'L') longName = readText(content, 0, size);
    else if (kind === 'x') longName = /\d+ path=([^\n]+)\n/.exec(content.toString('latin1'))?.[1] ?? longName;
    else if (kind === '0' || kind === '\0') {
      const prefix = readText(header, 257, 262) === 'ustar' ? readText(header, 345, 500) : '';
      const name = longName ?? (prefix ? `${prefix}/${readText(header, 0, 100)}` : readText(header, 0, 100));
      longName = undefined;
      yield { path: name.split('/').slice(1).join('/'), content };
    } else longName = undefined;
  }
}

/** A path that git takes, in quotes; undefined for what it refuses. */
function quotePath(path) {
  const isFit = path !== '' && !path.split('/').some((part) => ['', '.', '..'].includes(part) || /^\.git$/i.test(part));
  return isFit ? `"${path.replace(/["\\]/g, '\\$&')}"` : undefined;
}

/** Writes one package's versions as commits into a running git fast-import. */
async function writeBranch(pipe, { name }, versions, folder, marks) {
  const put = async (data) => {
    if (!pipe.write(data)) await once(pipe, 'drain');
  };
  for (const [i, version] of versions.entries()) {
    const file = join(folder, tarballOf(name, version));
    if (!existsSync(file)) continue;
    const entries = new Map();
    for (const { path, content } of readTar(gunzipSync(readFileSync(file)))) {
      const quoted = quotePath(path);
      if (quoted === undefined) continue;
      const hash = createHash('sha1').update(content).digest('latin1');
      let mark = marks.get(hash);
      if (mark === undefined) {
        mark = marks.size + 1;
        marks.set(hash, mark);
        await put(`blob\nmark :${mark}\ndata ${content.length}\n`);
        await put(content);
        await put('\n');
      }
      entries.set(quoted, mark);
    }
    const message = `${name} ${version}`;
    const date = `${FIRST_DATE + i * 86_400} +0000`;
    await put(`commit refs/heads/${name.replace('@', '')}\ncommitter Bench <bench@example.invalid> ${date}\n`);
    await put(`data ${Buffer.byteLength(message)}\n${message}\ndeleteall\n`);
    for (const path of [...entries.keys()].sort()) await put(`M 100644 :${entries.get(path)} ${path}\n`);
  }
}

async function makeHistory(target, packages, tarballs) {
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  run('git', ['init', '-q', '--bare', '-b', packages[0].name, part]);
  const missing = [];
  const lists = packages.map((one) => {
    const versions = listVersions(one);
    missing.push(...fetchTarballs(one.name, versions, tarballs));
    say(`${one.name}: ${versions.length} versions`);
    return versions;
  });
  const git = spawn('git', ['fast-import', '--quiet', '--force'], { cwd: part, stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(git, 'close');
  const marks = new Map();
  for (const [i, one] of packages.entries()) await writeBranch(git.stdin, one, lists[i], tarballs, marks);
  git.stdin.end();
  const [code] = await ended;
  if (code !== 0) fail(`git fast-import ended with ${code}`);
  // fast-import's own deltas are poor; -f makes those that a gc of a grown repository would have.
  run('git', ['-c', 'pack.threads=1', 'repack', '-a', '-d', '-f', '-q'], part);
  renameSync(part, target);
  return { blobs: marks.size, commits: Number(run('git', ['rev-list', '--all', '--count'], target)), missing };
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
if (positionals.length !== 1) fail(`say where the repositories go: ${USAGE}`);
const names = values.only === undefined ? Object.keys(HISTORIES) : [values.only];
if (names.some((name) => !(name in HISTORIES))) fail(`--only ${values.only}: ${USAGE}`);
const out = resolve(positionals[0]);
for (const name of names) {
  const target = join(out, name);
  if (existsSync(target)) {
    say(`${target}: there already`);
    continue;
  }
  mkdirSync(out, { recursive: true });
  const summary = await makeHistory(target, HISTORIES[name], join(out, 'tarballs'));
  writeFileSync(`${target}.json`, `${JSON.stringify(summary, null, 2)}\n`);
  say(`${target}: ${summary.blobs} blobs, ${summary.commits} commits, ${summary.missing.length} versions missing`);
}
