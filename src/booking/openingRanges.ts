import { WEEKDAYS, type DeskHours, type OpeningRange } from './deskHours.js';
import { plainDate } from './plainDate.js';

/**
 * When the desk is open on a day, in order.
 * @param date `YYYY-MM-DD`
 * @returns empty on a closed weekday and on a closure
 */
export function openingRanges(hours: DeskHours, date: string): readonly OpeningRange[] {
  const weekday = WEEKDAYS[plainDate(date).dayOfWeek - 1];
  return weekday === undefined || hours.closures.includes(date) ? [] : hours.weekly[weekday];
}
