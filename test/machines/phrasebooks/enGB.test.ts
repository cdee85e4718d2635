import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../src/booking/booking.js';
import { enGB } from '../../../src/machines/phrasebooks/enGB.js';
import type { Preface, Prompt, PromptContent, PromptKey } from '../../../src/machines/prompt.js';

const CONTEXT = {
  now: new Date('2026-11-23T09:00:00Z'),
  timeZone: 'Europe/London',
  business: 'the Anchor',
  opening: { opens: '09:00', closes: '18:00' },
};

const TUESDAY = '2026-11-24';
const slot = (time: string, date = TUESDAY) => ({ date, time });
const booking = { id: 'b1', ...slot('14:00'), name: 'Smith', partySize: 14, status: 'booked' } as const;

const REASONS: readonly Refusal[] = ['taken', 'closed', 'past', 'beyondHorizon', 'notASlot', 'cancelled'];

/** Every kind of prompt with every shape of its facts; the type demands each key. */
const CONTENTS: { readonly [K in PromptKey]: readonly Extract<PromptContent, { key: K }>[] } = {
  greeting: [{ key: 'greeting' }],
  howCanIHelp: [{ key: 'howCanIHelp' }],
  askDate: [{ key: 'askDate' }],
  askTime: [TUESDAY, '2026-12-31'].map((date) => ({ key: 'askTime', date })),
  askPartySize: [{ key: 'askPartySize' }],
  askName: [{ key: 'askName' }],
  askChange: [{ key: 'askChange' }],
  confirm: [undefined, 1, 2, 13, 120].map((partySize) => ({
    key: 'confirm',
    draft: { ...slot('14:07'), name: 'Smith', ...(partySize !== undefined && { partySize }) },
  })),
  refused: REASONS.flatMap((reason) =>
    [
      [],
      [slot('11:00')],
      [slot('11:00'), slot('13:30')],
      [slot('09:00', '2026-11-25'), slot('10:00', '2026-11-25')],
      [slot('17:00'), slot('09:00', '2026-11-25'), slot('09:00', '2026-12-01')],
    ].map((alternatives) => ({ key: 'refused' as const, reason, asked: slot('14:00'), alternatives })),
  ),
  freeSlots: [[slot('09:00')], [slot('09:00'), slot('10:00'), slot('11:00')]].map((slots) => ({
    key: 'freeSlots',
    date: TUESDAY,
    slots,
  })),
  noFreeSlots: [{ key: 'noFreeSlots', date: TUESDAY }],
  oneMoment: [{ key: 'oneMoment' }],
  booked: [{ key: 'booked', booking }],
  notBooked: [{ key: 'notBooked' }],
  unreachable: [{ key: 'unreachable' }],
  unconfirmed: [{ key: 'unconfirmed' }],
  abandoned: [{ key: 'abandoned' }],
  anythingElse: [{ key: 'anythingElse' }],
  goodbye: [{ key: 'goodbye' }],
  stopped: [true, false].map((nothingBooked) => ({ key: 'stopped', nothingBooked })),
  giveUp: [
    { key: 'giveUp', kind: 'noInput' },
    { key: 'giveUp', kind: 'noMatch' },
  ],
  tooLong: [{ key: 'tooLong' }],
};

const PREFACES: readonly (Preface | undefined)[] = [
  undefined,
  ...([1, 2] as const).flatMap((count): Preface[] => [
    { key: 'miss', miss: { kind: 'noInput', count } },
    { key: 'miss', miss: { kind: 'noMatch', count } },
  ]),
  { key: 'cutOff' },
  { key: 'help' },
  { key: 'noPerson' },
  { key: 'cannotChange' },
  { key: 'answer', text: 'We open at nine.' },
  { key: 'noAnswer' },
];

const prompt = (content: PromptContent, preface?: Preface): Prompt => ({
  id: 1,
  content,
  expectation: 'open',
  ...(preface && { preface }),
});

const spoken = (content: PromptContent, preface?: Preface, context = CONTEXT) =>
  enGB.sentences(prompt(content, preface), context).join(' ');

const ALL = Object.values(CONTENTS)
  .flat()
  .flatMap((content) => PREFACES.map((preface) => [content, preface] as const));

describe('every prompt in British English', () => {
  it('is one or more sentences, each with a closing mark, in words that can be read out', () => {
    for (const [content, preface] of ALL) {
      const sentences = enGB.sentences(prompt(content, preface), CONTEXT);
      expect(sentences.length).toBeGreaterThan(0);
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^[A-Z'].*[.?!]$/);
        expect(sentence).not.toMatch(/\d|undefined|NaN| {2}| [,.?!]|[.?!] /);
      }
    }
  });

  it('is worded differently each time that it was not answered', () => {
    for (const content of Object.values(CONTENTS).flat()) {
      const times = PREFACES.filter((preface) => preface === undefined || preface.key === 'miss');
      expect(new Set(times.map((preface) => spoken(content, preface))).size).toBe(times.length);
    }
  });
});

