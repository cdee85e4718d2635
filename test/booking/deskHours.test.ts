import { describe, expect, it } from 'vitest';
import { parseDeskHours } from '../../src/booking/deskHours.js';

const nineToSix = [{ open: '09:00', close: '18:00' }];
const everyDay = {
  monday: nineToSix,
  tuesday: nineToSix,
  wednesday: nineToSix,
  thursday: nineToSix,
  friday: nineToSix,
  saturday: nineToSix,
  sunday: nineToSix,
};

describe('parseDeskHours', () => {
  it('opens every day from nine to six with hourly slots unless told otherwise', () => {
    expect(parseDeskHours({})).toEqual({
      timeZone: 'Europe/London',
      weekly: everyDay,
      closures: [],
      slotMinutes: 60,
      capacity: 1,
      takenHours: ['10:00', '12:00', '15:00'],
      horizonDays: 60,
    });
  });

  it('takes closed days and days with several ranges', () => {
    const saturday = [
      { open: '09:00', close: '12:00' },
      { open: '20:00', close: '24:00' },
    ];
    const weekly = { ...everyDay, saturday, sunday: [] };
    expect(parseDeskHours({ weekly }).weekly).toEqual(weekly);
  });

  it.each([
    [
      'an unknown time zone',
      { timeZone: 'Europe/Londn' },
      'timeZone: give an IANA time zone, such as Europe/London',
    ],
    ['a closure that is no date', { closures: ['2026-02-30'] }, 'closures[0]: give a date as YYYY-MM-DD'],
    [
      'a slot without length',
      { slotMinutes: 0 },
      'slotMinutes: give a whole number of minutes from 1 to 1440',
    ],
    [
      'a number in quotes',
      { slotMinutes: '60' },
      'slotMinutes: give a whole number of minutes from 1 to 1440',
    ],
    ['half a booking', { capacity: 1.5 }, 'capacity: give a whole number of bookings from 1 to 1000'],
    ['a horizon in the past', { horizonDays: -1 }, 'horizonDays: give a whole number of days from 0 to 730'],
    [
      'a taken hour without its zero',
      { takenHours: ['9:00'] },
      'takenHours[0]: give a time of day as HH:MM, 24 h',
    ],
    ['an unknown field', { opening: '09:00' }, 'hours: Unrecognized key: "opening"'],
    ['a week with days left out', { weekly: { monday: [] } }, 'weekly.tuesday: list the ranges as'],
    ['a day in words', { weekly: { ...everyDay, monday: 'closed' } }, 'weekly.monday: list the ranges as'],
    [
      'a range that passes midnight',
      { weekly: { ...everyDay, friday: [{ open: '20:00', close: '02:00' }] } },
      'weekly.friday[0]: close must be later than open; split a range that passes midnight over the two days',
    ],
    [
      'ranges that overlap',
      { weekly: { ...everyDay, friday: [...nineToSix, { open: '17:00', close: '20:00' }] } },
      'weekly.friday: put the ranges in order and do not let them overlap',
    ],
    [
      'an hour after midnight',
      { weekly: { ...everyDay, friday: [{ open: '09:00', close: '25:00' }] } },
      'weekly.friday[0].close: give a time of day as HH:MM, 24 h, such as 18:00',
    ],
    ['nothing at all', undefined, 'hours: '],
  ])('refuses %s and says what to write instead', (_, input, message) => {
    expect(() => parseDeskHours(input)).toThrow(RangeError);
    expect(() => parseDeskHours(input)).toThrow(message);
  });

  it('names every wrong field at once', () => {
    expect(() => parseDeskHours({ capacity: 0, slotMinutes: 0 })).toThrow(/slotMinutes[^]*capacity/);
  });
});
