import { Temporal } from 'temporal-polyfill';
import type { DeskHours } from './deskHours.js';

/** The days that can be booked at a moment, in the desk's time zone; both ends included. */
export interface BookingWindow {
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
}

/** From today to `horizonDays` after it. */
export function bookingWindow(hours: DeskHours, now: Date): BookingWindow {
  const firstDay = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(hours.timeZone)
    .toPlainDate();
  return { firstDay, lastDay: firstDay.add({ days: hours.horizonDays }) };
}
