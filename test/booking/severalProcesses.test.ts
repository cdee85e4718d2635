import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BookingOutcome } from '../../src/booking/booking.js';
import { openStore } from '../../src/booking/openStore.js';
import { temporaryFolder } from './temporaryFolder.js';

const script = fileURLToPath(new URL('deskProcess.ts', import.meta.url));

/** Starts a desk of its own process and waits until it is ready to open the store. */
async function startDesk(file: string, name: string, bookings: number) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, file, name, '2026-11-03', '14:00', String(bookings)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  expect(await line()).toBe('ready');
  return {
    /** Lets it open the store and book, and waits for all outcomes. */
    async book(): Promise<readonly BookingOutcome[]> {
      child.stdin.write('go\n');
      const outcomes: BookingOutcome[] = [];
      while (outcomes.length < bookings) outcomes.push(JSON.parse(await line()) as BookingOutcome);
      return outcomes;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async finish(): Promise<unknown> {
      child.stdin.end();
      return (await exited)[0];
    },
  };
}

// Two processes have to start and load: seconds on a busy machine.
describe('several processes on one database file', { timeout: 30_000 }, () => {
  it('create the file together and give one of sixteen callers the slot', async () => {
    const file = join(temporaryFolder(), 'frontdesk.db');
    const desks = await Promise.all([startDesk(file, 'left', 8), startDesk(file, 'right', 8)]);
    const outcomes = (await Promise.all(desks.map((desk) => desk.book()))).flat();
    expect(await Promise.all(desks.map((desk) => desk.finish()))).toEqual([0, 0]);

    const committed = outcomes.flatMap((outcome) => (outcome.type === 'committed' ? [outcome.booking] : []));
    const refused = outcomes.filter(({ type }) => type === 'refused');
    expect(committed).toHaveLength(1);
    expect(refused).toHaveLength(15);
    for (const outcome of refused) {
      expect(outcome).toMatchObject({
        reason: 'taken',
        alternatives: [{ time: '13:00' }, { time: '16:00' }, { time: '11:00' }],
      });
    }

    const store = await openStore(file);
    expect((await store.list()).map(({ id }) => id)).toEqual(committed.map(({ id }) => id));
    await store.close();
  });

  it('find a booking whose process was killed right after it was committed', async () => {
    const file = join(temporaryFolder(), 'frontdesk.db');
    const desk = await startDesk(file, 'Ada', 1);
    const [outcome] = await desk.book();
    await desk.kill();

    const store = await openStore(file);
    const rows = await store.list();
    await store.close();
    expect(outcome?.type).toBe('committed');
    expect(rows).toMatchObject([
      { name: 'Ada', local_date: '2026-11-03', local_time: '14:00', status: 'booked' },
    ]);
  });
});
