import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createBookingDesk } from '../booking/createBookingDesk.js';
import { openStore } from '../booking/openStore.js';
import { readConfiguration } from '../server/configuration.js';
import { deskClock } from '../server/deskClock.js';
import { formatBooking } from './formatBooking.js';
import { UsageError } from './usageError.js';

/** `frontdesk bookings`: what the store holds. */
export async function bookings({ json = false, date }: { json?: boolean; date?: string }): Promise<void> {
  const { databaseUrl, business, startsAt } = readConfiguration(process.env);
  // In the wrong folder "no bookings" would be untrue: it is said what was looked at.
  if (!databaseUrl.includes(':') && !existsSync(databaseUrl)) {
    console.error(`There is no store at ${resolve(databaseUrl)} yet; DATABASE_URL names the desk's file.`);
  }
  const store = await openStore(databaseUrl);
  try {
    const desk = createBookingDesk({ hours: business, store, now: deskClock(startsAt) });
    const rows = await desk.bookings(date === undefined ? {} : { date }).catch((error: unknown) => {
      // What the desk refuses is the date, which came from the command line.
      throw error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error;
    });
    if (json) console.log(JSON.stringify({ bookings: rows }));
    else if (rows.length === 0) console.log('No bookings.');
    else for (const row of rows) console.log(formatBooking(row));
  } finally {
    await store.close();
  }
}
