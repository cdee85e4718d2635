import { describe, expect, it } from 'vitest';
import { nameBook } from '../../../src/nlu/slots/nameBook.js';
import { normalise } from '../../../src/nlu/slots/normalise.js';
import { readSlots } from '../../../src/nlu/slots/readSlots.js';
import { wallClock } from '../../../src/nlu/slots/wallClock.js';
import type { Slots } from '../../../src/nlu/understanding.js';
import type { Expectation } from '../../../src/streams/expectation.js';
import { deskNames } from '../deskModel.js';

/** A Wednesday, 10:00 in London. */
const WEDNESDAY = '2025-10-22T09:00:00Z';
const names = nameBook(deskNames, ['book', 'table', 'much', 'minute', 'change']);
const london = wallClock('Europe/London');

function read(text: string, expecting: Expectation = 'open', now = WEDNESDAY, zone = london): Slots {
  return readSlots(normalise(text), {
    expecting,
    now: new Date(now),
    wallClock: zone,
    opens: 9 * 60,
    closes: 18 * 60,
    names,
  }).slots;
}

describe('a time of day', () => {
  it.each([
    ['at two', '14:00'],
    ['at nine', '09:00'],
    ['at twelve', '12:00'],
    ["two o'clock", '14:00'],
    ['half past two', '14:30'],
    ['half two', '14:30'],
    ['half past nine in the morning', '09:30'],
    ['a quarter past ten', '10:15'],
    ['quarter to three', '14:45'],
    ['quarter to one', '12:45'],
    ['ten past four', '16:10'],
    ['twenty five to five', '16:35'],
    ['five minutes past eleven', '11:05'],
    ['ten oh five', '10:05'],
    ['two thirty', '14:30'],
    ['fourteen thirty', '14:30'],
    ['sixteen hundred hours', '16:00'],
    ['seven in the evening', '19:00'],
    ['at eight at night', '20:00'],
    ['midday', '12:00'],
    ['noon', '12:00'],
    ['twelve noon', '12:00'],
    ['midnight', '00:00'],
    ['2 pm', '14:00'],
    ['2 p.m.', '14:00'],
    ['2pm', '14:00'],
    ['2 p m', '14:00'],
    ['11 AM', '11:00'],
    ['2:30', '14:30'],
    ['2.30pm', '14:30'],
    ['14:30', '14:30'],
    ['09:00', '09:00'],
    ['at 14', '14:00'],
    ['around five', '17:00'],
    ['at about four', '16:00'],
    ['two, no, three o’clock', '15:00'],
    ['at two, sorry, at four', '16:00'],
  ])('%s → %s', (text, time) => {
    expect(read(text)).toEqual({ time });
  });

  it.each([
    ['nine', '09:00'],
    ['four', '16:00'],
    ['for four', '16:00'],
    ['about half three', '15:30'],
  ])('asked for a time: %s → %s', (text, time) => {
    expect(read(text, 'time')).toEqual({ time });
  });

  it.each(['two or three o’clock', 'between two and four', 'hold on a second', 'now', 'before ten', 'nine'])(
    'guesses none from "%s"',
    (text) => {
      expect(read(text)).toEqual({});
    },
  );

  it('counts on from the present for "in half an hour", over a clock change too', () => {
    expect(read('in half an hour')).toEqual({ date: '2025-10-22', time: '10:30' });
    expect(read('in two hours', 'open', '2025-10-25T23:30:00Z')).toEqual({
      date: '2025-10-26',
      time: '01:30',
    });
  });
});

