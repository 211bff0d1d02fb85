// OpenAI keys.
import { expect, test } from 'vitest';
import { openaiKey } from '../../src/checks/openai-key.ts';
import { exampleText } from './example-text.ts';

test.each([
  ['sk-', 20],
  ['sk-proj-', 20],
  ['sk-proj-', 58],
  ['sk-svcacct-', 74],
  ['sk-admin-', 58],
])('%s with halves of %i', (prefix, half) => {
  const marker = ['T3Blbk', 'FJ'].join('');
  expect(openaiKey.test(prefix + exampleText(half) + marker + exampleText(half)).result).toBe('pass');
  expect(openaiKey.test(prefix + exampleText(half) + marker + exampleText(half + 1)).result).toBe('unknown');
  expect(openaiKey.test(prefix + exampleText(2 * half + 8)).result).toBe('unknown');
});
