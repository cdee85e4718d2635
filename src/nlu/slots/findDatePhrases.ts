import type { Expectation } from '../../streams/expectation.js';
import type { Token } from './token.js';

/** Words of an utterance that name a day, put the way that chrono reads them. */
export interface DatePhrase {
  readonly from: number;
  readonly to: number;
  /** What chrono reads; or the day of a month that was not said; or how many months from today. */
  readonly phrase: string | { readonly dayOfMonth: number } | { readonly months: number };
  /** Added to the day that the phrase names: 7 for "tuesday week". */
  readonly plusDays: number;
  /** The weekday said beside a day of the month, 0 (Sunday) to 6: the two must agree. */
  readonly weekday?: number;
  /** True for a weekday said alone, which may mean today or the same day next week. */
  readonly isBareWeekday: boolean;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const SHORT_WEEKDAYS: ReadonlyMap<string, string> = new Map([
  ['mon', 'monday'],
  ['tue', 'tuesday'],
  ['tues', 'tuesday'],
  ['weds', 'wednesday'],
  ['thu', 'thursday'],
  ['thur', 'thursday'],
  ['thurs', 'thursday'],
  ['fri', 'friday'],
]);
const MONTHS = new Set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);
const PARTS = new Set(['morning', 'afternoon', 'evening', 'night', 'lunchtime']);
const UNITS = new Set(['day', 'days', 'week', 'weeks', 'month', 'months', 'fortnight']);
/** Words before "the 5th" that make it a day rather than one of several options. */
const DAY_OPENERS = new Set(['on', 'for', 'by', 'until', 'to', 'say', 'about']);

/** What stands at an index: the length in tokens, and what it names. */
type Found = Omit<DatePhrase, 'from' | 'to' | 'isBareWeekday'> & {
  readonly length: number;
  readonly isBareWeekday?: boolean;
};

class DatePhraseReader {
  constructor(
    private readonly tokens: readonly Token[],
    private readonly expecting: Expectation,
  ) {}

  word(index: number): string | undefined {
    const token = this.tokens[index];
    return token?.kind === 'word' ? token.text : undefined;
  }

  weekday(index: number): string | undefined {
    const word = this.word(index);
    if (word === undefined) return undefined;
    // "Tuesday's" and "Tuesdays" name the day too.
    const plain = word.endsWith("'s") ? word.slice(0, -2) : word;
    return WEEKDAYS.includes(plain) ? plain : SHORT_WEEKDAYS.get(plain);
  }

  month(index: number): string | undefined {
    const word = this.word(index);
    return word !== undefined && MONTHS.has(word) ? word : undefined;
  }

  /** A day of the month, as a figure or an ordinal. */
  day(index: number, kind?: 'ordinal'): number | undefined {
    const token = this.tokens[index];
    if (token?.kind !== 'ordinal' && (kind === 'ordinal' || token?.kind !== 'number')) return undefined;
    return token.value >= 1 && token.value <= 31 ? token.value : undefined;
  }

  /** " 2026" when a year follows, and its length in tokens. */
  year(index: number): { text: string; length: number } {
    const token = this.tokens[index];
    const next = this.tokens[index + 1];
    if (token?.kind === 'number' && token.value >= 2000 && token.value < 2100)
      return { text: ` ${token.value}`, length: 1 };
    // "Twenty twenty six" is a year only here, after a month.
    if (token?.kind === 'number' && token.value === 20 && next?.kind === 'number' && next.value >= 20)
      return { text: ` 20${next.value}`, length: 2 };
    return { text: '', length: 0 };
  }

  /** "3rd of May", "3 May 2026", "May the 3rd", "the 3rd of next month" left out. */
  dayAndMonth(index: number): Found | undefined {
    const day = this.day(index);
    if (day !== undefined) {
      const at = this.word(index + 1) === 'of' ? index + 2 : index + 1;
      const month = this.month(at);
      if (month === undefined) return undefined;
      const year = this.year(at + 1);
      return { phrase: `${day} ${month}${year.text}`, plusDays: 0, length: at + 1 + year.length - index };
    }
    const month = this.month(index);
    if (month === undefined) return undefined;
    const at = this.word(index + 1) === 'the' ? index + 2 : index + 1;
    const after = this.day(at);
    if (after === undefined) return undefined;
    const year = this.year(at + 1);
    return { phrase: `${after} ${month}${year.text}`, plusDays: 0, length: at + 1 + year.length - index };
  }

