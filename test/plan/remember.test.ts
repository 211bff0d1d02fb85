import { expect, it } from 'vitest';
import { remember } from '../../src/plan/remember.ts';

it('works once for each text, false and empty answers too', () => {
  const asked: string[] = [];
  const isLong = remember((text) => {
    asked.push(text);
    return text.length > 3;
  });
  expect(['a', 'long', 'a', 'long', ''].map(isLong)).toEqual([false, true, false, true, false]);
  expect(asked).toEqual(['a', 'long', '']);
});

it('forgets all when it is full, and answers the same', () => {
  let made = 0;
  const size = remember((text) => {
    made++;
    return text.length;
  });
  for (let i = 0; i < 20_001; i++) expect(size(`${i}`)).toBe(`${i}`.length);
  expect(made).toBe(20_001);
  expect(size('0')).toBe(1);
  expect(made).toBe(20_002);
});
