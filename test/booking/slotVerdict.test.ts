import { describe, expect, it } from 'vitest';
import { parseDeskHours, WEEKDAYS } from '../../src/booking/deskHours.js';
import { slotVerdict } from '../../src/booking/slotVerdict.js';

const monday = new Date('2026-11-02T11:30:00Z');
const hours = parseDeskHours({ closures: ['2026-11-05'], horizonDays: 7 });
const verdict = (date: string, time: string) => slotVerdict(hours, { date, time }, monday);
const refused = (reason: string) => ({ type: 'refused', reason });

describe('slotVerdict', () => {
  it('offers a slot that is to come', () => {
    expect(verdict('2026-11-02', '13:00')).toEqual({
      type: 'offered',
      slot: { date: '2026-11-02', time: '13:00', startsAt: '2026-11-02T13:00:00Z' },
    });
  });

  it.each([
    ['an hour gone by today', '2026-11-02', '11:00', 'past'],
    ['an hour gone by today, though it was never open', '2026-11-02', '08:00', 'past'],
    ['a day gone by', '2026-11-01', '14:00', 'past'],
    ['the day after the horizon', '2026-11-10', '14:00', 'beyondHorizon'],
    ['an hour before opening', '2026-11-03', '08:00', 'closed'],
    ['the hour of closing', '2026-11-03', '18:00', 'closed'],
    ['a closure', '2026-11-05', '14:00', 'closed'],
    ['half past', '2026-11-03', '14:30', 'notASlot'],
    ['the half hour before closing', '2026-11-03', '17:30', 'notASlot'],
    ['an hour taken every day', '2026-11-03', '12:00', 'taken'],
  ])('refuses %s', (_, date, time, reason) => {
    expect(verdict(date, time)).toEqual(refused(reason));
  });

  it('offers the last day of the horizon, and the last slot of a day', () => {
    expect(verdict('2026-11-09', '17:00').type).toBe('offered');
  });

  it('refuses a slot from the moment it starts', () => {
    const slot = { date: '2026-11-03', time: '09:00' };
    expect(slotVerdict(hours, slot, new Date('2026-11-03T08:59:59.999Z')).type).toBe('offered');
    expect(slotVerdict(hours, slot, new Date('2026-11-03T09:00:00.000Z'))).toEqual(refused('past'));
  });

  it('counts today in the time zone of the business', () => {
    const auckland = parseDeskHours({ timeZone: 'Pacific/Auckland', horizonDays: 0 });
    // Half past ten in the morning of the 3rd in Auckland.
    const now = new Date('2026-11-02T21:30:00Z');
    expect(slotVerdict(auckland, { date: '2026-11-03', time: '11:00' }, now).type).toBe('offered');
    expect(slotVerdict(auckland, { date: '2026-11-02', time: '17:00' }, now)).toEqual(refused('past'));
    expect(slotVerdict(auckland, { date: '2026-11-04', time: '11:00' }, now)).toEqual(
      refused('beyondHorizon'),
    );
  });

  it('refuses an open hour that the clock change skips', () => {
    const allDay = parseDeskHours({
      weekly: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, [{ open: '00:00', close: '24:00' }]])),
    });
    const now = new Date('2027-03-20T12:00:00Z');
    expect(slotVerdict(allDay, { date: '2027-03-28', time: '01:00' }, now)).toEqual(refused('notASlot'));
  });

  it('refuses what is not a time of day', () => {
    expect(() => verdict('2026-11-03', '9:00')).toThrow('"9:00" is not a time of day: give it as HH:MM');
    expect(() => verdict('2026-11-03', '24:00')).toThrow(RangeError);
  });
});
