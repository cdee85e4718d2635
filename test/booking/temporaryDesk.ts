import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BookingDesk } from '../../src/booking/booking.js';
import { createBookingDesk } from '../../src/booking/createBookingDesk.js';
import { parseDeskHours } from '../../src/booking/deskHours.js';
import { openStore } from '../../src/booking/openStore.js';
import { temporaryFolder } from './temporaryFolder.js';

/**
 * A desk on a database file of its own that lives as long as the running test.
 * @param hours fields that differ from the default hours
 * @param now its clock, or the instant at which it stands still
 */
export async function temporaryDesk(hours: object, now: string | (() => Date)): Promise<BookingDesk> {
  const store = await openStore(join(temporaryFolder(), 'frontdesk.db'));
  onTestFinished(() => store.close());
  return createBookingDesk({
    hours: parseDeskHours(hours),
    store,
    now: typeof now === 'string' ? () => new Date(now) : now,
  });
}
