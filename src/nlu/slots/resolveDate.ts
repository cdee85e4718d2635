import { Chrono, configuration } from 'chrono-node/en';
import type { DatePhrase } from './findDatePhrases.js';
import { isoDate } from './isoDate.js';
import type { WallClock } from './wallClock.js';

/** chrono's parsers of days; those of times and of durations would only cost. */
const DAY_PARSERS = new Set([
  'ISOFormatParser',
  'SlashDateFormatParser',
  'ENMonthNameLittleEndianParser',
  'ENWeekdayParser',
  'ENCasualDateParser',
]);
const gb = configuration.createCasualConfiguration(true);
const days = new Chrono({
  parsers: gb.parsers.filter((parser) => DAY_PARSERS.has(parser.constructor.name)),
  refiners: gb.refiners,
});

function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** The next such day of a month, today included; with a weekday, the next within a quarter that falls on it. */
function nextDayOfMonth(day: number, weekday: number | undefined, today: WallClock): string | undefined {
  for (let ahead = 0; ahead < 4; ahead++) {
    const year = today.year + Math.floor((today.month - 1 + ahead) / 12);
    const month = ((today.month - 1 + ahead) % 12) + 1;
    if (ahead === 0 && day < today.day) continue;
    if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) continue;
    if (weekday === undefined || weekdayOf(year, month, day) === weekday) return isoDate(year, month, day);
  }
  return undefined;
}

/** The same day so many months on; the last of the month where it is shorter, as 31 January and one month. */
function monthsAhead(months: number, today: WallClock): string {
  const last = new Date(Date.UTC(today.year, today.month + months, 0)).getUTCDate();
  return isoDate(today.year, today.month + months, Math.min(today.day, last));
}

/** The next 29 February, which chrono refuses in a common year. */
function nextLeapDay(phrase: string, today: WallClock): string | undefined {
  if (!/^29 feb(?:ruary)?$/.test(phrase)) return undefined;
  for (let year = today.year; year < today.year + 9; year++) {
    if (isoDate(year, 2, 29) !== `${year}-02-29`) continue;
    if (year > today.year || today.month < 2 || (today.month === 2 && today.day <= 29))
      return `${year}-02-29`;
  }
  return undefined;
}

/**
 * The day that a phrase names, from today on.
 * @param today the desk's wall clock
 * @param isOver whether today is too late for what was asked, so that a weekday's name means next week's
 * @returns `YYYY-MM-DD`; undefined when there is no such day (31 June) or the weekday contradicts the date
 */
export function resolveDate(phrase: DatePhrase, today: WallClock, isOver: boolean): string | undefined {
  const named = phrase.phrase;
  if (typeof named !== 'string')
    return 'months' in named
      ? monthsAhead(named.months, today)
      : nextDayOfMonth(named.dayOfMonth, phrase.weekday, today);
  // chrono counts in the process's zone: noon of the desk's date there, of which only the date is read back,
  // makes that zone cancel out.
  const reference = new Date(today.year, today.month - 1, today.day, 12);
  const [result] = days.parse(named, reference, { forwardDate: true });
  if (!result) return nextLeapDay(named, today);
  const year = result.start.get('year');
  const month = result.start.get('month');
  const day = result.start.get('day');
  if (year === null || month === null || day === null) return undefined;
  if (phrase.weekday !== undefined && weekdayOf(year, month, day) !== phrase.weekday) return undefined;
  const isToday = year === today.year && month === today.month && day === today.day;
  const nextWeek = phrase.isBareWeekday && isToday && isOver ? 7 : 0;
  return isoDate(year, month, day, phrase.plusDays + nextWeek);
}
