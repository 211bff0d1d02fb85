// The built program, killed at odd moments while it masks a large history, and beside a shell that goes on writing.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { runUnleak, startUnleak } from '../cli/unleak-process.ts';

const makeHome = (): string => mkdtempSync(join(tmpdir(), 'unleak-killed-'));

/** A history of plain commands with a value every 20 lines. */
function makeHistory(seed: number, count: number): { readonly text: string; readonly values: readonly string[] } {
  const random = new RandomText(seed);
  const values = Array.from({ length: count }, () => random.text('base62', 16));
  const lines = values.flatMap((value, i) => [
    ...Array.from({ length: 19 }, (_, j) => `: 17000000${i % 10}${j % 10}:0;true ${random.text('lower', 30)}`),
    `: 1700000000:0;mysql -uroot -p${value} db`,
  ]);
  return { text: `${lines.join('\n')}\n`, values };
}

/** The text with each value as it is in the file: as before or masked, and nothing else. */
function expectAllOrMasked(file: string, text: string, values: readonly string[]): number {
  const now = readFileSync(file, 'latin1');
  let expected = text;
  let masked = 0;
  for (const value of values) {
    if (now.includes(value)) continue;
    expected = expected.replace(value, '*'.repeat(value.length));
    masked++;
  }
  expect(now === expected).toBe(true);
  return masked;
}

test('killed at any moment: as before or masked, never shorter; the next run ends it', async () => {
  const home = makeHome();
  const file = join(home, '.zsh_history');
  const { text, values } = makeHistory(411, 400);
  const env = { HOME: home };
  const random = new RandomText(412);
  for (let round = 0; round < 6; round++) {
    writeFileSync(file, text, { mode: 0o600 });
    const child = startUnleak(['shell', '--scrub', '--yes'], { cwd: home, env });
    // It may end by itself before it is killed.
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await sleep(150 + random.integer(500));
    child.kill('SIGKILL');
    await ended;
    expectAllOrMasked(file, text, values);
    // A lock that was left is taken away when it is older than 10 s; the test does not wait for that.
    rmSync(`${file}.LOCK`, { force: true });
  }
  writeFileSync(file, text, { mode: 0o600 });
  expect(runUnleak(['shell', '--scrub', '--yes'], { cwd: home, env }).exitCode).toBe(0);
  expect(expectAllOrMasked(file, text, values)).toBe(values.length);
  rmSync(home, { recursive: true });
});

test('another program appends all the time: nothing of it is lost', async () => {
  const home = makeHome();
  const file = join(home, '.bash_history');
  const { text, values } = makeHistory(413, 100);
  const plain = text.replaceAll(/^: \d+:0;/gm, '');
  writeFileSync(file, plain, { mode: 0o600 });
  const child = spawn(process.execPath, [
    '-e',
    `let i=0;const t=setInterval(()=>{require('fs').appendFileSync(${JSON.stringify(file)},'true '+i+++'\\n');if(i===150){clearInterval(t)}},8)`,
  ]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const done = startUnleak(['shell', '--scrub', '--yes'], { cwd: home, env: { HOME: home } });
  const code = await new Promise((resolve) => done.once('exit', resolve));
  await ended;
  expect(code).toBe(0);
  const masked = values.reduce((now, value) => now.replace(value, '*'.repeat(value.length)), plain);
  expect(readFileSync(file, 'utf8')).toBe(masked + Array.from({ length: 150 }, (_, i) => `true ${i}\n`).join(''));
  rmSync(home, { recursive: true });
});
