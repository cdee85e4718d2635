import { Temporal } from 'temporal-polyfill';

const ONES = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const TEENS = [
  ...['tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth'],
  ...['fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth'],
];

/** A day of the month as it is said: 1 → "first", 22 → "twenty-second". */
function ordinal(day: number): string {
  if (day < 10) return ONES[day] ?? '';
  if (day < 20) return TEENS[day - 10] ?? '';
  const tens = day < 30 ? 'twent' : 'thirt';
  return day % 10 === 0 ? `${tens}ieth` : `${tens}y-${ONES[day % 10] ?? ''}`;
}

/**
 * A date as a person would say it today: "today", "tomorrow", "on Tuesday" within the week, and otherwise
 * "on Tuesday the first of December".
 * @param date `YYYY-MM-DD`
 */
export function spokenDate(date: string, { now, timeZone }: { now: Date; timeZone: string }): string {
  const day = Temporal.PlainDate.from(date);
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const away = today.until(day).days;
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  const weekday = day.toLocaleString('en-GB', { weekday: 'long' });
  if (away > 1 && away < 7) return `on ${weekday}`;
  return `on ${weekday} the ${ordinal(day.day)} of ${day.toLocaleString('en-GB', { month: 'long' })}`;
}
