import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { SHELL_FORMATS, type ShellFormat } from '../../src/model/shell-sighting.ts';
import type { Span } from '../../src/model/span.ts';
import { type MaskStep, maskFile } from '../../src/scrub/mask-file.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { bundleScript } from '../support/bundle-script.ts';

const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'unleak-mask-'));

/** Three lines with values, and where these are. */
function makeHistory(folder: string): {
  readonly path: string;
  readonly bytes: Buffer;
  readonly spans: readonly Span[];
} {
  const random = new RandomText(77);
  const values = [random.text('base62', 12), random.text('base62', 5000), random.text('base62', 9)];
  let text = 'true first\n';
  const spans = values.map((value, i) => {
    text += `mysql -p`;
    const start = text.length;
    text += `${value} db${i}\ntrue ${i}\n`;
    return { start, end: start + value.length };
  });
  const path = join(folder, '.history');
  const bytes = Buffer.from(text);
  writeFileSync(path, bytes, { mode: 0o600 });
  return { path, bytes, spans };
}

function masked(bytes: Buffer, spans: readonly Span[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const { start, end } of spans) copy.fill('*', start, end);
  return copy;
}

test('masks in place: same inode, mode, size; a new date, so that backups by date take the masked file over', async () => {
  const home = makeFolder();
  const { path, bytes, spans } = makeHistory(home);
  const before = statSync(path);
  const steps: MaskStep[] = [];
  const outcome = await maskFile({
    path,
    format: 'bash',
    home,
    locate: async () => spans,
    onStep: (s) => steps.push(s),
  });
  expect(outcome).toEqual({ kind: 'masked', places: 3, notes: [] });
  expect(readFileSync(path)).toEqual(masked(bytes, spans));
  const after = statSync(path);
  expect(after).toMatchObject({
    ino: before.ino,
    mode: before.mode,
    uid: before.uid,
    gid: before.gid,
    size: before.size,
  });
  expect(after.mtimeMs).toBeGreaterThan(before.mtimeMs - 1);
  const writes = ['before-write', 'written'];
  expect(steps).toEqual(['read', 'locked', 'compared', ...writes, ...writes, ...writes, 'synced', 'verified']);
});

/** What another program does to the file at a certain step, once. */
const DISTURBANCES: readonly (readonly [what: string, step: MaskStep, act: (path: string) => void])[] = [
  ['appends after the read', 'read', (path) => appendFileSync(path, 'true late\n')],
  ['appends under the lock', 'locked', (path) => appendFileSync(path, 'true late\n')],
  ['appends between compare and write', 'before-write', (path) => appendFileSync(path, 'true late\n')],
  ['appends after a write', 'written', (path) => appendFileSync(path, 'true late\n')],
  [
    'replaces the file by a rename before the write',
    'locked',
    (path) => {
      copyFileSync(path, `${path}.new`);
      appendFileSync(`${path}.new`, 'true late\n');
      renameSync(`${path}.new`, path);
    },
  ],
];

test.each(DISTURBANCES)('another program %s: nothing is lost, everything is masked', async (_, step, act) => {
  const home = makeFolder();
  const { path, bytes, spans } = makeHistory(home);
  let isDone = false;
  const outcome = await maskFile({
    path,
    format: 'bash',
    home,
    locate: async () => spans,
    onStep: (now) => {
      if (now !== step || isDone) return;
      isDone = true;
      act(path);
    },
  });
  expect(outcome.kind).toBe('masked');
  expect(readFileSync(path).toString()).toBe(`${masked(bytes, spans)}true late\n`);
});

test('a file that another program cuts is not made longer again', async () => {
  const home = makeFolder();
  const { path, bytes, spans } = makeHistory(home);
  let isDone = false;
  const kept = bytes.subarray(0, spans[2]!.start - 4);
  const outcome = await maskFile({
    path,
    format: 'bash',
    home,
    locate: async (size) => spans.filter(({ end }) => end <= size),
    onStep: (step) => {
      if (step !== 'compared' || isDone) return;
      isDone = true;
      truncateSync(path, kept.length);
    },
  });
  expect(outcome.kind).toBe('masked');
  expect(readFileSync(path)).toEqual(masked(bytes, spans).subarray(0, kept.length));
});

test('a file that grows all the time is masked, what is added meanwhile too', async () => {
  const home = makeFolder();
  const { path, bytes, spans } = makeHistory(home);
  let calls = 0;
  const outcome = await maskFile({
    path,
    format: 'bash',
    home,
    locate: async () => {
      appendFileSync(path, 'mysql -psecond\n');
      const more = { start: bytes.length + 8, end: bytes.length + 14 };
      return calls++ === 0 ? [...spans, more] : [more];
    },
  });
  expect([outcome.kind, calls]).toEqual(['masked', 2]);
  expect(readFileSync(path, 'utf8')).toBe(`${masked(bytes, spans)}mysql -p******\nmysql -psecond\n`);
});

