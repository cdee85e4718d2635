import { randomUUID } from 'node:crypto';
import { bookableSlots } from './bookableSlots.js';
import type { Booking, BookingDesk, BookingOutcome, BookingRequest, Refusal, Slot } from './booking.js';
import type { BookingStore } from './bookingStore.js';
import type { BookingRow } from './bookingTables.js';
import { bookingWindow } from './bookingWindow.js';
import type { DeskHours } from './deskHours.js';
import { nearestFree } from './nearestFree.js';
import { slotVerdict } from './slotVerdict.js';
import { plainDate } from './plainDate.js';

/** What a desk is made of. */
export interface BookingDeskOptions {
  readonly hours: DeskHours;
  /** Stays the caller's: the desk does not close it. */
  readonly store: BookingStore;
  /** The desk's clock. */
  readonly now: () => Date;
}

/** A desk that keeps its bookings in a store. Any number of desks, in any number of processes, may share one. */
export function createBookingDesk({ hours, store, now }: BookingDeskOptions): BookingDesk {
  /** Slots without a free seat from one local day to another, both included. */
  const fullSlots = (first: ReturnType<typeof plainDate>, last: ReturnType<typeof plainDate>) => {
    const midnight = (day: typeof first) => day.toZonedDateTime(hours.timeZone).toInstant().toString();
    return store.fullSlots(midnight(first), midnight(last.add({ days: 1 })), hours.capacity);
  };

  const refuse = async (slot: Slot, reason: Refusal) => {
    const { firstDay, lastDay } = bookingWindow(hours, now());
    const full = await fullSlots(firstDay, lastDay);
    return { type: 'refused', reason, alternatives: nearestFree(hours, slot, now(), full) } as const;
  };

  const alreadyWritten = async (request: BookingRequest): Promise<BookingOutcome | undefined> => {
    const row = await store.writtenBy(request.callId, request.requestId);
    if (row === undefined) return undefined;
    const { date, time } = bookingOf(row);
    return row.status === 'booked'
      ? { type: 'committed', booking: bookingOf(row) }
      : await refuse({ date, time }, 'cancelled');
  };

  return {
    async freeSlots(date) {
      const day = plainDate(date);
      const { firstDay, lastDay } = bookingWindow(hours, now());
      if (day.since(firstDay).sign < 0 || day.since(lastDay).sign > 0) return [];
      const free = bookableSlots(hours, date, now(), await fullSlots(day, day));
      return free.map((slot) => ({ date: slot.date, time: slot.time }));
    },

    async check(slot) {
      const verdict = slotVerdict(hours, slot, now());
      if (verdict.type === 'refused') return await refuse(slot, verdict.reason);
      const day = plainDate(slot.date);
      const full = await fullSlots(day, day);
      if (full.has(verdict.slot.startsAt)) return await refuse(slot, 'taken');
      return { type: 'free', slot: { date: slot.date, time: slot.time } };
    },

    async book(request) {
      requireWhole(request);
      // Asked before the hours are: a request sent again may by now be for an hour that is past.
      const before = await alreadyWritten(request);
      if (before !== undefined) return before;
      const verdict = slotVerdict(hours, request, now());
      if (verdict.type === 'refused') return await refuse(request, verdict.reason);
      const row = await store.insert(
        {
          id: randomUUID(),
          starts_at: verdict.slot.startsAt,
          local_date: verdict.slot.date,
          local_time: verdict.slot.time,
          name: request.name,
          phone: request.phone ?? null,
          party_size: request.partySize ?? null,
          call_id: request.callId,
          request_id: request.requestId,
          created_at: now().toISOString(),
        },
        hours.capacity,
      );
      if (row !== undefined) return { type: 'committed', booking: bookingOf(row) };
      // Nothing written: the same request got there first, or the slot is full.
      return (await alreadyWritten(request)) ?? (await refuse(request, 'taken'));
    },

    async cancel(id) {
      const row = await store.cancel(id);
      return row && bookingOf(row);
    },

    async bookings({ date } = {}) {
      if (date !== undefined) plainDate(date);
      return (await store.list(date)).map(bookingOf);
    },
  };
}

function bookingOf(row: BookingRow): Booking {
  return {
    id: row.id,
    date: row.local_date,
    time: row.local_time,
    name: row.name,
    ...(row.phone !== null && { phone: row.phone }),
    ...(row.party_size !== null && { partySize: row.party_size }),
    status: row.status,
  };
}

/** What the types cannot say about a request. */
function requireWhole({ name, partySize, callId, requestId }: BookingRequest): void {
  if (name.trim() === '') throw new RangeError('name is empty: a booking needs the name it is for.');
  if (partySize !== undefined && !(Number.isSafeInteger(partySize) && partySize >= 1)) {
    throw new RangeError(`partySize is ${partySize}: give a whole number of people, at least 1.`);
  }
  if (callId === '') throw new RangeError('callId is empty: give the id of the call or request that asks.');
  if (requestId === '') throw new RangeError('requestId is empty: give an id that is new for each booking.');
}
