const HALF_DAY = 720;

/** The part of the day that was said somewhere in the utterance. */
export type PartOfDay = 'morning' | 'afternoon' | 'evening';

/**
 * Tells morning from afternoon for a time said without either: the reading within opening hours, or nearest
 * to them ("at two" is 14:00 and "at nine" 09:00 for a desk open from nine to six).
 * @param minutes since midnight, as said on a twelve-hour clock
 * @param opens minutes since midnight
 * @param closes minutes since midnight
 */
export function resolveHour(
  minutes: number,
  opens: number,
  closes: number,
  part: PartOfDay | undefined,
): number {
  const early = minutes % HALF_DAY;
  const late = early + HALF_DAY;
  const isTwelve = minutes >= HALF_DAY;
  if (part === 'morning' && !isTwelve) return early;
  if (part === 'afternoon' || (part === 'evening' && !isTwelve)) return late;
  const away = (reading: number): number => Math.max(opens - reading, reading - closes, 0);
  return away(early) <= away(late) ? early : late;
}
