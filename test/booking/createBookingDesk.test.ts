import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookingRequest, Slot } from '../../src/booking/booking.js';
import { temporaryDesk } from './temporaryDesk.js';

const mondayMorning = '2026-11-02T08:00:00Z';
const tuesdayAt = (time: string): Slot => ({ date: '2026-11-03', time });
const request = (slot: Slot, callId: string, more: Partial<BookingRequest> = {}): BookingRequest => ({
  ...slot,
  name: 'Ada',
  callId,
  requestId: '1',
  ...more,
});

describe('a booking desk', () => {
  it('writes a booking and reads it back', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    const outcome = await desk.book(
      request(tuesdayAt('14:00'), 'call', { phone: '+447700900123', partySize: 4 }),
    );
    expect(outcome).toEqual({
      type: 'committed',
      booking: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        ...tuesdayAt('14:00'),
        name: 'Ada',
        phone: '+447700900123',
        partySize: 4,
        status: 'booked',
      },
    });
    expect(await desk.bookings()).toEqual(outcome.type === 'committed' && [outcome.booking]);
  });

  it('leaves out of a booking what the caller did not say', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    await desk.book(request(tuesdayAt('14:00'), 'call'));
    const [booking] = await desk.bookings();
    expect(booking).not.toHaveProperty('phone');
    expect(booking).not.toHaveProperty('partySize');
  });

  it('lists bookings in order of date and time, all or of one day', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    for (const [i, slot] of [
      { date: '2026-11-04', time: '09:00' },
      tuesdayAt('16:00'),
      tuesdayAt('09:00'),
    ].entries()) {
      await desk.book(request(slot, `call ${i}`));
    }
    const timesOf = async (filter?: { date: string }) =>
      (await desk.bookings(filter)).map(({ date, time }) => `${date} ${time}`);
    expect(await timesOf()).toEqual(['2026-11-03 09:00', '2026-11-03 16:00', '2026-11-04 09:00']);
    expect(await timesOf({ date: '2026-11-03' })).toEqual(['2026-11-03 09:00', '2026-11-03 16:00']);
    expect(await timesOf({ date: '2026-11-05' })).toEqual([]);
  });

  it('gives one of sixteen callers the slot and the others the nearest free ones', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, i) => desk.book(request(tuesdayAt('14:00'), `call ${i}`))),
    );
    const refused = outcomes.filter(({ type }) => type === 'refused');
    expect(refused).toHaveLength(15);
    for (const outcome of refused) {
      expect(outcome).toEqual({
        type: 'refused',
        reason: 'taken',
        alternatives: [tuesdayAt('13:00'), tuesdayAt('16:00'), tuesdayAt('11:00')],
      });
    }
    expect(await desk.bookings()).toHaveLength(1);
  });

  it('gives a slot to as many callers as its capacity', async () => {
    const desk = await temporaryDesk({ capacity: 2 }, mondayMorning);
    const book = (callId: string) => desk.book(request(tuesdayAt('14:00'), callId));
    expect((await book('first')).type).toBe('committed');
    expect((await desk.check(tuesdayAt('14:00'))).type).toBe('free');
    expect((await book('second')).type).toBe('committed');
    expect((await desk.check(tuesdayAt('14:00'))).type).toBe('refused');
    expect(await book('third')).toMatchObject({ type: 'refused', reason: 'taken' });
  });

  it('takes the largest capacity there is', async () => {
    const desk = await temporaryDesk({ capacity: 1000 }, mondayMorning);
    const outcomes = await Promise.all(
      Array.from({ length: 3 }, (_, i) => desk.book(request(tuesdayAt('14:00'), `call ${i}`))),
    );
    expect(outcomes.map(({ type }) => type)).toEqual(['committed', 'committed', 'committed']);
  });

  it('answers a request sent again with the row already written, also when it is past by then', async () => {
    let now = new Date(mondayMorning);
    const desk = await temporaryDesk({}, () => now);
    const [first, second] = await Promise.all([
      desk.book(request(tuesdayAt('14:00'), 'call')),
      desk.book(request(tuesdayAt('14:00'), 'call')),
    ]);
    expect(first.type).toBe('committed');
    expect(second).toEqual(first);
    now = new Date('2026-11-04T08:00:00Z');
    expect(await desk.book(request(tuesdayAt('14:00'), 'call'))).toEqual(first);
    expect(await desk.book(request({ date: '2026-11-05', time: '09:00' }, 'call'))).toEqual(first);
    expect(await desk.bookings()).toHaveLength(1);
  });

  it('writes another booking for another request of the same call', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    await desk.book(request(tuesdayAt('14:00'), 'call', { requestId: '1' }));
    expect((await desk.book(request(tuesdayAt('16:00'), 'call', { requestId: '2' }))).type).toBe('committed');
  });

  it('does not bring back a cancelled booking when its request is sent again', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    const outcome = await desk.book(request(tuesdayAt('14:00'), 'call'));
    await desk.cancel(outcome.type === 'committed' ? outcome.booking.id : '');
    expect(await desk.book(request(tuesdayAt('14:00'), 'call'))).toEqual({
      type: 'refused',
      reason: 'cancelled',
      alternatives: [tuesdayAt('14:00'), tuesdayAt('13:00'), tuesdayAt('16:00')],
    });
    expect((await desk.bookings()).map(({ status }) => status)).toEqual(['cancelled']);
  });

  it('frees the hour when a booking is cancelled, for another to book', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    const outcome = await desk.book(request(tuesdayAt('14:00'), 'first'));
    const booking = outcome.type === 'committed' ? outcome.booking : undefined;
    expect(await desk.freeSlots('2026-11-03')).not.toContainEqual(tuesdayAt('14:00'));

    const cancelled = { ...booking, status: 'cancelled' };
    expect(await desk.cancel(booking?.id ?? '')).toEqual(cancelled);
    expect(await desk.cancel(booking?.id ?? '')).toEqual(cancelled);
    expect(await desk.freeSlots('2026-11-03')).toContainEqual(tuesdayAt('14:00'));

    expect((await desk.book(request(tuesdayAt('14:00'), 'second'))).type).toBe('committed');
    expect((await desk.bookings()).map(({ status }) => status).toSorted()).toEqual(['booked', 'cancelled']);
  });

  it('has nothing to cancel under an unknown id', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    expect(await desk.cancel('no such booking')).toBeUndefined();
  });

  it('lists the free slots of a day: none taken, booked, past, closed or beyond the horizon', async () => {
    const desk = await temporaryDesk({ closures: ['2026-11-04'], horizonDays: 7 }, '2026-11-02T10:30:00Z');
    await desk.book(request({ date: '2026-11-02', time: '14:00' }, 'call'));
    const times = async (date: string) => (await desk.freeSlots(date)).map(({ time }) => time);
    expect(await times('2026-11-02')).toEqual(['11:00', '13:00', '16:00', '17:00']);
    expect(await times('2026-11-03')).toEqual(['09:00', '11:00', '13:00', '14:00', '16:00', '17:00']);
    expect(await times('2026-11-04')).toEqual([]);
    expect(await times('2026-11-01')).toEqual([]);
    expect(await times('2026-11-09')).toHaveLength(6);
    expect(await times('2026-11-10')).toEqual([]);
  });

  it('answers whether an hour is free, and what is near when it is not', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    await desk.book(request(tuesdayAt('14:00'), 'call'));
    expect(await desk.check(tuesdayAt('13:00'))).toEqual({ type: 'free', slot: tuesdayAt('13:00') });
    expect(await desk.check(tuesdayAt('14:00'))).toEqual({
      type: 'refused',
      reason: 'taken',
      alternatives: [tuesdayAt('13:00'), tuesdayAt('16:00'), tuesdayAt('11:00')],
    });
    expect(await desk.check(tuesdayAt('18:00'))).toMatchObject({ reason: 'closed' });
  });

  it('writes nothing for an hour that the desk does not offer', async () => {
    const desk = await temporaryDesk({ closures: ['2026-11-04'] }, mondayMorning);
    const slots = [
      [tuesdayAt('10:00'), 'taken'],
      [tuesdayAt('14:30'), 'notASlot'],
      [{ date: '2026-11-04', time: '14:00' }, 'closed'],
      [{ date: '2026-11-01', time: '14:00' }, 'past'],
      [{ date: '2027-11-01', time: '14:00' }, 'beyondHorizon'],
    ] as const;
    for (const [slot, reason] of slots) {
      expect(await desk.book(request(slot, reason))).toMatchObject({ type: 'refused', reason });
    }
    expect(await desk.bookings()).toEqual([]);
  });

  it('books the hours after a clock change at their local time', async () => {
    const desk = await temporaryDesk({}, '2026-10-24T12:00:00Z');
    const sunday = { date: '2026-10-25', time: '09:00' };
    expect(await desk.book(request(sunday, 'call'))).toMatchObject({ type: 'committed', booking: sunday });
    expect(await desk.check(sunday)).toMatchObject({ type: 'refused', reason: 'taken' });
    expect(await desk.freeSlots('2026-10-25')).toHaveLength(5);
  });

  it.each([
    [{ date: 'tomorrow' }, '"tomorrow" is not a date'],
    [{ time: '2pm' }, '"2pm" is not a time of day'],
    [{ name: ' ' }, 'name is empty'],
    [{ partySize: 0 }, 'partySize is 0'],
    [{ callId: '' }, 'callId is empty'],
    [{ requestId: '' }, 'requestId is empty'],
  ])('refuses a request with %j and names the field', async (wrong, message) => {
    const desk = await temporaryDesk({}, mondayMorning);
    await expect(desk.book({ ...request(tuesdayAt('14:00'), 'call'), ...wrong })).rejects.toThrow(message);
  });

  it('refuses to look up a day that is no date', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    await expect(desk.bookings({ date: '3 November' })).rejects.toThrow('"3 November" is not a date');
    await expect(desk.freeSlots('3 November')).rejects.toThrow(RangeError);
  });

  it('keeps names and ids as they are, whatever they hold', async () => {
    const desk = await temporaryDesk({}, mondayMorning);
    const name = `Robert'); DROP TABLE bookings;-- "Ñandú" 🎷`;
    expect(await desk.book(request(tuesdayAt('14:00'), `';--`, { name }))).toMatchObject({
      booking: { name },
    });
    expect(await desk.bookings()).toHaveLength(1);
  });
});

