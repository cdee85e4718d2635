import type { Slot } from './booking.js';
import type { DeskHours } from './deskHours.js';
import { openingRanges } from './openingRanges.js';
import { minutesOfDay, plainDate } from './wallClock.js';

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
  const day = plainDate(date);
  return openingRanges(hours, date).flatMap(({ open, close }) => {
    const slots: DaySlot[] = [];
    const lastStart = minutesOfDay(close) - hours.slotMinutes;
    for (let minutes = minutesOfDay(open); minutes <= lastStart; minutes += hours.slotMinutes) {
      const start = day.toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
      // 'compatible' takes the first of two instants, and moves a time that does not exist to one that does.
      const zoned = start.toZonedDateTime(hours.timeZone, { disambiguation: 'compatible' });
      if (zoned.toPlainDateTime().equals(start)) {
        const time = start.toPlainTime().toString({ smallestUnit: 'minute' });
        slots.push({ date, time, startsAt: zoned.toInstant().toString() });
      }
    }
    return slots;
  });
}
