import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { daySlots } from '../../src/booking/daySlots.js';
import { parseDeskHours, WEEKDAYS } from '../../src/booking/deskHours.js';

const weekly = (open: string, close: string) =>
  Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, [{ open, close }]]));

const allDay = parseDeskHours({ weekly: weekly('00:00', '24:00') });
const times = (hours: Parameters<typeof daySlots>[0], date: string) =>
  daySlots(hours, date).map(({ time }) => time);

describe('daySlots', () => {
  it('cuts a day into hourly slots, the last one at five', () => {
    const slots = daySlots(parseDeskHours({}), '2026-11-02');
    expect(slots).toHaveLength(9);
    expect(slots[0]).toEqual({ date: '2026-11-02', time: '09:00', startsAt: '2026-11-02T09:00:00Z' });
    expect(slots.at(-1)).toEqual({ date: '2026-11-02', time: '17:00', startsAt: '2026-11-02T17:00:00Z' });
  });

  it('writes instants in UTC when the business is on summer time', () => {
    expect(daySlots(parseDeskHours({}), '2026-07-01')[0]?.startsAt).toBe('2026-07-01T08:00:00Z');
  });

  it('leaves out a slot that would end after closing', () => {
    const hours = parseDeskHours({ weekly: weekly('09:00', '11:30'), slotMinutes: 45 });
    expect(times(hours, '2026-11-02')).toEqual(['09:00', '09:45', '10:30']);
  });

  it('has no slots on a closed weekday, on a closure, or where a range is shorter than a slot', () => {
    const hours = parseDeskHours({
      weekly: { ...weekly('09:00', '18:00'), sunday: [], monday: [{ open: '09:00', close: '09:30' }] },
      closures: ['2026-12-25'],
    });
    expect(times(hours, '2026-11-01')).toEqual([]);
    expect(times(hours, '2026-11-02')).toEqual([]);
    expect(times(hours, '2026-12-25')).toEqual([]);
    expect(times(hours, '2026-12-24')).toHaveLength(9);
  });

  it('goes through several ranges of a day in order', () => {
    const hours = parseDeskHours({
      weekly: {
        ...weekly('09:00', '18:00'),
        monday: [
          { open: '09:00', close: '11:00' },
          { open: '13:30', close: '15:30' },
        ],
      },
    });
    expect(times(hours, '2026-11-02')).toEqual(['09:00', '10:00', '13:30', '14:30']);
  });

  it('has no slot at the hour that London skips in spring', () => {
    const slots = daySlots(allDay, '2027-03-28');
    expect(slots).toHaveLength(23);
    expect(slots.map(({ time }) => time)).not.toContain('01:00');
    expect(slots.slice(0, 2).map(({ startsAt }) => startsAt)).toEqual([
      '2027-03-28T00:00:00Z',
      '2027-03-28T01:00:00Z',
    ]);
  });

  it('has one slot, the first, at the hour that London has twice in autumn', () => {
    const slots = daySlots(allDay, '2026-10-25');
    expect(slots).toHaveLength(24);
    expect(slots.filter(({ time }) => time === '01:00')).toEqual([
      { date: '2026-10-25', time: '01:00', startsAt: '2026-10-25T00:00:00Z' },
    ]);
    expect(new Set(slots.map(({ startsAt }) => startsAt)).size).toBe(24);
  });

  it('keeps nine o’clock at nine on both clock-change days', () => {
    expect(daySlots(parseDeskHours({}), '2027-03-28')[0]?.startsAt).toBe('2027-03-28T08:00:00Z');
    expect(daySlots(parseDeskHours({}), '2026-10-25')[0]?.startsAt).toBe('2026-10-25T09:00:00Z');
  });

  it('starts each slot at the instant when the clocks on the spot show its time', () => {
    const zones = [
      'Europe/London',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Cairo',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.nat(730), (timeZone, days) => {
        const date = Temporal.PlainDate.from('2026-01-01').add({ days }).toString();
        const slots = daySlots({ ...allDay, timeZone, slotMinutes: 30 }, date);
        expect(slots.length).toBeGreaterThanOrEqual(46);
        for (const slot of slots) {
          const shown = Temporal.Instant.from(slot.startsAt).toZonedDateTimeISO(timeZone).toPlainDateTime();
          expect(shown.toString({ smallestUnit: 'minute' })).toBe(`${slot.date}T${slot.time}`);
        }
      }),
    );
  });

  it('refuses what is not a date', () => {
    expect(() => daySlots(allDay, 'tomorrow')).toThrow('"tomorrow" is not a date: give it as YYYY-MM-DD');
    expect(() => daySlots(allDay, '2026-02-30')).toThrow('"2026-02-30" is not a date of the calendar');
  });
});
