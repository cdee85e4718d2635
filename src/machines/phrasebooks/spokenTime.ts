import { Temporal } from 'temporal-polyfill';

const NUMBERS = [
  ...['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'],
];
const MINUTES = new Map([
  [5, 'five past'],
  [10, 'ten past'],
  [15, 'quarter past'],
  [20, 'twenty past'],
  [25, 'twenty-five past'],
  [30, 'half past'],
  [35, 'twenty-five to'],
  [40, 'twenty to'],
  [45, 'quarter to'],
  [50, 'ten to'],
  [55, 'five to'],
]);

/**
 * A time of day as it is said in British English: "two o'clock", "half past nine", "quarter to one".
 * Morning or afternoon is left out, as a person would among opening hours; noon is "midday".
 * @param time `HH:MM`
 */
export function spokenTime(time: string): string {
  const { hour, minute } = Temporal.PlainTime.from(time);
  const name = (h: number) => NUMBERS[h % 12] ?? '';
  if (minute === 0) return hour === 12 ? 'midday' : `${name(hour)} o'clock`;
  const relation = MINUTES.get(minute);
  if (relation === undefined) return `${name(hour)} ${minute < 10 ? 'oh ' : ''}${minute}`;
  return `${relation} ${name(minute > 30 ? hour + 1 : hour)}`;
}
