import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallEvent } from '../../src/callEvent.js';
import { createDesk, type DeskOptions } from '../../src/server/createDesk.js';
import { createLog } from '../../src/server/log.js';
import type { OpenDesk } from '../../src/server/openDesk.js';

/** A desk that takes calls on a free port, with a store of its own, and what it did. */
export interface OpenedDesk extends AsyncDisposable {
  readonly url: string;
  readonly desk: OpenDesk;
  /** Its log, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** What happened so far in a call. */
  eventsOf(callSid: string): readonly CallEvent[];
  /** The keys of what the desk said so far in a call. */
  promptsOf(callSid: string): readonly string[];
  /** What the desk said so far in a call: each prompt in words. */
  saidIn(callSid: string): readonly string[];
  /** The hours that a caller's number has booked, and in which name. */
  bookedBy(phone: string): Promise<readonly string[]>;
}

/** Monday, 23 November 2026, half past nine in London: where the clocks of test desks start. */
export const MONDAY_MORNING = new Date('2026-11-23T09:30:00Z');

/** What was synthesised once is not synthesised again in the next run, so that calls have the processors. */
const VOICES_FOLDER = 'node_modules/.cache/frontdesk';

/** Opens a desk; disposing of it closes it and deletes its store. */
export async function openedDesk(options: DeskOptions = {}): Promise<OpenedDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'frontdesk-calls-'));
  const log: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => log.push(JSON.parse(line) as Record<string, unknown>),
  };
  const desk = await createDesk({
    databaseUrl: join(folder, 'frontdesk.db'),
    dataFolder: VOICES_FOLDER,
    host: '127.0.0.1',
    startsAt: MONDAY_MORNING,
    log: createLog('info', destination),
    ...options,
  }).listen(0);
  const calls = new Map<string, CallEvent[]>();
  desk.calls$.subscribe(({ callSid, events$ }) => {
    const events: CallEvent[] = [];
    calls.set(callSid, events);
    events$.subscribe({
      next: (event) => events.push(event),
      // The desk logs it, and tests that expect no fault look there.
      error: () => undefined,
    });
  });
  const eventsOf = (callSid: string) => calls.get(callSid) ?? [];
  const saidBy = (callSid: string) => eventsOf(callSid).filter((event) => event.type === 'said');
  return {
    url: `http://127.0.0.1:${desk.port}`,
    desk,
    log,
    eventsOf,
    async bookedBy(phone) {
      return (await desk.booking.bookings())
        .filter((booking) => booking.phone === phone && booking.status === 'booked')
        .map(({ date, time, name }) => `${date} ${time} ${name}`);
    },
    promptsOf: (callSid) => saidBy(callSid).map(({ prompt }) => prompt.content.key),
    saidIn: (callSid) => saidBy(callSid).map(({ text }) => text),
    async [Symbol.asyncDispose]() {
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
