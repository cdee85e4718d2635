import { Temporal } from 'temporal-polyfill';
import type { Refusal, Slot } from './booking.js';
import { bookingWindow } from './bookingWindow.js';
import { daySlots, type DaySlot } from './daySlots.js';
import type { DeskHours } from './deskHours.js';
import { openingRanges } from './openingRanges.js';
import { plainDate } from './plainDate.js';
import { minutesOfDay, plainTime } from './timeOfDay.js';

/** What the desk's hours alone say about an hour that is asked for. */
export type SlotVerdict =
  | { readonly type: 'offered'; readonly slot: DaySlot }
  | { readonly type: 'refused'; readonly reason: Exclude<Refusal, 'cancelled'> };

/**
 * Judges an hour by the desk's hours, without looking at what is booked. Of several reasons to refuse it, the one
 * a caller can do most with comes first: past, beyond the horizon, closed, not a start of a slot, taken.
 * @throws RangeError when the date is not `YYYY-MM-DD` or the time not `HH:MM`.
 */
export function slotVerdict(hours: DeskHours, asked: Slot, now: Date): SlotVerdict {
  const day = plainDate(asked.date);
  const start = day.toZonedDateTime({ timeZone: hours.timeZone, plainTime: plainTime(asked.time) });
  if (start.epochMilliseconds <= now.getTime()) return { type: 'refused', reason: 'past' };
  if (Temporal.PlainDate.compare(day, bookingWindow(hours, now).lastDay) > 0) {
    return { type: 'refused', reason: 'beyondHorizon' };
  }
  const slot = daySlots(hours, asked.date).find(({ time }) => time === asked.time);
  if (slot === undefined) {
    return { type: 'refused', reason: isOpen(hours, asked) ? 'notASlot' : 'closed' };
  }
  return hours.takenHours.includes(slot.time)
    ? { type: 'refused', reason: 'taken' }
    : { type: 'offered', slot };
}

function isOpen(hours: DeskHours, { date, time }: Slot): boolean {
  const minutes = minutesOfDay(time);
  return openingRanges(hours, date).some(
    ({ open, close }) => minutesOfDay(open) <= minutes && minutes < minutesOfDay(close),
  );
}
