import { expect, test } from 'vitest';
import { describeError, describeStack } from '../../src/cli/run-command.ts';
import { ConfigError, UsageError } from '../../src/model/errors.ts';
import { RandomText } from '../../src/util/random-text.ts';

const random = new RandomText(7);
const secret = `gh${'p_'}${random.text('base62', 36)}`;

test('mistakes of the user get one line and 2', () => {
  expect(describeError(new UsageError('--only x: there is no such rule'))).toEqual({
    text: 'unleak: --only x: there is no such rule\n',
    exitCode: 2,
  });
  expect(describeError(new ConfigError('unknown key', { file: 'a.yml', line: 3 }))).toEqual({
    text: 'unleak: a.yml:3: unknown key\n',
    exitCode: 2,
  });
});

test('names of hostile files cannot paint on the terminal', () => {
  expect(describeError(new UsageError('a\u001b[2Jb: no')).text).toBe('unleak: a\\x1b[2Jb: no\n');
});

test('a message with many faults shows the first nine', () => {
  const faults = (n: number) => Array.from({ length: n }, (_, i) => `f:${i + 1}: bad`);
  expect(describeError(new ConfigError(faults(10).join('\n'))).text).toBe(
    faults(10)
      .map((line) => `unleak: ${line}\n`)
      .join(''),
  );
  expect(describeError(new ConfigError(faults(11).join('\n'))).text).toBe(
    `${faults(9)
      .map((line) => `unleak: ${line}\n`)
      .join('')}unleak: and 2 more like these\n`,
  );
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('a bug is reported with its stack and without its message, which may quote a secret', () => {
  const syntax = catchError(() => JSON.parse(`{"a": ${secret}}`));
  const outer = new Error(`while reading\n    at ${secret}`, { cause: syntax });
  const { text, exitCode } = describeError(outer);
  expect(exitCode).toBe(70);
  expect(text).not.toContain(secret);
  const [first, ...rest] = text.split('\n');
  expect(first).toMatch(
    /^unleak: this is a bug of unleak 0\.0\.0-test \(node \S+, \S+ \S+\); please report it with this text: https:\/\/github\.com\/unleak\/unleak\/issues$/,
  );
  expect(rest.filter((line) => line !== '' && !/^ {4}at /.test(line))).toEqual(['Error', 'caused by SyntaxError']);
  expect(rest.some((line) => line.includes('run-command.test.ts'))).toBe(true);
});

test('anything can be thrown', () => {
  const circle = new Error('a');
  circle.cause = circle;
  expect(describeStack(circle).split('\n')[0]).toBe('Error');
  expect(describeStack(secret)).toBe('a thrown string');
  expect(describeStack(Object.assign(new TypeError('x'), { code: 'ERR_X', stack: undefined }))).toBe('TypeError ERR_X');
  expect(describeStack(undefined)).toBe('a thrown undefined');
});
