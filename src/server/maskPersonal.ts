import type { Slots } from '../nlu/understanding.js';

const MASK = '[redacted]';
/** Digits or spelled digits, seven or more in a row: a telephone number, however it was written down. */
const PHONE =
  /(?:\+?\b(?:\d|oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)+\b[\s-]*){7,}/gi;

/** A text without the caller's name and telephone number, for the log. */
export function maskPersonal(text: string, names: readonly string[]): string {
  let masked = text.replace(PHONE, `${MASK} `);
  for (const name of names) {
    if (name !== '') masked = masked.replaceAll(new RegExp(escapeRegExp(name), 'gi'), MASK);
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
