// Dates as the user writes them, YYYY-MM-DD. Text compares in date order, so no clock and no time zone is needed here;
// "today" is always given by the caller.

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day that exists, written YYYY-MM-DD. */
export function isCalendarDate(text: string): boolean {
  const parts = FORM.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** True when the last valid day `until` lies before `today`; both YYYY-MM-DD. No date never expires. */
export function isExpired(until: string | undefined, today: string): boolean {
  return until !== undefined && until < today;
}
