import { Temporal } from 'temporal-polyfill';
import { bookableSlots } from './bookableSlots.js';
import type { Slot } from './booking.js';
import { bookingWindow } from './bookingWindow.js';
import type { DaySlot } from './daySlots.js';
import type { DeskHours } from './deskHours.js';
import { plainDate } from './plainDate.js';
import { plainTime } from './timeOfDay.js';

const MOST_OFFERED = 3;

/**
 * The free hours to offer instead of one that cannot be had: those of the same day first, nearest in time first;
 * then those of other days within the horizon, nearest in time first. Of two equally near, the earlier one first.
 * @param full the `startsAt` of slots whose every seat is booked, over the whole booking window
 * @returns up to three
 */
export function nearestFree(
  hours: DeskHours,
  asked: Slot,
  now: Date,
  full: ReadonlySet<string>,
): readonly Slot[] {
  const { firstDay, lastDay } = bookingWindow(hours, now);
  const day = plainDate(asked.date);
  const askedMs = day.toZonedDateTime({
    timeZone: hours.timeZone,
    plainTime: plainTime(asked.time),
  }).epochMilliseconds;
  const distance = ({ startsAt }: DaySlot) => Math.abs(Date.parse(startsAt) - askedMs);
  const freeOf = (date: Temporal.PlainDate) =>
    isBetween(firstDay, date, lastDay) ? bookableSlots(hours, date.toString(), now, full) : [];

  const sameDay = freeOf(day).toSorted((a, b) => distance(a) - distance(b));
  const otherDays: DaySlot[] = [];
  // Outwards day by day from the asked one, or from the end of the window next to it. A slot can be nearer than
  // those of the ring of days before its own, never than those two rings before: once there are enough, the next
  // ring is the last that matters.
  const centre = isBetween(firstDay, day, lastDay) ? day : earlier(day, firstDay) ? firstDay : lastDay;
  let enough = sameDay.length >= MOST_OFFERED;
  for (let days = 0; days <= hours.horizonDays && !enough; days += 1) {
    enough = sameDay.length + otherDays.length >= MOST_OFFERED;
    const ring = days === 0 ? [centre] : [centre.subtract({ days }), centre.add({ days })];
    otherDays.push(...ring.filter((date) => !date.equals(day)).flatMap(freeOf));
  }
  otherDays.sort((a, b) => distance(a) - distance(b) || Date.parse(a.startsAt) - Date.parse(b.startsAt));
  return [...sameDay, ...otherDays].slice(0, MOST_OFFERED).map(({ date, time }) => ({ date, time }));
}

function earlier(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}

function isBetween(first: Temporal.PlainDate, date: Temporal.PlainDate, last: Temporal.PlainDate): boolean {
  return !earlier(date, first) && !earlier(last, date);
}