describe('a date', () => {
  it.each([
    ['today', '2025-10-22'],
    ['this afternoon', '2025-10-22'],
    ['tonight', '2025-10-22'],
    ['tomorrow', '2025-10-23'],
    ['tomorrow morning', '2025-10-23'],
    ['the day after tomorrow', '2025-10-24'],
    ['friday', '2025-10-24'],
    ['this friday', '2025-10-24'],
    ['on Friday, please', '2025-10-24'],
    ['monday', '2025-10-27'],
    ['next tuesday', '2025-10-28'],
    ['tuesday next week', '2025-10-28'],
    ['next week on tuesday', '2025-10-28'],
    ['tuesday week', '2025-11-04'],
    ['a week on tuesday', '2025-11-04'],
    ['two weeks on friday', '2025-11-07'],
    ['a week today', '2025-10-29'],
    ['tomorrow week', '2025-10-30'],
    ['this time next week', '2025-10-29'],
    ['in three days', '2025-10-25'],
    ['in two weeks', '2025-11-05'],
    ["in a week's time", '2025-10-29'],
    ['in a fortnight', '2025-11-05'],
    ['the twenty third', '2025-10-23'],
    ['on the first', '2025-11-01'],
    ['on the 31st', '2025-10-31'],
    ['the third of may', '2026-05-03'],
    ['may the fourth', '2026-05-04'],
    ['5 November', '2025-11-05'],
    ['november 5th', '2025-11-05'],
    ['saturday the twenty fifth', '2025-10-25'],
    ['saturday the first of november', '2025-11-01'],
    ['the first of january twenty twenty six', '2026-01-01'],
    ['12/11', '2025-11-12'],
    ['12/11/2026', '2026-11-12'],
    ['2025-12-01', '2025-12-01'],
    ['tuesday, no, thursday', '2025-10-23'],
    ['not tuesday, thursday', '2025-10-23'],
    ['move it from tuesday to thursday', '2025-10-23'],
    ["i can't make tuesday can i come thursday", '2025-10-23'],
    ['thursday instead of friday', '2025-10-23'],
    ['the twenty ninth of february', '2028-02-29'],
  ])('%s → %s', (text, date) => {
    expect(read(text)).toEqual({ date });
  });

  it.each([
    'friday the twenty fifth',
    'the thirty first of june',
    'tuesday or wednesday',
    'last tuesday',
    'not tuesday',
    'may i come in',
    'one second',
    'next week',
  ])('guesses none from "%s"', (text) => {
    expect(read(text)).toEqual({});
  });

  it.each([
    ['tomorrow', '2025-10-31T12:00:00Z', '2025-11-01'],
    ['tomorrow', '2025-12-31T12:00:00Z', '2026-01-01'],
    ['tomorrow', '2024-02-28T12:00:00Z', '2024-02-29'],
    ['in a month', '2026-01-31T12:00:00Z', '2026-02-28'],
    ['the thirty first', '2025-11-03T12:00:00Z', '2025-12-31'],
    ['the first', '2025-11-01T12:00:00Z', '2025-11-01'],
    ['tomorrow', '2025-10-25T12:00:00Z', '2025-10-26'],
    ['tomorrow', '2025-10-25T23:30:00Z', '2025-10-27'],
    ['tomorrow', '2026-03-28T23:59:00Z', '2026-03-29'],
    ['tomorrow', '2026-03-29T00:30:00Z', '2026-03-30'],
    ['a week today', '2026-03-25T12:00:00Z', '2026-04-01'],
  ])('%s, said at %s → %s', (text, now, date) => {
    expect(read(text, 'date', now)).toEqual({ date });
  });

  it('counts from the day that it is where the desk is', () => {
    const now = '2025-10-22T23:30:00Z';
    expect(read('tomorrow', 'open', now)).toEqual({ date: '2025-10-24' });
    expect(read('tomorrow', 'open', now, wallClock('America/New_York'))).toEqual({ date: '2025-10-23' });
    expect(read('tomorrow', 'open', now, wallClock('Pacific/Kiritimati'))).toEqual({ date: '2025-10-24' });
  });

  it('reads the same day whatever the zone of the process', () => {
    const own = process.env['TZ'];
    try {
      for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/London']) {
        process.env['TZ'] = zone;
        expect(read('next tuesday', 'open', '2025-10-25T23:30:00Z'), zone).toEqual({ date: '2025-10-28' });
        expect(read('the third of november', 'open', '2025-10-22T23:30:00Z'), zone).toEqual({
          date: '2025-11-03',
        });
      }
    } finally {
      if (own === undefined) delete process.env['TZ'];
      else process.env['TZ'] = own;
    }
  });

  it("takes today's weekday for today until the hour asked for is over", () => {
    expect(read('wednesday at two')).toEqual({ date: '2025-10-22', time: '14:00' });
    expect(read('wednesday at nine')).toEqual({ date: '2025-10-29', time: '09:00' });
    expect(read('wednesday', 'open', '2025-10-22T18:00:00Z')).toEqual({ date: '2025-10-29' });
  });
});

describe('a party', () => {
  it.each([
    ['a table for four', 4],
    ['book a table for two people', 2],
    ['there are five of us', 5],
    ['party of six', 6],
    ['for twenty one people', 21],
    ['just me', 1],
    ['just myself', 1],
    ['me and my wife', 2],
    ['my husband and i', 2],
    ['both of us', 2],
    ['for a couple', 2],
    ['two adults and three children', 5],
    ['a table for 8', 8],
    ['for four, no, five people', 5],
  ])('%s → %i', (text, partySize) => {
    expect(read(text)).toEqual({ partySize });
  });

  it.each([
    ['four', 4],
    ['about four', 4],
    ["it'll be six", 6],
    ['one', 1],
    ['no, five', 5],
  ])('asked for its size: %s → %i', (text, partySize) => {
    expect(read(text, 'partySize')).toEqual({ partySize });
  });
});

