/** What a clock and calendar on the desk's wall show. */
export interface WallClock {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  /** Minutes since midnight. */
  readonly minutes: number;
}

/**
 * Makes a reader of the wall clock of a time zone.
 * @param timeZone IANA name, such as `Europe/London`
 * @throws RangeError when the zone is unknown
 */
export function wallClock(timeZone: string): (instant: Date) => WallClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    // "24/10/2025, 09:05"
    const [day = 0, month = 0, year = 0, hour = 0, minute = 0] = (
      format.format(instant).match(/\d+/g) ?? []
    ).map(Number);
    return { year, month, day, minutes: hour * 60 + minute };
  };
}
