// The benches as processes: the seeded files are always the same, a bench measures and records what it says, and what
// goes wrong ends it with one line. No time is asserted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test as anyTest, beforeEach, expect } from 'vitest';

// The benches are made for Linux and macOS: they need sh, and a process group to stop.
const test = anyTest.skipIf(process.platform === 'win32');

/** SHA-256 of the files at a thousandth of their size. */
const GOLDEN = [
  'text-250.txt: 1ae2b95f532c9882c76c55c6048db2281b7350d67a95a61b231076e3f4b93a6a',
  'text-500.txt: d9ff67a7ce2150e256ca2d95d0325b7652091adcfdc8bab93512d8c0775645c9',
  'text-1000.txt: 7c2760e4457dff6b8cb0dc53e95c392027d5baddc3c2d73025e4771871fb3d78',
  'line-25.txt: db18098f5209256a917aff59214cd1671a986cdbf05b02c87ba64658c9214123',
  'line-50.txt: b1c2135f81765be9bc7b21ea70506d0b484339798c5fe377f9244b1ae7479459',
  'line-100.txt: d814ef2d414a4baa3bc6fde3bc42d2f30a5566489cb409e486becef54a78da6b',
  'run-25.txt: ac8203d0839dfb1adb464d84b0904697a48d26fa5ea36ba8eda70017b906563d',
  'run-50.txt: 2d4946bc2ce7c6d8351213eb4b445bad0cf6b509e5b64e27830427d078c45fec',
  'run-100.txt: 4bf1f289ec5a5950231ce567af6714c7a1ad8e81c68969806c72198048c1a64d',
  '',
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function runBench(script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(import.meta.dirname, script), ...args], { encoding: 'utf8' });
}

interface BenchRecord {
  readonly bench: string;
  readonly contestants: readonly { label: string; shown: string; runs: readonly { exit: number }[] }[];
  readonly goals: readonly { what: string; measured: number; verdict: string }[];
}

function readOnlyRecord(): BenchRecord {
  const names = readdirSync(join(folder, 'runs'));
  expect(names).toHaveLength(1);
  return JSON.parse(readFileSync(join(folder, 'runs', names[0]!), 'utf8')) as BenchRecord;
}

/** A Node script that stands in for the product. */
function standIn(code: string): string[] {
  const script = join(folder, 'product.mjs');
  writeFileSync(script, code);
  return ['--product', `node ${script}`, '--runs', '2', '--record', join(folder, 'runs')];
}

test('the large files are the same on every machine, and a small one is the start of the next', () => {
  const made = runBench('make-large.mjs', folder, '--scale', '0.001');
  expect(made.stdout.replaceAll(`${folder}/`, '').split('\n')).toEqual(GOLDEN);
  const text = readFileSync(join(folder, 'text-500.txt'));
  expect(text.length).toBe(500_000);
  expect(text.subarray(0, 250_000).equals(readFileSync(join(folder, 'text-250.txt')))).toBe(true);
  expect(readFileSync(join(folder, 'line-100.txt')).includes('\n')).toBe(false);
  expect(/^[A-Za-z0-9+/]{25000}$/.test(readFileSync(join(folder, 'run-25.txt'), 'latin1'))).toBe(true);
});

test('a bench runs everyone in turn and writes a record without paths of the machine', () => {
  runBench('make-large.mjs', folder, '--scale', '0.001');
  const done = runBench('bench-large.mjs', '--files', folder, '--only', 'line', ...standIn('process.exitCode = 1;'));
  expect(done.stderr).toBe('');
  expect(done.stdout.match(/^.*(?=, (warm-up|run \d):)/gm)?.slice(0, 7)).toEqual([
    'empty Node script',
    ...['line-25.txt', 'line-50.txt', 'line-100.txt'].flatMap((n) => [`floor: read the file, ${n}`, `product, ${n}`]),
  ]);
  const record = readOnlyRecord();
  expect(JSON.stringify(record)).not.toContain(folder);
  expect(record.contestants.map(({ shown, runs }) => [shown, runs.map((run) => run.exit)])).toEqual([
    ['node empty.cjs', [0, 0]],
    ...['line-25.txt', 'line-50.txt', 'line-100.txt'].flatMap((n) => [
      [`node floor-read.mjs ${n}`, [0, 0]],
      [`node product.mjs scan ${n}`, [1, 1]],
    ]),
  ]);
  expect(record.goals[0]).toEqual({
    what: 'line, files that did not end in time',
    goal: 'at most 0',
    measured: 0,
    verdict: 'met',
  });
});

test('a product that throws is no measurement, though Node ends with the code for findings', () => {
  const done = runBench('bench-staged.mjs', ...standIn('throw new Error("broken build");'));
  expect(done.status).toBe(2);
  expect(done.stderr).toMatch(/^product: .* ended with 1: .*broken build.*\n$/);
});

test('a product that does not end is stopped, with its children, and counted', () => {
  runBench('make-large.mjs', folder, '--scale', '0.001');
  const sleeper = 'import { spawnSync } from "node:child_process"; spawnSync("sleep", ["87654"]);';
  const done = runBench('bench-large.mjs', '--files', folder, '--only', 'run', '--timeout', '1', ...standIn(sleeper));
  expect(done.status).toBe(0);
  expect(readOnlyRecord().goals[0]).toMatchObject({ measured: 1, verdict: 'MISSED' });
  expect(spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout).not.toContain('sleep 87654');
});

test('a build that is not there is named, with what to do', () => {
  const done = runBench('bench-staged.mjs', '--product', 'node nowhere/unleak.cjs');
  expect([done.status, done.stderr]).toEqual([
    2,
    'product: nowhere/unleak.cjs is not there; build it first (npm run build) or name another one with --product\n',
  ]);
});
