import { Temporal } from 'temporal-polyfill';
import { spokenNumber } from './spokenNumber.js';

const PAST = new Map([
  [5, 'five past'],
  [10, 'ten past'],
  [15, 'quarter past'],
  [20, 'twenty past'],
  [25, 'twenty-five past'],
  [30, 'half past'],
]);
const TO = new Map([
  [35, 'twenty-five to'],
  [40, 'twenty to'],
  [45, 'quarter to'],
  [50, 'ten to'],
  [55, 'five to'],
]);

const hourName = (hour: number) => spokenNumber(hour % 12 === 0 ? 12 : hour % 12);

/**
 * A time of day as it is said in British English: "two o'clock", "half past nine", "quarter to one",
 * "nine oh seven". Morning or afternoon is left out, as a person would among opening hours; noon is "midday",
 * and 00:00 "midnight".
 * @param time `HH:MM`
 */
export function spokenTime(time: string): string {
  const { hour, minute } = Temporal.PlainTime.from(time);
  if (minute === 0) {
    if (hour === 0) return 'midnight';
    return hour === 12 ? 'midday' : `${hourName(hour)} o'clock`;
  }
  const past = PAST.get(minute);
  if (past !== undefined) return `${past} ${hourName(hour)}`;
  const to = TO.get(minute);
  if (to !== undefined) return `${to} ${hourName(hour + 1)}`;
  return `${hourName(hour)} ${minute < 10 ? 'oh ' : ''}${spokenNumber(minute)}`;
}
