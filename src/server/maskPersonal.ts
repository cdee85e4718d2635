import type { Slots } from '../nlu/understanding.js';

/** What stands in the log for what may not. */
export const MASK = '[redacted]';
/** A telephone number of seven digits or more: written in figures (and no ISO date), or spelled out. */
const PHONE = new RegExp(
  [
    String.raw`(?<![\d-])(?!\d{4}-\d{2}-\d{2}(?!\d))\+?\d(?:[\s().-]*\d){6,}`,
    String.raw`\b(?:(?:\d|oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)\b[\s-]*){7,}`,
  ].join('|'),
  'gi',
);

/** A text without the caller's name, whole or in part, and telephone number, for the log. */
export function maskPersonal(text: string, names: readonly string[]): string {
  let masked = text.replace(PHONE, `${MASK} `);
  for (const name of [...names, ...names.flatMap((name) => name.split(/\s+/))]) {
    // Only whole words: "Ann" is no part of "cannot".
    const words = new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(name)}(?![\\p{L}\\p{N}])`, 'giu');
    if (name !== '') masked = masked.replaceAll(words, MASK);
  }
  return masked.trim();
}

/** Slots without the caller's name and telephone number, for the log. */
export function maskSlots(slots: Slots): Slots {
  return {
    ...slots,
    ...(slots.name !== undefined && { name: MASK }),
    ...(slots.phone !== undefined && { phone: MASK }),
  };
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
