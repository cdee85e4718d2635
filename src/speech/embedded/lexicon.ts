import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { letterToSound } from './letterToSound.js';
import { modelFolder } from './modelFolder.js';

/** Words with their pronunciations in ARPABET, best first, such as `oh` → `['OW']`. */
export type Lexicon = ReadonlyMap<string, readonly string[]>;

/** Words whose pronunciation in the dictionary is not what callers say, or that are not in it. */
const OWN: Lexicon = new Map([
  ['a', ['AH', 'EY']],
  ['half', ['HH AE F', 'HH AA F']],
  ["there'll", ['DH EH R AH L', 'DH EH R L']],
  ['rebook', ['R IY B UH K']],
]);

/**
 * Looks up how words are said: first in a short list of our own, then in the CMU Pronouncing Dictionary that
 * SoundSwallower brings, and what neither knows by English spelling rules.
 * @param wanted lower case, as {@link spokenWords} makes them.
 * @returns the words that can be pronounced.
 * @throws when the dictionary cannot be read, with its path.
 */
export function lexicon(wanted: ReadonlySet<string>): Lexicon {
  const found = new Map<string, string[]>();
  for (const word of wanted) {
    const own = OWN.get(word);
    if (own !== undefined) {
      found.set(word, [...own]);
    }
  }
  const own = new Set(found.keys());
  for (const line of readFileSync(dictionaryPath(), 'latin1').split('\n')) {
    const space = line.indexOf(' ');
    // Further pronunciations of a word are listed under `word(2)`.
    const bracket = line.indexOf('(');
    const word = line.slice(0, bracket > 0 && bracket < space ? bracket : space);
    if (space > 0 && wanted.has(word) && !own.has(word)) {
      found.set(word, [...(found.get(word) ?? []), line.slice(space + 1).trim()]);
    }
  }
  for (const word of wanted) {
    const guess = found.has(word) ? undefined : letterToSound(word);
    if (guess !== undefined) {
      found.set(word, [guess]);
    }
  }
  return found;
}

function dictionaryPath(): string {
  return join(modelFolder(), 'en-us', 'dict.txt');
}
