// A limit on time that stands still while a person is asked.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Deadline } from '../../src/vault/deadline.ts';

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    (value) => `done: ${value}`,
    (error: Error) => error.name,
  );

test('work in time gives its value, work that fails its error, work that hangs a TimeoutError', async () => {
  expect(await outcome(new Deadline(500).watch(Promise.resolve('a')))).toBe('done: a');
  expect(await outcome(new Deadline(500).watch(Promise.reject(new RangeError('x'))))).toBe('RangeError');
  const deadline = new Deadline(30);
  expect(await outcome(deadline.watch(new Promise(() => {})))).toBe('TimeoutError');
  expect(deadline.signal.aborted).toBe(true);
  expect(await outcome(deadline.watch(new Promise(() => {})))).toBe('TimeoutError');
});

test('the time a person takes does not count, the time before and after does', async () => {
  const asked = new Deadline(200);
  const inside = async (): Promise<string> => {
    await sleep(20);
    return asked.paused(() => sleep(400, 'code'));
  };
  expect(await outcome(asked.watch(inside()))).toBe('done: code');
  const slow = new Deadline(200);
  const after = async (): Promise<string> => {
    await sleep(20);
    await slow.paused(() => sleep(100));
    return sleep(1_000, 'late');
  };
  expect(await outcome(slow.watch(after()))).toBe('TimeoutError');
});