  /** "The 23rd", when nothing else can be meant. */
  dayAlone(index: number): Found | undefined {
    const the = this.word(index) === 'the' ? 1 : 0;
    const day = this.day(index + the, 'ordinal');
    if (day === undefined) return undefined;
    const after = this.word(index + the + 1);
    if (after === 'one' || after === 'option' || after === 'choice' || after === 'time' || after === 'of')
      return undefined;
    const opener = this.word(index - 1);
    const isOpened = opener !== undefined && DAY_OPENERS.has(opener);
    const isDay =
      this.expecting === 'date' ||
      (isOpened && (opener === 'on' || this.expecting !== 'choice')) ||
      (day > 5 && this.expecting !== 'choice');
    return isDay ? { phrase: { dayOfMonth: day }, plusDays: 0, length: the + 1 } : undefined;
  }

  weekdayPhrase(index: number): Found | undefined {
    let at = index;
    if (this.word(at) === 'the') at++;
    const modifier = this.word(at);
    let lead = '';
    let isNextWeek = false;
    if (modifier === 'next' && this.word(at + 1) === 'week') {
      isNextWeek = true;
      at += this.word(at + 2) === 'on' ? 3 : 2;
    } else if (modifier === 'next' || modifier === 'this' || modifier === 'coming') {
      lead = modifier === 'next' ? 'next ' : '';
      at += this.word(at + 1) === 'coming' ? 2 : 1;
    }
    const weekday = this.weekday(at);
    if (weekday === undefined) return undefined;
    if (this.word(at - 1) === 'last') return undefined;
    at++;
    const number = WEEKDAYS.indexOf(weekday);
    if (lead === '' && !isNextWeek) {
      const the = this.word(at) === 'the' ? 1 : 0;
      const dated = this.dayAndMonth(at + the);
      if (dated) return { ...dated, weekday: number, length: at + the + dated.length - index };
      const day = this.day(at + the, 'ordinal');
      if (day !== undefined && this.word(at + the + 1) !== 'one')
        return { phrase: { dayOfMonth: day }, plusDays: 0, weekday: number, length: at + the + 1 - index };
      // chrono's own "next": the week after this one, also when said after the day.
      const of = this.word(at) === 'of' ? 1 : 0;
      if (this.word(at + of) === 'next' && this.word(at + of + 1) === 'week')
        return { phrase: `${weekday} next week`, plusDays: 0, length: at + of + 2 - index };
      if (this.word(at) === 'after' && this.word(at + 1) === 'next')
        return { phrase: `next ${weekday}`, plusDays: 7, length: at + 2 - index };
      if (this.word(at) === 'week') return { phrase: weekday, plusDays: 7, length: at + 1 - index };
      if (this.word(at) === 'fortnight') return { phrase: weekday, plusDays: 14, length: at + 1 - index };
    }
    if (isNextWeek) return { phrase: `${weekday} next week`, plusDays: 0, length: at - index };
    return {
      phrase: `${lead}${weekday}`,
      plusDays: 0,
      length: at - index,
      isBareWeekday: lead === '',
    };
  }