describe('the words for', () => {
  it.each<[string, PromptContent, string]>([
    [
      'a confirmation',
      { key: 'confirm', draft: { ...slot('14:00'), name: 'Smith', partySize: 2 } },
      "That's two o'clock tomorrow, for two people, in the name of Smith. Shall I book it?",
    ],
    [
      'a confirmation without a party',
      { key: 'confirm', draft: { ...slot('12:00', '2026-11-27'), name: 'Smith' } },
      "That's midday on Friday, in the name of Smith. Shall I book it?",
    ],
    [
      'a booking',
      { key: 'booked', booking },
      "You're booked for two o'clock tomorrow, in the name of Smith. Is there anything else?",
    ],
    [
      'a taken hour with others of its day',
      { key: 'refused', reason: 'taken', asked: slot('14:00'), alternatives: [slot('13:00'), slot('16:00')] },
      "I'm sorry, two o'clock tomorrow is taken. I have one o'clock or four o'clock. Which would you like?",
    ],
    [
      'a taken hour with one of another day',
      {
        key: 'refused',
        reason: 'taken',
        asked: slot('14:00'),
        alternatives: [slot('09:00', '2026-11-25')],
      },
      "I'm sorry, two o'clock tomorrow is taken. I have nine o'clock on Wednesday. Would that do?",
    ],
    [
      'a taken hour with others of several days',
      {
        key: 'refused',
        reason: 'taken',
        asked: slot('17:00'),
        alternatives: [slot('16:00'), slot('09:00', '2026-11-25'), slot('11:00', '2026-12-01')],
      },
      "I'm sorry, five o'clock tomorrow is taken. I have four o'clock tomorrow, nine o'clock on Wednesday or eleven o'clock on Tuesday the first of December. Which would you like?",
    ],
    [
      'free hours of a day',
      { key: 'freeSlots', date: TUESDAY, slots: [slot('09:00'), slot('11:00'), slot('16:30')] },
      "Tomorrow I have nine o'clock, eleven o'clock or half past four. Which would you like?",
    ],
    [
      'no more free hours than a caller can keep in mind',
      {
        key: 'freeSlots',
        date: TUESDAY,
        slots: ['09:00', '10:00', '11:00', '13:00', '14:00', '15:00', '16:00'].map((time) => slot(time)),
      },
      "Tomorrow I have nine o'clock, ten o'clock, eleven o'clock, one o'clock, two o'clock, three o'clock or a later hour. Which would you like?",
    ],
  ])('%s', (_, content, words) => {
    expect(spoken(content)).toBe(words);
  });

  it('an answer keep its times whole and lose nothing that lacks a full stop', () => {
    expect(
      enGB.sentences(
        prompt({ key: 'askDate' }, { key: 'answer', text: 'We open at 9.30 every day! Come in' }),
        CONTEXT,
      ),
    ).toEqual(['We open at 9.30 every day!', 'Come in.', 'What day would you like?']);
  });
});

describe('the sentences that can be made before the first call', () => {
  const withoutFacts: readonly PromptKey[] = [
    ...(['greeting', 'howCanIHelp', 'askDate', 'askTime', 'askPartySize', 'askName', 'askChange'] as const),
    ...(['oneMoment', 'notBooked', 'unreachable', 'unconfirmed', 'abandoned', 'anythingElse'] as const),
    ...(['goodbye', 'stopped', 'giveUp', 'tooLong'] as const),
  ];

  it.each([
    ['in the morning', { ...CONTEXT }],
    [
      'late in the evening, west of Greenwich',
      { ...CONTEXT, now: new Date('2026-11-24T05:00:00Z'), timeZone: 'America/Los_Angeles' },
    ],
    [
      'after midnight, east of Greenwich',
      { ...CONTEXT, now: new Date('2026-11-22T20:00:00Z'), timeZone: 'Asia/Tokyo' },
    ],
  ])('cover every prompt that carries no facts of a booking, %s', (_, context) => {
    const fixed = enGB.fixedSentences(context);
    for (const key of withoutFacts) {
      for (const content of CONTENTS[key]) {
        if (content.key === 'askTime' && content.date !== TUESDAY) continue;
        for (const preface of PREFACES) {
          if (preface?.key === 'answer') continue;
          expect(fixed).toEqual(
            expect.arrayContaining([...enGB.sentences(prompt(content, preface), context)]),
          );
        }
      }
    }
  });

  it("ask for the time of every day of the week to come, by the desk's own days", () => {
    // Eight in the evening on Sunday in UTC is five in the morning on Monday in Tokyo.
    const context = { ...CONTEXT, now: new Date('2026-11-22T20:00:00Z'), timeZone: 'Asia/Tokyo' };
    const asked = enGB
      .fixedSentences(context)
      .filter((sentence) => sentence.startsWith('What time would you like '));
    expect(asked).toEqual(
      ['today', 'tomorrow', 'on Wednesday', 'on Thursday', 'on Friday', 'on Saturday', 'on Sunday'].map(
        (day) => `What time would you like ${day}?`,
      ),
    );
  });

  it('close the prompts that do carry facts', () => {
    const fixed = enGB.fixedSentences(CONTEXT);
    for (const key of ['confirm', 'refused', 'freeSlots', 'noFreeSlots', 'booked'] as const) {
      for (const content of CONTENTS[key]) {
        expect(fixed).toContain(enGB.sentences(prompt(content), CONTEXT).at(-1));
      }
    }
  });

  it('are each there once', () => {
    const fixed = enGB.fixedSentences(CONTEXT);
    expect(new Set(fixed).size).toBe(fixed.length);
  });
});
