import { Temporal } from 'temporal-polyfill';

/** A time of day as the desk writes it: `HH:MM`, 24 h. */
export const WALL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Reads a time of day as the desk writes it.
 * @param text `HH:MM`, 24 h
 * @throws RangeError when it is not such a time.
 */
export function plainTime(text: string): Temporal.PlainTime {
  if (!WALL_TIME.test(text)) {
    throw new RangeError(`"${text}" is not a time of day: give it as HH:MM, 24 h, such as 14:00.`);
  }
  return Temporal.PlainTime.from(text);
}

/** A time of day, `HH:MM`, as minutes from midnight; `24:00`, the end of a day, is 1440. */
export function minutesOfDay(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}
