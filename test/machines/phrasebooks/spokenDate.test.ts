import { describe, expect, it } from 'vitest';
import { spokenDate } from '../../../src/machines/phrasebooks/spokenDate.js';

const on = (now: string, timeZone = 'Europe/London') => ({ now: new Date(now), timeZone });

describe('spokenDate', () => {
  it.each([
    ['2026-11-23', 'today'],
    ['2026-11-24', 'tomorrow'],
    ['2026-11-25', 'on Wednesday'],
    ['2026-11-29', 'on Sunday'],
    ['2026-11-30', 'on Monday the thirtieth of November'],
    ['2026-12-01', 'on Tuesday the first of December'],
    ['2026-12-02', 'on Wednesday the second of December'],
    ['2026-12-11', 'on Friday the eleventh of December'],
    ['2026-12-20', 'on Sunday the twentieth of December'],
    ['2026-12-22', 'on Tuesday the twenty-second of December'],
    ['2026-12-31', 'on Thursday the thirty-first of December'],
    ['2027-01-01', 'on Friday the first of January'],
    ['2026-11-22', 'on Sunday the twenty-second of November'],
  ])('says %s, on Monday the 23rd of November 2026, as "%s"', (date, words) => {
    expect(spokenDate(date, on('2026-11-23T09:00:00Z'))).toBe(words);
  });

  it.each([
    ['the end of a month', '2027-02-28T12:00:00Z', '2027-03-01'],
    ['the end of a leap February', '2028-02-29T12:00:00Z', '2028-03-01'],
    ['the end of a year', '2026-12-31T12:00:00Z', '2027-01-01'],
    ['the night the clocks go forward', '2027-03-27T23:30:00Z', '2027-03-28'],
    ['the day the clocks go forward', '2027-03-28T12:00:00Z', '2027-03-29'],
    ['the day the clocks go back', '2026-10-25T12:00:00Z', '2026-10-26'],
  ])('knows tomorrow at %s', (_, now, date) => {
    expect(spokenDate(date, on(now))).toBe('tomorrow');
  });

  it("counts days by the desk's zone, not by UTC", () => {
    // 23:30 UTC is half past midnight of the next day in London's summer, and the evening before in New York.
    expect(spokenDate('2026-07-02', on('2026-07-01T23:30:00Z'))).toBe('today');
    expect(spokenDate('2026-07-01', on('2026-07-01T23:30:00Z', 'America/New_York'))).toBe('today');
    expect(spokenDate('2026-07-01', on('2026-07-02T03:30:00Z', 'America/New_York'))).toBe('today');
    expect(spokenDate('2026-07-03', on('2026-07-01T12:30:00Z', 'Pacific/Auckland'))).toBe('tomorrow');
  });

  it('refuses what is not a date', () => {
    expect(() => spokenDate('2026-02-30', on('2026-02-01T00:00:00Z'))).toThrow(RangeError);
  });
});
