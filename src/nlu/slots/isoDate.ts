const DAY_MS = 86_400_000;

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** `YYYY-MM-DD` of a calendar day; `plusDays` counts on from it, over months and years. */
export function isoDate(year: number, month: number, day: number, plusDays = 0): string {
  const date = new Date(Date.UTC(year, month - 1, day) + plusDays * DAY_MS);
  return `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
}
