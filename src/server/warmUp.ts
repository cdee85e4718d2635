import type { BookingDesk } from '../booking/booking.js';
import type { Understander } from '../nlu/understander.js';

const LINES = [
  "i'd like to book a table for four people tomorrow at half past two please",
  'my name is john smith and my number is oh one six three two nine six oh one two three',
  'what have you got on the twenty third',
  'no, make it wednesday',
];
const ROUNDS = 20;

/**
 * Uses what the first caller would otherwise be the first to use: code is compiled, and the store's pages are
 * read, when they are needed for the first time, and that would be in the middle of an answer.
 */
export async function warmUp(understander: Understander, booking: BookingDesk, now: Date): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const line of LINES) understander.understand(line, { now });
  }
  await booking.freeSlots(now.toISOString().slice(0, 10));
}
