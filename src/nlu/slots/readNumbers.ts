import { clockToken } from './clockToken.js';
import { ORDINALS, TENS, UNITS } from './numberWords.js';
import { spokenDigits } from './spokenDigits.js';
import type { Token } from './token.js';

const FIGURES = /^(\d{1,4})(st|nd|rd|th|am|pm)?$/;
const CLOCK_FIGURES = /^(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(am|pm)?$/;
const CALENDAR_FIGURES = /^(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d{2}-\d{2})$/;
const STARTS_DIGITS = /^[\d+]/;
const DIGIT_STARTERS = new Set(['oh', 'o', 'zero', 'nought', 'naught', 'double', 'triple', 'treble', 'plus']);

/** "That one", "the last one": words after which `one` is a pronoun, not a number. */
const BEFORE_PRONOUN = new Set(
  'that this the last next which another any some each every earlier later early late other different morning afternoon evening former latter middle'.split(
    ' ',
  ),
);
/** "One of those", "one more time". */
const AFTER_PRONOUN = new Set(['of', 'more', 'that', 'which']);

function ordinal(value: number): Token {
  const suffix = value > 10 && value < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return { kind: 'ordinal', text: `${value}${suffix}`, value };
}

function number(value: number): Token {
  return { kind: 'number', text: String(value), value };
}

/** Twelve-hour figures with their half of the day, as minutes since midnight. */
function halfOfDay(hour: number, minute: number, half: string): number {
  return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
}

function figures(word: string): Token | undefined {
  const plain = FIGURES.exec(word);
  if (plain) {
    const value = Number(plain[1]);
    const suffix = plain[2];
    if (suffix === 'am' || suffix === 'pm')
      return value >= 1 && value <= 12 ? clockToken(halfOfDay(value, 0, suffix), true) : number(value);
    if (suffix !== undefined) return value >= 1 && value <= 31 ? ordinal(value) : number(value);
    return number(value);
  }
  const time = CLOCK_FIGURES.exec(word);
  if (time) {
    const [, hours = '', minutes = '', half] = time;
    const hour = Number(hours);
    const minute = Number(minutes);
    if (hour > 23 || minute > 59) return undefined;
    if (half !== undefined && hour >= 1 && hour <= 12) return clockToken(halfOfDay(hour, minute, half), true);
    return clockToken(hour * 60 + minute, hour > 12 || hours.startsWith('0'));
  }
  return CALENDAR_FIGURES.test(word) ? { kind: 'calendar', text: word } : undefined;
}

function isPronoun(words: readonly string[], index: number, previous: Token | undefined): boolean {
  if (previous?.kind === 'ordinal') return true;
  const next = words[index + 1];
  if (next !== undefined && AFTER_PRONOUN.has(next)) return true;
  return (
    previous?.kind === 'word' &&
    BEFORE_PRONOUN.has(previous.text) &&
    next !== "o'clock" &&
    next !== 'pm' &&
    next !== 'am'
  );
}

/**
 * Turns number words and figures into tokens: cardinals ("twenty one"), ordinals ("twenty third"), figures
 * with a colon or a half of the day (`2.30pm`), dates in figures and telephone numbers. All else is a word.
 */
export function readNumbers(words: readonly string[]): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  for (let word = words[index]; word !== undefined; word = words[index]) {
    const unit = UNITS.get(word);
    const ten = unit === undefined ? TENS.get(word) : undefined;
    const inFigures = STARTS_DIGITS.test(word);
    if (unit !== undefined || ten !== undefined || inFigures || DIGIT_STARTERS.has(word)) {
      const phone = spokenDigits(words, index);
      if (phone) {
        tokens.push({ kind: 'digits', text: phone.digits });
        index = phone.end;
        continue;
      }
    }
    index++;
    if (word.startsWith('{')) {
      tokens.push({ kind: 'place', text: word });
    } else if (inFigures) {
      tokens.push(figures(word) ?? { kind: 'word', text: word });
    } else if (unit !== undefined) {
      if (word === 'one' && isPronoun(words, index - 1, tokens.at(-1))) {
        tokens.push({ kind: 'word', text: word });
      } else if (words[index] === 'hundred' && unit > 0) {
        tokens.push(number(unit * 100));
        index++;
      } else tokens.push(number(unit));
    } else if (ten !== undefined) {
      const next = words[index] ?? '';
      const nextUnit = UNITS.get(next);
      const nextOrdinal = ORDINALS.get(next);
      if (nextUnit !== undefined && nextUnit > 0 && nextUnit < 10) {
        tokens.push(number(ten + nextUnit));
        index++;
      } else if (nextOrdinal !== undefined && nextOrdinal < 10 && ten + nextOrdinal <= 31) {
        tokens.push(ordinal(ten + nextOrdinal));
        index++;
      } else tokens.push(number(ten));
    } else {
      const order = ORDINALS.get(word);
      const previous = tokens.at(-1);
      const isMoment =
        word === 'second' &&
        (previous?.kind === 'number' || (previous?.kind === 'word' && previous.text === 'a'));
      tokens.push(order !== undefined && !isMoment ? ordinal(order) : { kind: 'word', text: word });
    }
  }
  return tokens;
}
