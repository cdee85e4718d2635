import type { DeskHours, OpeningRange } from '../../booking/deskHours.js';
import { spokenTime } from './spokenTime.js';

type Weekday = keyof DeskHours['weekly'];

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const capital = (day: Weekday) => day.charAt(0).toUpperCase() + day.slice(1);

const spokenRanges = (ranges: readonly OpeningRange[]) =>
  ranges.map(({ open, close }) => `from ${spokenTime(open)} to ${spokenClose(close)}`).join(' and ');

const spokenClose = (close: string) => (close === '24:00' ? 'midnight' : spokenTime(close));

/**
 * A week's opening hours as they are said, neighbouring days with the same hours together: "from nine o'clock
 * to six o'clock every day", "from nine o'clock to five o'clock Monday to Friday, and closed on Saturday and
 * Sunday".
 */
export function spokenHours(weekly: DeskHours['weekly']): string {
  const runs: { days: Weekday[]; hours: string }[] = [];
  for (const day of WEEK) {
    const hours = weekly[day].length === 0 ? 'closed' : spokenRanges(weekly[day]);
    const last = runs.at(-1);
    if (last?.hours === hours) last.days.push(day);
    else runs.push({ days: [day], hours });
  }
  if (runs.length === 1) return `${runs[0]?.hours ?? ''} every day`;
  const parts = runs.map(({ days, hours }) => {
    const first = capital(days[0] ?? 'monday');
    const last = capital(days.at(-1) ?? 'sunday');
    const named = days.length === 1 ? first : `${first} ${days.length === 2 ? 'and' : 'to'} ${last}`;
    return hours === 'closed' || days.length === 1 ? `${hours} on ${named}` : `${hours} ${named}`;
  });
  return `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1) ?? ''}`;
}
