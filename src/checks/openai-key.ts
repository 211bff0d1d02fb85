// OpenAI keys carry T3BlbkFJ (base64 of the company's name) between halves of equal length. From peers' rules, so
// another shape says nothing.
import type { Check } from './check.ts';
import { PASS, UNKNOWN } from './outcome.ts';

const MARKER = 'T3BlbkFJ';
const HALF_LENGTHS = [20, 58, 74];

export const openaiKey: Check = {
  name: 'openai-key',
  test: (value) => {
    const parts = value.length <= 256 ? /^sk-(?:[A-Za-z]{1,12}-)?([A-Za-z0-9_-]{40,200})$/.exec(value) : null;
    const body = parts?.[1] ?? '';
    const isEven = HALF_LENGTHS.some((half) => body.length === 2 * half + 8 && body.startsWith(MARKER, half));
    return isEven ? PASS : UNKNOWN;
  },
  mint: (random, argument) => {
    const prefix = argument || 'sk-';
    if (prefix === 'sk-') return prefix + random.text('base62', 20) + MARKER + random.text('base62', 20);
    const half = prefix === 'sk-proj-' ? 74 : 58;
    return `${prefix}${random.text('base62', half)}${MARKER}${random.text('base64url', half - 1)}A`;
  },
};
