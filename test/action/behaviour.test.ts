// What the Action promises beside its events: limits of GitHub's, inputs, exit policy, reports, hostile names, other users'
// checkouts, workers, and that no value is printed.
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkOut, makeStory, payloads, TOKENS, writePayload } from '../ci/scenario.ts';
import { makeToken } from '../cli/made-up-secret.ts';
import { makeFolder, makeRepository, removeFolders, type TestRepository } from '../support/git-repository.ts';
import { type ActionRun, installAction, readActionFile, runAction } from './run-action.ts';

afterAll(removeFolders);

const story = makeStory();
const { ids } = story;
const events = payloads(story);
const installed = installAction();
const pull = writePayload(events.pull_request);

interface Extra {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly event?: string;
  readonly payload?: string;
}

function run(workspace: string, extra: Extra = {}): ActionRun {
  return runAction(installed, { workspace, event: 'pull_request', payload: pull, sha: ids.pull, ...extra });
}

const merged = checkOut(story, { commit: ids.pull, ref: 'refs/remotes/pull/7/merge' }).path;

/** A repository whose last commit is a change of its own. */
function makePull(write: (repository: TestRepository) => void): {
  readonly path: string;
  readonly payload: string;
  readonly head: string;
} {
  const repository = makeRepository();
  repository.write('README.md', 'text\n');
  const base = repository.commitAll('base');
  write(repository);
  const head = repository.commitAll('change');
  const payload = writePayload({ pull_request: { number: 1, base: { sha: base, ref: 'main' }, head: { sha: head } } });
  return { path: repository.path, payload, head };
}

describe('limits', () => {
  const many = makePull((r) => {
    for (let i = 0; i < 14; i++) r.write(`file-${String(i).padStart(2, '0')}.env`, `TOKEN=${makeToken(300 + i)}\n`);
  });

  test('ten annotations, the rest in one line', () => {
    const { stdout, outputs } = run(many.path, { payload: many.payload });
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'));
    expect(commands.map((line) => line.split(' ')[0])).toEqual([...Array<string>(10).fill('::error'), '::notice']);
    expect(commands.at(-1)).toBe('::notice title=unleak::4 more findings in the step summary and the reports');
    expect(outputs.findings).toBe('14');
  });

  test('none when none are wanted, and no summary when none is wanted', () => {
    const { stdout, summary } = run(many.path, {
      payload: many.payload,
      inputs: { annotations: '0', summary: 'false' },
    });
    expect(stdout).not.toContain('::error');
    expect(summary).toBe('');
  });

  test('a summary stays below what GitHub takes', () => {
    const huge = makePull((r) => {
      const folder = 'a-long-name-of-a-folder/'.repeat(8);
      const lines = Array.from({ length: 2500 }, (_, i) => `TOKEN_${i}=${makeToken(1000 + i)}\n`);
      r.write(`${folder}many.env`, lines.join(''));
    });
    const { summary, outputs } = run(huge.path, { payload: huge.payload });
    expect(outputs.findings).toBe('2500');
    expect(Buffer.byteLength(summary)).toBeLessThan(900 * 1024);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(850 * 1024);
    const rows = summary.split('\n').filter((line) => line.startsWith('| critical')).length;
    expect(summary).toContain(
      `**${(2500 - rows).toLocaleString('en')} more findings** did not fit here; the reports have all.`,
    );
    expect(summary).toContain('#### What to do');
  });
});

