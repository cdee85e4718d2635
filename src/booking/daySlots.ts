import type { Temporal } from 'temporal-polyfill';
import type { Slot } from './booking.js';
import type { DeskHours } from './deskHours.js';
import { openingRanges } from './openingRanges.js';
import { plainDate } from './plainDate.js';
import { minutesOfDay } from './timeOfDay.js';

/** A slot with the instant it starts at. */
export interface DaySlot extends Slot {
  /** UTC, `YYYY-MM-DDTHH:MM:SSZ`: sorts as text, and is what tells one slot from another in the store. */
  readonly startsAt: string;
}

/**
 * The slots of a day, in order: the opening ranges cut into pieces of `slotMinutes` of wall-clock time, whether
 * they are past or booked or not. When the clocks change, a start that the day skips is no slot, and a start
 * that it has twice is one slot, at the first of the two instants.
 * @param date `YYYY-MM-DD`
 * @returns empty on a closed weekday and on a closure
 */
export function daySlots(hours: DeskHours, date: string): readonly DaySlot[] {
  const starts = openingRanges(hours, date).flatMap(({ open, close }) => {
    const minutes: number[] = [];
    const lastStart = minutesOfDay(close) - hours.slotMinutes;
    for (let start = minutesOfDay(open); start <= lastStart; start += hours.slotMinutes) minutes.push(start);
    return minutes;
  });
  if (starts.length === 0) return [];
  const instantOf = dayClock(plainDate(date), hours.timeZone);
  return starts.flatMap((minutes) => {
    const startMs = instantOf(minutes);
    if (startMs === undefined) return [];
    const time = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
    return [{ date, time, startsAt: new Date(startMs).toISOString().replace('.000Z', 'Z') }];
  });
}

/** From minutes of a day's wall clock to the instant, in milliseconds; undefined for a time that the day skips. */
function dayClock(day: Temporal.PlainDate, timeZone: string): (minutes: number) => number | undefined {
  const midnight = day.toZonedDateTime(timeZone);
  // Asking the time zone is what takes long, and a day of 24 hours needs it but once.
  if (midnight.hoursInDay === 24) return (minutes) => midnight.epochMilliseconds + minutes * 60_000;
  return (minutes) => {
    const start = day.toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
    // 'compatible' takes the first of two instants, and moves a time that does not exist to one that does.
    const zoned = start.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
    return zoned.toPlainDateTime().equals(start) ? zoned.epochMilliseconds : undefined;
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
