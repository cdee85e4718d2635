import type { Booking } from '../booking/booking.js';

/** A booking as one line of text. */
export function formatBooking({ date, time, name, partySize, phone, status }: Booking): string {
  return [
    date,
    time,
    name,
    ...(partySize === undefined ? [] : [`for ${partySize}`]),
    ...(phone === undefined ? [] : [phone]),
    ...(status === 'booked' ? [] : [status]),
  ].join('  ');
}