describe('inputs', () => {
  test.each([
    ['mode', 'sometimes', 'must be one of auto, range, full, tree'],
    ['fail-on', 'sever', 'must be one of critical, high, medium, low, none'],
    ['min-confidence', 'very', 'must be one of high, medium, low'],
    ['summary', 'yes', 'must be true or false'],
    ['annotations', 'all', 'must be a whole number from 0 to 50'],
    ['head', 'main', 'needs the input base beside it'],
    ['base', '--upload-pack=x', 'must be a commit, a branch or a tag'],
    ['path', '../elsewhere', 'must be a folder of the workspace'],
  ])('%s: %s is refused with one line', (name, value, what) => {
    const { exitCode, stdout, stderr, outputs } = run(merged, { inputs: { [name]: value } });
    expect({ exitCode, outputs, stderr: stderr.startsWith(`unleak: input ${name}: ${what}`) }).toEqual({
      exitCode: 2,
      outputs: { 'exit-code': '2' },
      stderr: true,
    });
    expect(stdout).toMatch(/^::error title=unleak::unleak: input [^\n]*\n$/);
  });

  test('every input of action.yml is read, and every output written', () => {
    const { inputs, outputs, runs } = readActionFile();
    const source = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'action', 'inputs.ts'), 'utf8');
    const read = [...source.matchAll(/environment, '([a-z-]+)'/g)].map((match) => match[1]);
    expect([...new Set(read)].sort()).toEqual(Object.keys(inputs).sort());
    expect(Object.keys(run(merged).outputs).sort()).toEqual(Object.keys(outputs).sort());
    expect(runs.using).toBe('node24');
  });

  test('base and head choose the range', () => {
    const { outputs } = run(merged, { inputs: { base: ids.f1, head: ids.f3 } });
    expect([outputs.range, outputs['scanned-commits']]).toEqual([
      `${ids.f1.slice(0, 12)}..${ids.f3.slice(0, 12)}`,
      '2',
    ]);
  });

  test('full and tree choose over the event', () => {
    expect(run(merged, { inputs: { mode: 'full' } }).outputs.range).toBe(`history of ${ids.pull.slice(0, 12)}`);
    expect(run(merged, { inputs: { mode: 'tree' } }).outputs.range).toBe(`files of ${ids.pull.slice(0, 12)}`);
    const { exitCode, stderr } = run(merged, { event: 'schedule', inputs: { mode: 'range' } });
    expect([exitCode, stderr]).toEqual([
      2,
      'unleak: the event schedule names no range of commits; give the base, or use the mode auto\n',
    ]);
  });
});

