import { expect, test } from 'vitest';
import { isCalendarDate, isExpired } from '../../src/util/calendar-date.ts';

test.each(['2026-08-01', '2024-02-29', '1970-01-01', '9999-12-31'])('%s is a date', (text) => {
  expect(isCalendarDate(text)).toBe(true);
});

test.each([
  '',
  '2026-2-1',
  '2023-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-04-31',
  '01.02.2026',
  '2026-08-01T00:00',
  '0000-01-01',
])('%j is none', (text) => expect(isCalendarDate(text)).toBe(false));

test('a date holds through its own day; no date never expires', () => {
  expect([isExpired('2026-08-01', '2026-07-31'), isExpired('2026-08-01', '2026-08-01')]).toEqual([false, false]);
  expect([isExpired('2026-08-01', '2026-08-02'), isExpired(undefined, '2026-08-02')]).toEqual([true, false]);
});
