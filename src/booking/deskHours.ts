import { z } from 'zod';
import { minutesOfDay, WALL_TIME } from './timeOfDay.js';

/** ISO weekday order: `WEEKDAYS[date.dayOfWeek - 1]`. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

type Weekday = (typeof WEEKDAYS)[number];

/** A stretch of opening within one day, in the desk's time zone. */
export interface OpeningRange {
  /** `HH:MM` */
  readonly open: string;
  /** `HH:MM`, later than `open`; `24:00` is the end of the day. */
  readonly close: string;
}

/** When a desk can be booked. */
export interface DeskHours {
  /** IANA name, such as `Europe/London`. */
  readonly timeZone: string;
  /** Opening of every weekday, in order; a day without ranges is closed. */
  readonly weekly: Readonly<Record<Weekday, readonly OpeningRange[]>>;
  /** Days, `YYYY-MM-DD`, on which the desk is closed whatever the weekday. */
  readonly closures: readonly string[];
  /** Length of a slot in minutes; the last one of a range starts this long before it closes. */
  readonly slotMinutes: number;
  /** Bookings that one slot takes. */
  readonly capacity: number;
  /** Starts, `HH:MM`, that count as taken every day. */
  readonly takenHours: readonly string[];
  /** How many days after today the last bookable day is. */
  readonly horizonDays: number;
}

const nineToSix = [{ open: '09:00', close: '18:00' }];

const time = z
  .string('give a time of day as HH:MM, 24 h, such as 09:00')
  .regex(WALL_TIME, 'give a time of day as HH:MM, 24 h, such as 09:00');

const closingMessage = 'give a time of day as HH:MM, 24 h, such as 18:00 (24:00 is the end of the day)';
const closingTime = z
  .string(closingMessage)
  .refine((text) => text === '24:00' || WALL_TIME.test(text), closingMessage);

const range = z
  .strictObject({ open: time, close: closingTime })
  .refine(({ open, close }) => minutesOfDay(open) < minutesOfDay(close), {
    error: 'close must be later than open; split a range that passes midnight over the two days',
  });

const ranges = z
  .array(range, { error: 'list the ranges as [{ "open": "09:00", "close": "18:00" }]; [] is a closed day' })
  .refine(
    (day) =>
      day.every((next, i) => i === 0 || minutesOfDay(day[i - 1]?.close ?? '') <= minutesOfDay(next.open)),
    { error: 'put the ranges in order and do not let them overlap' },
  );

/**
 * The shape of {@link DeskHours} in a configuration file, with its defaults: every day 09:00–18:00, hourly
 * slots for one booking each, 10:00, 12:00 and 15:00 taken, sixty days ahead. Who writes `weekly` names every
 * weekday, so that a forgotten one is neither open nor closed by accident.
 */
export const deskHoursSchema = z.strictObject({
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'give an IANA time zone, such as Europe/London' })
    .default('Europe/London'),
  weekly: z
    .strictObject({
      monday: ranges,
      tuesday: ranges,
      wednesday: ranges,
      thursday: ranges,
      friday: ranges,
      saturday: ranges,
      sunday: ranges,
    })
    .default({
      monday: nineToSix,
      tuesday: nineToSix,
      wednesday: nineToSix,
      thursday: nineToSix,
      friday: nineToSix,
      saturday: nineToSix,
      sunday: nineToSix,
    }),
  closures: z.array(z.iso.date('give a date as YYYY-MM-DD, such as 2026-12-25')).default([]),
  slotMinutes: wholeNumber(1, 1440, 'minutes').default(60),
  capacity: wholeNumber(1, 1000, 'bookings').default(1),
  takenHours: z.array(time).default(['10:00', '12:00', '15:00']),
  horizonDays: wholeNumber(0, 730, 'days').default(60),
});

/**
 * Checks a desk's hours and fills in what was left out.
 * @param input the fields of {@link DeskHours}, each optional
 * @throws RangeError with a line for each wrong field: where it is, and what to write instead.
 */
export function parseDeskHours(input: unknown): DeskHours {
  const parsed = deskHoursSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    ({ path, message }) => `  ${z.core.toDotPath(path) || 'hours'}: ${message}`,
  );
  throw new RangeError(`The desk's hours cannot be used:\n${lines.join('\n')}`);
}

function wholeNumber(least: number, most: number, unit: string) {
  const error = `give a whole number of ${unit} from ${least} to ${most}`;
  return z.int(error).min(least, error).max(most, error);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // RangeError is how Intl says no
  }
}
