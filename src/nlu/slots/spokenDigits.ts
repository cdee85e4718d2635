import { TENS, UNITS } from './numberWords.js';

const REPEATS: ReadonlyMap<string, number> = new Map([
  ['double', 2],
  ['triple', 3],
  ['treble', 3],
]);
const NOUGHTS = new Set(['oh', 'o', 'zero', 'nought', 'naught']);
const FIGURES = /^\+?\d+(?:-\d+)*$/;

/** The shortest run that is a telephone number: with its trunk prefix, and without. */
const WITH_PREFIX = 7;
const WITHOUT_PREFIX = 9;

function digitsOf(word: string): string | undefined {
  if (NOUGHTS.has(word)) return '0';
  const value = UNITS.get(word) ?? TENS.get(word);
  if (value !== undefined) return String(value);
  return FIGURES.test(word) ? word.replaceAll('-', '') : undefined;
}

/**
 * Reads a telephone number that begins at a word: digit words with `oh`, `double`, `triple`, tens
 * ("seventy seven"), `nine hundred`, and groups of figures.
 * @returns the digits, with a leading `+` when said, and the index after the run; undefined when the run is
 * too short to be a telephone number.
 */
export function spokenDigits(
  words: readonly string[],
  start: number,
): { digits: string; end: number } | undefined {
  let digits = '';
  let index = start;
  if (words[index] === 'plus' || words[index] === '+') {
    digits = '+';
    index++;
  }
  for (let word = words[index]; word !== undefined; word = words[index]) {
    const repeat = REPEATS.get(word);
    if (repeat !== undefined) {
      const digit = digitsOf(words[index + 1] ?? '');
      if (digit?.length !== 1) break;
      digits += digit.repeat(repeat);
      index += 2;
      continue;
    }
    if (word === 'hundred' && digits !== '') {
      digits += '00';
      index++;
      continue;
    }
    const own = digitsOf(word);
    if (own === undefined || (own.startsWith('+') && digits !== '')) break;
    const unit = TENS.has(word) ? UNITS.get(words[index + 1] ?? '') : undefined;
    if (unit !== undefined && unit > 0 && unit < 10) {
      digits += String(Number(own) + unit);
      index += 2;
      continue;
    }
    digits += own;
    index++;
  }
  const shortest = digits.startsWith('0') || digits.startsWith('+') ? WITH_PREFIX : WITHOUT_PREFIX;
  return digits.length >= shortest ? { digits, end: index } : undefined;
}