describe('a booking desk, whatever is booked and cancelled', () => {
  it('never has more bookings in a slot than its capacity, and offers only what can be booked', async () => {
    const slot = fc.record({
      date: fc.constantFrom('2026-11-02', '2026-11-03', '2026-11-04'),
      time: fc.constantFrom('09:00', '10:00', '11:00', '11:30', '13:00', '20:00'),
    });
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ type: fc.constant('book'), slots: fc.array(slot, { maxLength: 5 }) }),
      },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel'), which: fc.nat() }) },
    );
    const scenario = fc.record({
      capacity: fc.integer({ min: 1, max: 3 }),
      horizonDays: fc.integer({ min: 0, max: 2 }),
      steps: fc.array(step, { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ capacity, horizonDays, steps }) => {
        const desk = await temporaryDesk({ capacity, horizonDays }, '2026-11-02T09:30:00Z');
        let calls = 0;
        const book = (asked: Slot) => desk.book(request(asked, `call ${(calls += 1)}`));
        for (const next of steps) {
          if ('slots' in next) {
            const outcomes = await Promise.all(next.slots.map(book));
            const offered = outcomes.flatMap((outcome) =>
              outcome.type === 'refused' ? outcome.alternatives : [],
            );
            const stillFree = [];
            for (const { date } of offered) stillFree.push(...(await desk.freeSlots(date)));
            // The last to be refused was answered after everything was written.
            const last = outcomes.at(-1);
            if (last?.type === 'refused') {
              for (const alternative of last.alternatives) expect(stillFree).toContainEqual(alternative);
              const [nearest] = last.alternatives;
              if (nearest !== undefined) expect((await book(nearest)).type).toBe('committed');
            }
          } else {
            const rows = await desk.bookings();
            const row = rows[next.which % Math.max(rows.length, 1)];
            if (row !== undefined) await desk.cancel(row.id);
          }
        }
        const booked = new Map<string, number>();
        for (const { date, time, status } of await desk.bookings()) {
          if (status === 'booked') booked.set(`${date} ${time}`, (booked.get(`${date} ${time}`) ?? 0) + 1);
        }
        expect(Math.max(0, ...booked.values())).toBeLessThanOrEqual(capacity);
      }),
      { numRuns: 20 },
    );
  });
});
