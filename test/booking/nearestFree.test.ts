import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookableSlots } from '../../src/booking/bookableSlots.js';
import { daySlots } from '../../src/booking/daySlots.js';
import { parseDeskHours, WEEKDAYS } from '../../src/booking/deskHours.js';
import { nearestFree } from '../../src/booking/nearestFree.js';
import { plainDate } from '../../src/booking/plainDate.js';

const nothingBooked: ReadonlySet<string> = new Set();
const mondayMorning = new Date('2026-11-02T08:00:00Z');
const hours = parseDeskHours({});
const at = (date: string, time: string) => ({ date, time });

describe('nearestFree', () => {
  it('offers the free hours around a taken one, nearest first, the earlier of two first', () => {
    expect(nearestFree(hours, at('2026-11-03', '15:00'), mondayMorning, nothingBooked)).toEqual([
      at('2026-11-03', '14:00'),
      at('2026-11-03', '16:00'),
      at('2026-11-03', '13:00'),
    ]);
  });

  it('offers the same day before a nearer hour of another day', () => {
    expect(nearestFree(hours, at('2026-11-03', '20:00'), mondayMorning, nothingBooked)).toEqual([
      at('2026-11-03', '17:00'),
      at('2026-11-03', '16:00'),
      at('2026-11-03', '14:00'),
    ]);
  });

  it('goes on to the days around when the asked one is closed', () => {
    const closed = parseDeskHours({ closures: ['2026-11-04'] });
    expect(nearestFree(closed, at('2026-11-04', '13:00'), mondayMorning, nothingBooked)).toEqual([
      at('2026-11-03', '17:00'),
      at('2026-11-05', '09:00'),
      at('2026-11-03', '16:00'),
    ]);
  });

  it('finds the nearer hour of a day further off', () => {
    // The three free hours of the 2nd are two days off less a little; the night of the 5th is but one day off.
    const night = parseDeskHours({
      weekly: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, [{ open: '00:00', close: '24:00' }]])),
      closures: ['2026-11-03'],
      takenHours: [],
    });
    const full = new Set(
      ['2026-11-02', '2026-11-04']
        .flatMap((date) => daySlots(night, date))
        .filter(({ time, date }) => !(date === '2026-11-02' && ['00:00', '01:00', '02:00'].includes(time)))
        .map(({ startsAt }) => startsAt),
    );
    expect(nearestFree(night, at('2026-11-03', '23:00'), new Date('2026-11-01T00:00:00Z'), full)).toEqual([
      at('2026-11-05', '00:00'),
      at('2026-11-05', '01:00'),
      at('2026-11-05', '02:00'),
    ]);
  });

  it('never offers an hour that is past', () => {
    const now = new Date('2026-11-02T15:30:00Z');
    expect(nearestFree(hours, at('2026-11-02', '15:00'), now, nothingBooked)).toEqual([
      at('2026-11-02', '16:00'),
      at('2026-11-02', '17:00'),
      at('2026-11-03', '09:00'),
    ]);
  });

  it('starts from today for a day long past and from the last day for one beyond the horizon', () => {
    expect(nearestFree(hours, at('2020-01-01', '13:00'), mondayMorning, nothingBooked)).toEqual([
      at('2026-11-02', '09:00'),
      at('2026-11-02', '11:00'),
      at('2026-11-02', '13:00'),
    ]);
    expect(nearestFree(hours, at('2030-01-01', '13:00'), mondayMorning, nothingBooked)).toEqual([
      at('2027-01-01', '17:00'),
      at('2027-01-01', '16:00'),
      at('2027-01-01', '14:00'),
    ]);
  });

  it('offers what there is when it is less than three, and nothing when there is nothing', () => {
    const today = parseDeskHours({ horizonDays: 0 });
    const afternoon = new Date('2026-11-02T16:30:00Z');
    const asked = at('2026-11-02', '16:00');
    expect(nearestFree(today, asked, afternoon, nothingBooked)).toEqual([at('2026-11-02', '17:00')]);
    expect(nearestFree(today, asked, afternoon, new Set(['2026-11-02T17:00:00Z']))).toEqual([]);
  });

  it('agrees with looking through every slot of the window', () => {
    const first = plainDate('2026-10-20'); // the window passes over the end of summer time
    const scenario = fc.record({
      horizonDays: fc.nat(8),
      openHour: fc.integer({ min: 0, max: 12 }),
      slotMinutes: fc.constantFrom(30, 60, 90),
      nowHour: fc.nat(23),
      askedDay: fc.integer({ min: -3, max: 12 }),
      askedHour: fc.nat(23),
      closedDays: fc.array(fc.nat(8)),
      booked: fc.func(fc.boolean()),
    });
    fc.assert(
      fc.property(scenario, ({ openHour, nowHour, askedDay, askedHour, closedDays, booked, ...rest }) => {
        const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
        const dayAt = (days: number) => first.add({ days }).toString();
        const range = [{ open: clock(openHour), close: clock(openHour + 8) }];
        const desk = parseDeskHours({
          ...rest,
          weekly: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, range])),
          closures: closedDays.map(dayAt),
        });
        const now = new Date(`${first.toString()}T${clock(nowHour)}:00+01:00`);
        const window = Array.from({ length: desk.horizonDays + 1 }, (_, days) => dayAt(days));
        const full = new Set(
          window
            .flatMap((date) => daySlots(desk, date).map((slot) => slot.startsAt))
            .filter((s) => booked(s)),
        );
        const asked = at(dayAt(askedDay), clock(askedHour));
        const askedMs = first.add({ days: askedDay }).toZonedDateTime({
          timeZone: desk.timeZone,
          plainTime: asked.time,
        }).epochMilliseconds;
        const everySlot = window
          .flatMap((date) => bookableSlots(desk, date, now, full))
          .map((slot) => ({
            slot: at(slot.date, slot.time),
            otherDay: Number(slot.date !== asked.date),
            away: Math.abs(Date.parse(slot.startsAt) - askedMs),
          }))
          .toSorted((a, b) => a.otherDay - b.otherDay || a.away - b.away)
          .map(({ slot }) => slot);
        expect(nearestFree(desk, asked, now, full)).toEqual(everySlot.slice(0, 3));
      }),
      { numRuns: 150 },
    );
  });
});