describe('exit policy', () => {
  test('fail-on: none tells and does not fail', () => {
    const { exitCode, outputs, stdout, summary } = run(merged, { inputs: { 'fail-on': 'none' } });
    expect([exitCode, outputs.findings, outputs['failing-findings'], outputs['exit-code']]).toEqual([0, '3', '0', '0']);
    expect(stdout).toContain('::warning file=src/app.ts');
    expect(stdout).not.toContain('::error');
    expect(summary).toMatch(/^### ✅ unleak: no new findings, 3 findings that do not fail\n/);
  });

  test('what was not read fails unless it is allowed to', () => {
    const clone = checkOut(story, { commit: ids.rewritten, depth: 1, isOffline: true }).path;
    const payload = writePayload({ pull_request: { number: 7, base: { sha: ids.m2 }, head: { sha: ids.rewritten } } });
    const strict = run(clone, { payload, inputs: { 'fail-on': 'none' } });
    expect([strict.exitCode, strict.outputs.complete]).toEqual([3, 'false']);
    expect(strict.stdout).toContain(
      '::warning title=unleak%3A not everything was read::the commit that the change is compared with is not in the clone: all files of its newest commit were scanned (the remote could not be reached); give actions/checkout the whole history, under "with": fetch-depth: 0\n',
    );
    expect(strict.summary).toMatch(
      /^### ⚠️ unleak: no new findings, \d findings? that do(?:es)? not fail, but not everything was read\n/,
    );
    const lenient = run(clone, { payload, inputs: { 'fail-on': 'none', 'allow-incomplete': 'true' } });
    expect(lenient.exitCode).toBe(0);
  });
});

test('SARIF and other reports are written where later steps look for them', () => {
  const inputs = { 'sarif-file': 'out.sarif', 'report-files': 'report.json\n\n  more.jsonl \n' };
  const { outputs } = run(merged, { inputs });
  expect([outputs['sarif-file'], outputs['report-files']]).toEqual(['out.sarif', 'report.json\nmore.jsonl']);
  const sarif = JSON.parse(readFileSync(join(merged, 'out.sarif'), 'utf8')) as { runs: { results: unknown[] }[] };
  expect(sarif.runs.map((one) => one.results.length)).toEqual([3]);
  for (const name of ['report.json', 'more.jsonl']) expect(existsSync(join(merged, name))).toBe(true);
});

test('a checkout in a folder of the workspace: annotations and reports are relative to the workspace', () => {
  const workspace = makeFolder();
  const clone = checkOut(story, { commit: ids.pull }).path;
  renameSync(clone, join(workspace, 'shop'));
  const { stdout } = run(workspace, { inputs: { path: 'shop', 'sarif-file': 'out.sarif' } });
  expect(stdout).toContain('::error file=shop/src/app.ts,line=8');
  expect(existsSync(join(workspace, 'out.sarif'))).toBe(true);
});

test('names and messages of strangers cannot write commands, tables or mentions', () => {
  const hostile = 'a|b`@team <img src=x onerror=y>\n::set-output name=x::y %0A,:.env';
  const { path, payload } = makePull((r) => r.write(hostile, `TOKEN=${makeToken(400)}\n`));
  const { stdout, summary } = run(path, { payload });
  expect(stdout.split('\n').filter((line) => line.startsWith('::'))).toEqual([
    expect.stringMatching(
      /^::error file=a\|b`@team <img src=x onerror=y>\\n%3A%3Aset-output name=x%3A%3Ay %250A%2C%3A\.env,line=1,/,
    ),
  ]);
  const row = summary.split('\n').find((line) => line.startsWith('| critical')) ?? '';
  expect(row).toContain(
    '<code>a&#124;b&#96;&#64;team &#60;img src=x onerror=y&#62;&#92;n&#58;&#58;set-output name=x&#58;&#58;y %0A,&#58;.env&#58;1</code>',
  );
  expect(row.split('|')).toHaveLength(7);
});

test('no value is printed, neither in clear nor encoded, and none is announced to the runner', () => {
  const { stdout, stderr, summary, outputs } = run(merged, { inputs: { 'report-files': 'all.json' } });
  const all = [stdout, stderr, summary, JSON.stringify(outputs), readFileSync(join(merged, 'all.json'), 'utf8')].join(
    '\n',
  );
  for (const token of Object.values(TOKENS)) {
    expect(all).not.toContain(token);
    expect(all).not.toContain(Buffer.from(token).toString('base64').slice(2, 30));
  }
  expect(all).not.toContain('add-mask');
});

test('a checkout of another user is read, and no config is changed', () => {
  const { exitCode, outputs } = run(merged, { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } });
  expect([exitCode, outputs.findings]).toEqual([1, '3']);
});

test('no repository at all is told with its cure', () => {
  const { exitCode, stderr } = run(makeFolder());
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^unleak: .*: not inside a git repository/);
});

test('large trees are shared out to workers that the same file starts', () => {
  const repository = makeRepository();
  repository.write('a.env', `TOKEN=${makeToken(500)}\n`);
  for (let i = 0; i < 5; i++) repository.write(`zeros-${i}.bin`, Buffer.alloc(13 << 20));
  repository.write('z.env', `TOKEN=${makeToken(501)}\n`);
  const head = repository.commitAll('large');
  const once = (jobs: string) =>
    runAction(installed, {
      workspace: repository.path,
      event: 'release',
      payload: writePayload({}),
      sha: head,
      env: { UNLEAK_JOBS: jobs },
    });
  const [one, three] = [once('1'), once('3')];
  expect(three).toEqual(one);
  expect([one.exitCode, one.outputs.findings]).toEqual([1, '2']);
});

test('what the change suppresses by itself is listed', () => {
  const { path, payload } = makePull((r) =>
    r.write('a.env', `TOKEN=${makeToken(600)} # unleak:ignore reason="made up"\n`),
  );
  const { exitCode, summary } = run(path, { payload });
  expect(exitCode).toBe(0);
  expect(summary).toContain(
    '<details><summary>Suppressed: 1 finding</summary>\n\n- <code>a.env&#58;1</code> <code>github.personal-access-token</code>, inline-marker',
  );
  expect(summary).toContain('made up');
});

test('a mark that a later commit adds counts for the earlier commits too', () => {
  const repository = makeRepository();
  repository.write('README.md', 'text\n');
  const base = repository.commitAll('base');
  repository.write('a.env', `TOKEN=${makeToken(601)}\n`);
  repository.commitAll('one');
  repository.write('a.env', `TOKEN=${makeToken(601)} # unleak:ignore reason="made up"\n`);
  const head = repository.commitAll('two');
  const payload = writePayload({ pull_request: { number: 1, base: { sha: base }, head: { sha: head } } });
  expect(run(repository.path, { payload }).outputs['failing-findings']).toBe('0');
});

test('LFS pointers, submodules and links are counted as skipped and do not make the result incomplete', () => {
  const { path, payload } = makePull((r) => {
    r.write('big.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${'a1'.repeat(32)}\nsize 12345\n`);
    mkdirSync(join(r.path, 'sub'));
    r.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
  });
  const { exitCode, summary } = run(path, { payload });
  expect(summary).toContain(
    '| Skipped | 1 × Git LFS pointer, content is elsewhere; 1 × submodule, a repository of its own |',
  );
  expect(exitCode).toBe(0);
});
