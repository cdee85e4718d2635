import { oneOf, optional, sequence, words, type Phrase } from './phrase.js';
import type { Vocabulary } from './vocabulary.js';

/** The places that a pattern can have. */
export const PLACES = ['date', 'time', 'partySize', 'name', 'phone', 'choice'] as const;

export type Place = (typeof PLACES)[number];

const UNITS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const HOURS = [...UNITS, 'ten', 'eleven', 'twelve'];
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
const UNIT_ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const TEEN_ORDINALS = [
  ...['tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth'],
  ...['sixteenth', 'seventeenth', 'eighteenth', 'nineteenth'],
];

const weekday = oneOf(...WEEKDAYS);
const dayOfMonth = oneOf(
  ...UNIT_ORDINALS,
  ...TEEN_ORDINALS,
  sequence(words('twenty'), oneOf(...UNIT_ORDINALS)),
  ...['twentieth', 'thirtieth', 'thirty first'],
);

const date = oneOf(
  ...['today', 'tonight', 'tomorrow', 'the day after tomorrow'],
  sequence(optional(oneOf('this', 'next')), weekday),
  sequence(weekday, words('week')),
  sequence(oneOf('tomorrow', 'this', 'today'), oneOf('morning', 'afternoon', 'evening')),
  sequence(weekday, oneOf('morning', 'afternoon', 'evening')),
  sequence(optional(weekday), words('the'), dayOfMonth, optional(sequence(words('of'), oneOf(...MONTHS)))),
  sequence(optional(weekday), oneOf(...MONTHS), optional('the'), dayOfMonth),
);

const hour = oneOf(...HOURS);
const dayPart = oneOf('am', 'pm', 'in the morning', 'in the afternoon', 'in the evening');
const minutes = oneOf('fifteen', 'thirty', 'forty five');
const time = oneOf(
  ...['noon', 'midday', 'lunchtime'],
  sequence(hour, optional("o'clock"), optional(dayPart)),
  sequence(hour, minutes, optional(dayPart)),
  sequence(
    oneOf('half past', 'quarter past', 'a quarter past', 'quarter to', 'a quarter to'),
    hour,
    optional(dayPart),
  ),
);

const count = oneOf(...HOURS);
const partySize = oneOf(
  sequence(count, optional(oneOf('people', 'persons', 'guests', 'of us', 'adults', 'person'))),
  ...['just me', 'just myself', 'just the two of us', 'a couple', 'a couple of us', 'me and my wife'],
  sequence(oneOf('a party of', 'a table for', 'there are', "there'll be", 'just'), count),
  sequence(oneOf('there are', "there'll be"), count, words('of us')),
);

/** Loops: a number's length is for whoever reads it to judge. */
const phone: Phrase = {
  kind: 'repeated',
  phrase: oneOf(...UNITS, 'oh', 'zero', 'double', 'triple'),
};

const choice = oneOf(
  ...[
    'first',
    'second',
    'third',
    'fourth',
    'last',
    'earlier',
    'later',
    'earliest',
    'latest',
    'either',
    'any',
  ],
  sequence(oneOf('number', 'option'), oneOf('one', 'two', 'three', 'four')),
);

/**
 * What may be said at each place of a pattern.
 * @param names the names listened for: a given name, a family name, or both in that order; already words
 * that can be pronounced.
 */
export function slotPhrases(names: Vocabulary['names']): Readonly<Record<Place, Phrase>> {
  const family = oneOf(...names.family);
  const given = oneOf(...names.given);
  const name =
    names.given.length === 0
      ? family
      : names.family.length === 0
        ? given
        : oneOf(sequence(given, optional({ kind: 'shared', phrase: family })), family);
  return { date, time, partySize, name, phone, choice };
}
