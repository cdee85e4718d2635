import { describe, expect, it } from 'vitest';
import { spokenTime } from '../../../src/machines/phrasebooks/spokenTime.js';

describe('spokenTime', () => {
  it.each([
    ['00:00', 'midnight'],
    ['00:30', 'half past twelve'],
    ['01:00', "one o'clock"],
    ['09:00', "nine o'clock"],
    ['09:05', 'five past nine'],
    ['09:07', 'nine oh seven'],
    ['09:15', 'quarter past nine'],
    ['09:30', 'half past nine'],
    ['09:37', 'nine thirty-seven'],
    ['11:45', 'quarter to twelve'],
    ['12:00', 'midday'],
    ['12:12', 'twelve twelve'],
    ['12:45', 'quarter to one'],
    ['14:00', "two o'clock"],
    ['17:55', 'five to six'],
    ['23:45', 'quarter to twelve'],
  ])('says %s as "%s"', (time, words) => {
    expect(spokenTime(time)).toBe(words);
  });

  it.each([
    ['09:00', { opens: '09:00', closes: '18:00' }, "nine o'clock"],
    ['09:00', { opens: '09:00', closes: '21:00' }, "nine o'clock"],
    ['09:00', { opens: '09:00', closes: '22:00' }, "nine o'clock in the morning"],
    ['21:00', { opens: '09:00', closes: '22:00' }, "nine o'clock in the evening"],
    ['16:30', { opens: '00:00', closes: '24:00' }, 'half past four in the afternoon'],
    ['00:30', { opens: '00:00', closes: '24:00' }, 'half past twelve in the morning'],
    ['12:00', { opens: '00:00', closes: '24:00' }, 'midday'],
    ['00:00', { opens: '00:00', closes: '24:00' }, 'midnight'],
    ['14:00', { opens: '09:00', closes: '22:00' }, "two o'clock"],
  ])('says at %s, open %o, "%s"', (time, opening, words) => {
    expect(spokenTime(time, opening)).toBe(words);
  });

  it('says every minute of a day in words', () => {
    for (let minute = 0; minute < 1_440; minute++) {
      const pad = (part: number) => String(part).padStart(2, '0');
      expect(spokenTime(`${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`)).toMatch(/^[a-z' -]+$/);
    }
  });

  it('refuses what is not a time', () => {
    expect(() => spokenTime('25:00')).toThrow(RangeError);
  });
});
