import { daySlots, type DaySlot } from './daySlots.js';
import type { DeskHours } from './deskHours.js';

/**
 * What is left of a day's slots when the past, the taken hours and the full ones are taken out. It does not look
 * at the horizon.
 * @param date `YYYY-MM-DD`
 * @param full the `startsAt` of slots whose every seat is booked
 */
export function bookableSlots(
  hours: DeskHours,
  date: string,
  now: Date,
  full: ReadonlySet<string>,
): readonly DaySlot[] {
  return daySlots(hours, date).filter(
    ({ time, startsAt }) =>
      Date.parse(startsAt) > now.getTime() && !hours.takenHours.includes(time) && !full.has(startsAt),
  );
}
