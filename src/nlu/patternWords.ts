import { delexicalise } from './delexicalise.js';
import type { NameBook } from './slots/nameBook.js';
import { normalise } from './slots/normalise.js';
import { readSlots } from './slots/readSlots.js';

const OPENS = 9 * 60;
const CLOSES = 18 * 60;

/**
 * A pattern's words the way that a caller's are read: "what's on tonight" becomes `what's on {date}`, as it
 * will when it is said. What is read does not depend on the day or the opening hours, so any will do.
 */
export function patternWords(pattern: string, names: NameBook): readonly string[] {
  const tokens = normalise(pattern);
  const { mentions } = readSlots(tokens, {
    expecting: 'open',
    now: new Date(0),
    wallClock: () => ({ year: 2025, month: 1, day: 1, minutes: OPENS }),
    opens: OPENS,
    closes: CLOSES,
    names,
  });
  return delexicalise(tokens, mentions);
}
