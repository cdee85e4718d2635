import { readClocks } from './readClocks.js';
import { readNumbers } from './readNumbers.js';
import { splitWords } from './splitWords.js';
import type { Token } from './token.js';

/**
 * Spoken English, as an embedded or a cloud recogniser writes it, to tokens that say the same in figures:
 * "half past two on the twenty third" and "2:30 on the 23rd" come out alike.
 */
export function normalise(text: string): Token[] {
  return readClocks(readNumbers(splitWords(text)));
}
