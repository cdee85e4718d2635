/**
 * A desk in a process of its own, for tests of what several processes do to one file. It says `ready` when its
 * modules are loaded; at the first line of input it opens the store, sends the bookings all at once, and prints
 * each outcome as a JSON line. It then stays alive until it is killed or its input ends.
 *
 * Arguments: database file, name, date, time, number of bookings.
 */
import { once } from 'node:events';
import { createBookingDesk } from '../../src/booking/createBookingDesk.js';
import { parseDeskHours } from '../../src/booking/deskHours.js';
import { openStore } from '../../src/booking/openStore.js';

const [file = '', name = '', date = '', time = '', count = '1'] = process.argv.slice(2);

process.stdout.write('ready\n');
await once(process.stdin, 'data');

const store = await openStore(file);
const desk = createBookingDesk({
  hours: parseDeskHours({}),
  store,
  now: () => new Date('2026-11-02T08:00:00Z'),
});
await Promise.all(
  Array.from({ length: Number(count) }, async (_, i) => {
    const outcome = await desk.book({ date, time, name, callId: `${name} ${i}`, requestId: '1' });
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }),
);
await once(process.stdin, 'end');
await store.close();
