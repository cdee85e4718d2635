import { Temporal } from 'temporal-polyfill';
import type { OpeningSpan } from '../../booking/openingSpan.js';
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
 * "nine oh seven". Noon is "midday", and 00:00 "midnight". Morning, afternoon or evening is left out, as a person
 * would among opening hours, unless the same hour of the other half of the day lies within them too.
 * @param time `HH:MM`
 * @param opening absent when the time is itself one of the opening hours
 */
export function spokenTime(time: string, opening?: OpeningSpan): string {
  const { hour, minute } = Temporal.PlainTime.from(time);
  const words = clockWords(hour, minute);
  const isPlain = minute === 0 && hour % 12 === 0;
  return isPlain || opening === undefined || !isAmbiguous(time, opening)
    ? words
    : `${words} ${partOfDay(hour)}`;
}

function isAmbiguous(time: string, { opens, closes }: OpeningSpan): boolean {
  const hour = Number(time.slice(0, 2));
  const other = `${String((hour + 12) % 24).padStart(2, '0')}${time.slice(2)}`;
  return opens <= other && other < closes;
}

function partOfDay(hour: number): string {
  if (hour < 12) return 'in the morning';
  return hour < 18 ? 'in the afternoon' : 'in the evening';
}

function clockWords(hour: number, minute: number): string {
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
