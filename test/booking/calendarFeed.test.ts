import { describe, expect, it } from 'vitest';
import type { Booking } from '../../src/booking/booking.js';
import { calendarFeed } from '../../src/booking/calendarFeed.js';

const hours = { timeZone: 'Europe/London', slotMinutes: 60 };
const now = new Date('2026-06-01T08:00:00Z');
const booking: Booking = {
  id: '6f1c6c1e-6d0b-4c39-9d0f-3a0c7f1f8a11',
  date: '2026-07-01',
  time: '14:00',
  name: 'Ada Lovelace',
  phone: '+447700900123',
  partySize: 4,
  status: 'booked',
};
const feed = (...bookings: readonly Booking[]) =>
  calendarFeed(bookings, { name: 'The Corner', hours, now }).split('\r\n');

describe('calendarFeed', () => {
  it('is a calendar also when there are no bookings', () => {
    const lines = feed();
    expect(lines[0]).toBe('BEGIN:VCALENDAR');
    expect(lines).toContain('NAME:The Corner');
    expect(lines).not.toContain('BEGIN:VEVENT');
    expect(lines).toContain('END:VCALENDAR');
  });

  it('writes a booking as a confirmed event in UTC', () => {
    expect(feed(booking)).toEqual(
      expect.arrayContaining([
        'UID:6f1c6c1e-6d0b-4c39-9d0f-3a0c7f1f8a11@frontdesk',
        'DTSTAMP:20260601T080000Z',
        'DTSTART:20260701T130000Z',
        'DTEND:20260701T140000Z',
        'SUMMARY:Ada Lovelace (4)',
        'DESCRIPTION:+447700900123',
        'STATUS:CONFIRMED',
        'SEQUENCE:0',
      ]),
    );
  });

  it('says the same of the same bookings each time', () => {
    expect(feed(booking)).toEqual(feed(booking));
  });

  it('keeps a cancelled booking as a cancelled event of the same id', () => {
    expect(feed({ ...booking, status: 'cancelled' })).toEqual(
      expect.arrayContaining([
        'UID:6f1c6c1e-6d0b-4c39-9d0f-3a0c7f1f8a11@frontdesk',
        'STATUS:CANCELLED',
        'SEQUENCE:1',
      ]),
    );
  });

  it('does not let a name write lines of its own', () => {
    const lines = feed({ ...booking, name: 'Ada\r\nSTATUS:CANCELLED\r\nX, Y; Z' });
    expect(lines).not.toContain('STATUS:CANCELLED');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });
});