  /** "A week on Tuesday", "two weeks today", "in three weeks", "in a fortnight". */
  countedPhrase(index: number): Found | undefined {
    const opener = this.word(index);
    const inside = opener === 'in' ? 1 : 0;
    let at = index + inside;
    const token = this.tokens[at];
    let count = 1;
    if (token?.kind === 'number') {
      count = token.value;
      at++;
    } else if (this.word(at) === 'a' || this.word(at) === 'an') at++;
    const unit = this.word(at)?.replace(/'s?$/, '');
    if (unit === undefined || !UNITS.has(unit)) return undefined;
    at++;
    const weeks = unit === 'fortnight' ? count * 2 : count;
    const isWeeks = unit === 'fortnight' || unit.startsWith('week');
    if (isWeeks) {
      const after = this.word(at);
      const on = after === 'on' || after === 'from' ? 1 : 0;
      const weekday = this.weekday(at + on);
      if (weekday !== undefined && (at > index + 1 || on === 1 || inside === 1))
        return { phrase: weekday, plusDays: weeks * 7, length: at + on + 1 - index };
      const anchor = this.word(at + on);
      if ((anchor === 'today' || anchor === 'tomorrow') && (at > index + 1 || on === 1))
        return { phrase: anchor, plusDays: weeks * 7, length: at + on + 1 - index };
    }
    const isFromNow = this.word(at) === 'from' && this.word(at + 1) === 'now';
    const isLater = this.word(at) === 'time';
    if (inside === 0 && !isFromNow) return undefined;
    const length = at + (isFromNow ? 2 : isLater ? 1 : 0) - index;
    if (isWeeks) return { phrase: 'today', plusDays: weeks * 7, length };
    if (unit.startsWith('day')) return { phrase: 'today', plusDays: count, length };
    return { phrase: { months: count }, plusDays: 0, length };
  }

  relativePhrase(index: number): Found | undefined {
    const word = this.word(index);
    const next = this.word(index + 1);
    if (word === 'tonight') return { phrase: 'today', plusDays: 0, length: 1 };
    if (word === 'this' && next !== undefined && PARTS.has(next))
      return { phrase: 'today', plusDays: 0, length: 2 };
    if (
      word === 'this' &&
      next === 'time' &&
      this.word(index + 2) === 'next' &&
      this.word(index + 3) === 'week'
    )
      return { phrase: 'today', plusDays: 7, length: 4 };
    if (word === 'later' && next === 'today') return { phrase: 'today', plusDays: 0, length: 2 };
    if (word === 'today' || word === 'tomorrow') {
      if (next === 'week') return { phrase: word, plusDays: 7, length: 2 };
      return { phrase: word, plusDays: 0, length: 1 };
    }
    if (word === 'yesterday') return { phrase: word, plusDays: 0, length: 1 };
    const the = word === 'the' ? 1 : 0;
    if (
      this.word(index + the) === 'day' &&
      this.word(index + the + 1) === 'after' &&
      this.word(index + the + 2) === 'tomorrow'
    )
      return { phrase: 'tomorrow', plusDays: 1, length: the + 3 };
    return undefined;
  }

  at(index: number): Found | undefined {
    const token = this.tokens[index];
    if (token?.kind === 'calendar') return { phrase: token.text, plusDays: 0, length: 1 };
    if (token?.kind === 'word') {
      return (
        this.relativePhrase(index) ??
        this.weekdayPhrase(index) ??
        this.countedPhrase(index) ??
        this.monthPhrase(index) ??
        this.dayAlone(index)
      );
    }
    if (token?.kind === 'number') return this.countedPhrase(index) ?? this.dayAndMonth(index);
    if (token?.kind === 'ordinal') return this.dayAndMonth(index) ?? this.dayAlone(index);
    return undefined;
  }

  private monthPhrase(index: number): Found | undefined {
    return this.dayAndMonth(this.word(index) === 'the' ? index + 1 : index);
  }

  partAfter(index: number): number {
    const word = this.word(index);
    return word !== undefined && PARTS.has(word) ? 1 : 0;
  }
}

/**
 * Finds the days that an utterance names. Only a phrase found here is given to chrono, which reads "now" and
 * "a second" as times when it is given whole sentences.
 */
export function findDatePhrases(tokens: readonly Token[], expecting: Expectation): DatePhrase[] {
  const reader = new DatePhraseReader(tokens, expecting);
  const phrases: DatePhrase[] = [];
  let index = 0;
  while (index < tokens.length) {
    const found = reader.at(index);
    if (!found) {
      index++;
      continue;
    }
    const { length, isBareWeekday = false, ...rest } = found;
    const to = index + length + reader.partAfter(index + length);
    phrases.push({ ...rest, isBareWeekday, from: index, to });
    index = to;
  }
  return phrases;
}
