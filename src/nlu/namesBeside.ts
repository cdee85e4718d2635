import type { Intents } from './intents.js';
import { nameBook, type NameBook, type Names } from './slots/nameBook.js';
import { normalise } from './slots/normalise.js';

/** The names of a desk, and as ordinary words all those of its patterns. */
export function namesBeside(intents: Intents, names: Names): NameBook {
  const words = intents.intents.flatMap(({ patterns }) =>
    patterns.flatMap((pattern) =>
      normalise(pattern).flatMap((token) => (token.kind === 'word' ? [token.text] : [])),
    ),
  );
  return nameBook(names, words);
}
