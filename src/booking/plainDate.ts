import { Temporal } from 'temporal-polyfill';

/**
 * Reads a date as the desk writes it.
 * @param text `YYYY-MM-DD`
 * @throws RangeError when it is not such a date, or not one of the calendar (30 February).
 */
export function plainDate(text: string): Temporal.PlainDate {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return Temporal.PlainDate.from(text, { overflow: 'reject' });
    } catch (cause) {
      throw new RangeError(`"${text}" is not a date of the calendar: give one as YYYY-MM-DD.`, { cause });
    }
  }
  throw new RangeError(`"${text}" is not a date: give it as YYYY-MM-DD, such as 2026-10-25.`);
}
