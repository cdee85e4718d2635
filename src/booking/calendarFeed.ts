import ical, { ICalEventStatus } from 'ical-generator';
import type { Booking } from './booking.js';
import type { DeskHours } from './deskHours.js';
import { plainDate } from './plainDate.js';
import { plainTime } from './timeOfDay.js';

/** What a feed says beside the bookings. */
export interface CalendarFeedOptions {
  /** Shown as the calendar's name, such as the business's. */
  readonly name: string;
  readonly hours: Pick<DeskHours, 'timeZone' | 'slotMinutes'>;
  /** When the feed is made (DTSTAMP). */
  readonly now: Date;
}

/**
 * Bookings as an iCalendar text (RFC 5545) to subscribe to, times in UTC. An event's UID is its booking's id, so
 * it stays the same from one fetch to the next. A cancelled booking stays in as STATUS:CANCELLED with a higher
 * SEQUENCE: a calendar that showed it must hear that it is off. It holds names and phone numbers: serve it only
 * to those who may see them.
 */
export function calendarFeed(
  bookings: readonly Booking[],
  { name, hours, now }: CalendarFeedOptions,
): string {
  // No time zone on the calendar: ical-generator writes a Date as UTC then, and as a floating time otherwise.
  const calendar = ical({ name, prodId: { company: 'frontdesk', product: 'bookings', language: 'EN' } });
  for (const booking of bookings) {
    const start = plainDate(booking.date).toZonedDateTime({
      timeZone: hours.timeZone,
      plainTime: plainTime(booking.time),
    });
    const cancelled = booking.status === 'cancelled';
    calendar.createEvent({
      id: `${booking.id}@frontdesk`,
      stamp: now,
      start: new Date(start.epochMilliseconds),
      end: new Date(start.add({ minutes: hours.slotMinutes }).epochMilliseconds),
      summary: booking.partySize === undefined ? booking.name : `${booking.name} (${booking.partySize})`,
      description: booking.phone ?? null,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      sequence: cancelled ? 1 : 0,
    });
  }
  return calendar.toString();
}