describe('a name', () => {
  it.each([
    ['my name is john smith', 'John Smith'],
    ["my name's sarah", 'Sarah'],
    ['the name is patel', 'Patel'],
    ['under the name of jones please', 'Jones'],
    ['under patel', 'Patel'],
    ["it's sarah o'neill here", "Sarah O'Neill"],
    ['this is mr mcdonald', 'McDonald'],
    ["I'm called Siobhan Kowalczyk.", 'Siobhan Kowalczyk'],
  ])('%s → %s', (text, name) => {
    expect(read(text)).toEqual({ name });
  });

  it.each([
    ['john smith', 'John Smith'],
    ['Siobhan Kowalczyk', 'Siobhan Kowalczyk'],
    ["yes it's david", 'David'],
    ["it's zbigniew", 'Zbigniew'],
    ['no, john', 'John'],
  ])('asked for one: %s → %s', (text, name) => {
    expect(read(text, 'name')).toEqual({ name });
  });

  it.each(['yes', 'how much is it', 'can you repeat that', "i'd rather not", "it's for tomorrow", 'change'])(
    'asked for one, takes "%s" for none',
    (text) => {
      expect(read(text, 'name')).not.toHaveProperty('name');
    },
  );
});

describe('a telephone number', () => {
  it.each([
    ['oh seven seven double oh nine hundred one two three', '+447700900123'],
    ['zero seven seven zero zero nine zero zero one two three', '+447700900123'],
    ['my number is oh seven seven oh oh nine triple oh one two', '+447700900012'],
    ['07700 900123', '+447700900123'],
    ['07700-900-123', '+447700900123'],
    ['plus four four seven seven double oh nine double oh one two three', '+447700900123'],
    ['+44 7700 900 123', '+447700900123'],
    ['0044 7700 900123', '+447700900123'],
    ['+44 (0)20 7946 0018', '+442079460018'],
    ['020 7946 0018', '+442079460018'],
    ['+1 415 555 0132', '+14155550132'],
  ])('%s → %s', (text, phone) => {
    expect(read(text, 'phone')).toEqual({ phone });
  });

  it.each(['oh seven seven', '0770 0900', 'double trouble'])(
    'takes half a number, "%s", for none',
    (text) => {
      expect(read(text, 'phone')).toEqual({});
    },
  );
});

describe('a choice among options', () => {
  it.each([
    ['the first one', { choice: 1 }],
    ['the second', { choice: 2 }],
    ['third please', { choice: 3 }],
    ['the last one', { choice: -1 }],
    ['number two', { choice: 2 }],
    ['option one', { choice: 1 }],
    ['two', { time: '14:00' }],
    ['eleven please', { time: '11:00' }],
    ['the first, no, the second one', { choice: 2 }],
  ])('%s → %o', (text, slots) => {
    expect(read(text, 'choice')).toEqual(slots);
  });
});

describe('several facts in one sentence', () => {
  it.each<[string, Slots]>([
    ['a table for four tomorrow at two', { date: '2025-10-23', time: '14:00', partySize: 4 }],
    ["table for two twelve o'clock friday", { date: '2025-10-24', time: '12:00', partySize: 2 }],
    ['for two at four', { time: '16:00', partySize: 2 }],
    ['a table for 2 at 2 on the 2nd', { date: '2025-11-02', time: '14:00', partySize: 2 }],
    ['an appointment for four on friday', { date: '2025-10-24', time: '16:00' }],
    [
      'Book a table for 4 people at 2 PM on Friday, please.',
      { date: '2025-10-24', time: '14:00', partySize: 4 },
    ],
    ['tuesday, no, wednesday at ten', { date: '2025-10-29', time: '10:00' }],
    ['tomorrow three o’clock for john smith', { date: '2025-10-23', time: '15:00', name: 'John Smith' }],
  ])('%s', (text, slots) => {
    expect(read(text)).toEqual(slots);
  });
});

describe('readSlots', () => {
  it('says which tokens each slot was read from, none twice', () => {
    const tokens = normalise('a table for four people tomorrow at half past two');
    const { mentions } = readSlots(tokens, {
      expecting: 'open',
      now: new Date(WEDNESDAY),
      wallClock: london,
      opens: 540,
      closes: 1080,
      names,
    });
    const said = mentions.map(({ value, from, to }) => [
      value,
      tokens
        .slice(from, to)
        .map((token) => token.text)
        .join(' '),
    ]);
    expect(said).toEqual([
      ['date', 'tomorrow'],
      ['partySize', '4 people'],
      ['time', '2:30'],
    ]);
  });
});
