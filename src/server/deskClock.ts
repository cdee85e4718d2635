/**
 * The desk's clock: the process's own, or one that started at a given instant and runs on from there, so that
 * a demonstration of "tomorrow" is the same every day.
 * @param startsAt `FRONTDESK_NOW`
 */
export function deskClock(startsAt?: Date): () => Date {
  if (startsAt === undefined) return () => new Date();
  const offset = startsAt.getTime() - Date.now();
  return () => new Date(Date.now() + offset);
}