test('a file that is replaced all the time is refused, unchanged', async () => {
  const home = makeFolder();
  const { path, bytes, spans } = makeHistory(home);
  const outcome = await maskFile({
    path,
    format: 'bash',
    home,
    locate: async () => {
      copyFileSync(path, `${path}.new`);
      renameSync(`${path}.new`, path);
      return spans;
    },
  });
  expect(outcome).toEqual({
    kind: 'refused',
    reason: 'another program writes to it all the time; close that and try again',
  });
  expect(readFileSync(path)).toEqual(bytes);
});

test.each(['json', 'fish', 'jsonl'] as const)(
  '%s: a place that begins or ends inside of an escape is refused',
  async (format) => {
    const home = makeFolder();
    const path = join(home, 'history');
    writeFileSync(path, String.raw`{"a":"x\\y\"z"}`, { mode: 0o600 });
    for (const span of [
      { start: 8, end: 10 },
      { start: 9, end: 11 },
    ]) {
      const outcome = await maskFile({ path, format, home, locate: async () => [span] });
      expect(outcome).toEqual({
        kind: 'refused',
        reason: 'the value begins or ends inside of an escape; mask it in an editor',
      });
    }
    expect(readFileSync(path, 'utf8')).toBe(String.raw`{"a":"x\\y\"z"}`);
  },
);

let script = '';
beforeAll(async () => {
  script = await bundleScript(new URL('./killed-scrub.ts', import.meta.url));
});

test.each(['bash', 'zsh', 'mksh', 'fish'] as const)(
  '%s: killed at any step, each value is as before or masked',
  async (format) => {
    // Every step once; the other formats differ by their lock only.
    const stops = format === 'bash' ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] : [2, 5, 11];
    for (const stop of stops) {
      const home = makeFolder();
      const folder = join(home, 'fish');
      mkdirSync(folder);
      const { path, bytes, spans } = makeHistory(folder);
      const log = join(home, 'steps');
      const words = [script, path, format, home, JSON.stringify(spans), String(stop), log];
      const done = spawnSync(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
      expect(done.signal).toBe(stop === 0 ? null : 'SIGKILL');
      const steps = readFileSync(log, 'utf8').trim().split('\n');
      expect(steps.length).toBe(stop === 0 ? 11 : stop);
      const written = steps.filter((step) => step === 'written').length;
      expect(readFileSync(path)).toEqual(masked(bytes, spans.slice(0, written)));
      // flock ends with the process; zsh's link stays, and zsh and we take it away when it is older than 10 s.
      const lock = `${path}.LOCK`;
      const isLeft = lstatSync(lock, { throwIfNoEntry: false }) !== undefined;
      expect(isLeft).toBe(format === 'zsh' && stop >= 2);
      if (isLeft) lutimesSync(lock, 1, 1);
      const again = await maskFile({ path, format, home, locate: async () => spans });
      expect(again.kind).toBe('masked');
      expect(readFileSync(path)).toEqual(masked(bytes, spans));
      expect(lstatSync(lock, { throwIfNoEntry: false })).toBe(undefined);
    }
  },
);

test('fuzz: any spans of any bytes in any format change nothing outside of them, and no line break', async () => {
  const seed = 20_251;
  const random = new RandomText(seed);
  const home = makeFolder();
  for (let round = 0; round < 150; round++) {
    const bytes = Buffer.from(random.bytes(1 + random.integer(400)));
    for (let i = 0; i < 12; i++) bytes[random.integer(bytes.length)] = random.pick([0x0a, 0x5c, 0x83, 0, 0x60, 0x0d]);
    const format: ShellFormat = random.pick(SHELL_FORMATS);
    const path = join(home, `f${round}`);
    writeFileSync(path, bytes, { mode: 0o600 });
    const spans = Array.from({ length: random.integer(5) }, () => {
      const start = random.integer(bytes.length);
      return { start, end: Math.min(bytes.length, start + random.integer(40)) };
    });
    const outcome = await maskFile({
      path,
      format: format === 'zsh' ? 'bash' : format,
      home,
      locate: async () => spans,
    });
    const after = readFileSync(path);
    const note = `seed ${seed}, round ${round}, ${format}`;
    expect(after.length, note).toBe(bytes.length);
    const isInside = (i: number): boolean => spans.some(({ start, end }) => i >= start && i < end);
    for (let i = 0; i < bytes.length; i++) {
      const mayChange = outcome.kind === 'masked' && isInside(i) && ![0x0a, 0x0d, 0].includes(bytes[i]!);
      if (!mayChange) expect(after[i], note).toBe(bytes[i]);
      else expect([0x2a, 1, 0x5c, 0x60], note).toContain(after[i]);
    }
  }
});
