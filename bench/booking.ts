/**
 * Durable bookings per second through the desk, beside the same engine's bare INSERT in the same run.
 *
 *     npx tsx bench/booking.ts [bookings per round, 200]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Temporal } from 'temporal-polyfill';
import { createBookingDesk } from '../src/booking/createBookingDesk.js';
import { parseDeskHours, WEEKDAYS } from '../src/booking/deskHours.js';
import { openStore } from '../src/booking/openStore.js';
import { percentile } from './percentile.js';

const bookings = Number(process.argv[2] ?? 200);
const rounds = 5;
const now = new Date('2026-11-02T00:00:00Z');
const firstDay = Temporal.PlainDate.from('2026-11-03');
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));

const bare = new Database(join(folder, 'bare.db'));
bare.pragma('journal_mode = WAL');
bare.pragma('synchronous = FULL');
bare.exec(
  'CREATE TABLE bookings (id TEXT NOT NULL PRIMARY KEY, starts_at TEXT NOT NULL, name TEXT NOT NULL) STRICT',
);
const insert = bare.prepare('INSERT INTO bookings VALUES (?, ?, ?)');

const store = await openStore(join(folder, 'desk.db'));
const desk = createBookingDesk({
  hours: parseDeskHours({
    weekly: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, [{ open: '00:00', close: '24:00' }]])),
    takenHours: [],
    horizonDays: 730,
  }),
  store,
  now: () => now,
});
const slotAt = (i: number) => ({
  date: firstDay.add({ days: Math.floor(i / 24) }).toString(),
  time: `${String(i % 24).padStart(2, '0')}:00`,
});

async function perSecond(count: number, step: (i: number) => unknown): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i += 1) await step(i);
  return (count * 1000) / (performance.now() - start);
}

// In turns, so that both meet the same disk.
const figures = { bare: [] as number[], desk: [] as number[], refused: [] as number[] };
for (let round = 0; round < rounds; round += 1) {
  figures.bare.push(
    await perSecond(bookings, (i) => insert.run(`${round} ${i}`, '2026-11-03T14:00:00Z', 'Ada')),
  );
  figures.desk.push(
    await perSecond(bookings, async (i) => {
      const slot = slotAt(round * bookings + i);
      const outcome = await desk.book({ ...slot, name: 'Ada', callId: `${round} ${i}`, requestId: '1' });
      if (outcome.type !== 'committed') throw new Error(`not booked: ${slot.date} ${slot.time}`);
    }),
  );
  figures.refused.push(
    await perSecond(bookings, (i) =>
      desk.book({ ...slotAt(0), name: 'Ada', callId: `late ${round} ${i}`, requestId: '1' }),
    ),
  );
}
await store.close();
bare.close();
rmSync(folder, { recursive: true });

const median = (values: readonly number[]) => percentile(values, 0.5);
const [barePerSecond, deskPerSecond, refusedPerSecond] = [figures.bare, figures.desk, figures.refused].map(
  median,
);
console.log(`median of ${rounds} rounds of ${bookings}, WAL, synchronous=FULL`);
console.log(`bare INSERT          ${barePerSecond?.toFixed(0)}/s`);
console.log(`desk.book, committed ${deskPerSecond?.toFixed(0)}/s`);
console.log(`desk.book, refused   ${refusedPerSecond?.toFixed(0)}/s (with the nearest free hours)`);
console.log(`committed to bare    ${((deskPerSecond ?? 0) / (barePerSecond ?? 1)).toFixed(2)}`);
