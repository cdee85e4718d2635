import type { DeskHours } from './deskHours.js';

/** From the earliest opening of the week to the latest closing, `HH:MM`: what a time of day may mean. */
export interface OpeningSpan {
  readonly opens: string;
  readonly closes: string;
}

/** The span of a week's opening; the whole day for a desk that never opens. */
export function openingSpan(weekly: DeskHours['weekly']): OpeningSpan {
  const ranges = Object.values(weekly).flat();
  const opens = ranges.map(({ open }) => open).toSorted();
  const closes = ranges.map(({ close }) => close).toSorted();
  return { opens: opens[0] ?? '00:00', closes: closes.at(-1) ?? '24:00' };
}
