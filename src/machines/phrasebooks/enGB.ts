import { Temporal } from 'temporal-polyfill';
import type { Slot } from '../../booking/booking.js';
import type { PhraseContext, Phrasebook } from '../phrasebook.js';
import type { Preface, PromptContent } from '../prompt.js';
import { spokenDate } from './spokenDate.js';
import { spokenNumber } from './spokenNumber.js';
import { spokenTime } from './spokenTime.js';

/** Wordings of one question; a later one is used when an earlier one did not help. */
type Wordings = readonly [string, ...string[]];

const ASK_DATE: Wordings = [
  'What day would you like?',
  'Which day suits you? You can say tomorrow, or Friday.',
];
const ASK_PARTY_SIZE: Wordings = ['How many people is it for?', 'How many of you will there be?'];
const ASK_NAME: Wordings = ['What name shall I put it under?', 'Could you tell me your name?'];
const ASK_CHANGE: Wordings = [
  'What would you like instead?',
  'You can tell me another day, another time, or another name.',
];
const HOW_CAN_I_HELP: Wordings = [
  'How can I help?',
  'You can say, for example: a table for tomorrow at two.',
];
const ANYTHING_ELSE: Wordings = ['Is there anything else?', 'Can I help with anything else?'];
const NOT_BOOKED: Wordings = [
  "I'm sorry, I couldn't save that, so nothing is booked. Shall I try again?",
  'Nothing is booked yet. Shall I try again?',
];

/** Sentences that end a prompt whose beginning depends on the call. */
const WHICH_HOUR = 'Which would you like?';
const ONLY_HOUR = 'Would that do?';
const OTHER_DAY = 'What other day would you like?';
const SHALL_I_BOOK = 'Shall I book it?';

const MISSES: Readonly<Record<'noInput' | 'noMatch', Wordings>> = {
  noInput: ["Sorry, I didn't hear anything.", 'Are you still there?'],
  noMatch: ["Sorry, I didn't catch that.", "I'm sorry, I still didn't get that."],
};

const people = (count: number) => (count === 1 ? 'one person' : `${spokenNumber(count)} people`);

const wording = (wordings: Wordings, misses: number) =>
  wordings[Math.min(misses, wordings.length - 1)] ?? wordings[0];

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`;
}

/** More hours than this are not kept in mind, and take longer to hear than a caller waits. */
const MOST_LISTED = 6;

/** Hours on offer; the day is said once when they share it. */
function spokenSlots(slots: readonly Slot[], asked: string, context: PhraseContext): string {
  const sameDay = slots.every(({ date }) => date === slots[0]?.date);
  const day = slots[0] ? spokenDate(slots[0].date, context) : '';
  if (sameDay) {
    const times = list(slots.map(({ time }) => spokenTime(time, context.opening)));
    return slots[0]?.date === asked ? times : `${times} ${day}`;
  }
  return list(
    slots.map(({ date, time }) => `${spokenTime(time, context.opening)} ${spokenDate(date, context)}`),
  );
}

function refusal(content: Extract<PromptContent, { key: 'refused' }>, context: PhraseContext): string {
  const { asked, reason, alternatives } = content;
  const hour = `${spokenTime(asked.time, context.opening)} ${spokenDate(asked.date, context)}`;
  const why = {
    taken: `I'm sorry, ${hour} is taken.`,
    closed: `I'm sorry, we're closed ${spokenDate(asked.date, context)} at ${spokenTime(asked.time, context.opening)}.`,
    past: `I'm afraid ${hour} has already gone.`,
    beyondHorizon: `I'm sorry, I can't book as far ahead as that.`,
    cancelled: `I'm sorry, the booking for ${hour} was cancelled.`,
    notASlot: `I'm sorry, I can't book ${hour}.`,
  }[reason];
  const free = spokenSlots(alternatives, asked.date, context);
  if (alternatives.length === 0) return `${why} ${OTHER_DAY}`;
  return alternatives.length === 1
    ? `${why} I have ${free}. ${ONLY_HOUR}`
    : `${why} I have ${free}. ${WHICH_HOUR}`;
}

function prefaceText(preface: Preface): string {
  switch (preface.key) {
    case 'miss':
      return wording(MISSES[preface.miss.kind], preface.miss.count - 1);
    case 'cutOff':
      return 'Sorry, we were cut off.';
    case 'help':
      return 'I can book you in. Tell me the day and the time, or say stop to end the call.';
    case 'noPerson':
      return "I'm sorry, there's nobody free to talk just now, but I can book you in.";
    case 'cannotChange':
      return "I'm sorry, I can only take new bookings.";
    case 'answer':
      return preface.text;
    case 'noAnswer':
      return "I'm sorry, I can't tell you that just now.";
  }
}

function contentText(content: PromptContent, misses: number, context: PhraseContext): string {
  switch (content.key) {
    case 'greeting':
      return `Hello, this is ${context.business}. ${HOW_CAN_I_HELP[0]}`;
    case 'howCanIHelp':
      return wording(HOW_CAN_I_HELP, misses);
    case 'askDate':
      return wording(ASK_DATE, misses);
    case 'askTime':
      return wording(
        [
          `What time would you like ${spokenDate(content.date, context)}?`,
          "At what time? You can say two o'clock, for example.",
        ],
        misses,
      );
    case 'askPartySize':
      return wording(ASK_PARTY_SIZE, misses);
    case 'askName':
      return wording(ASK_NAME, misses);
    case 'askChange':
      return wording(ASK_CHANGE, misses);
    case 'confirm': {
      const { date = '', time = '', partySize, name = '' } = content.draft;
      const size = partySize === undefined ? '' : `, for ${people(partySize)}`;
      const when = `${spokenTime(time, context.opening)} ${spokenDate(date, context)}`;
      return `That's ${when}${size}, in the name of ${name}. ${SHALL_I_BOOK}`;
    }
    case 'refused':
      return refusal(content, context);
    case 'freeSlots': {
      const some = content.slots.slice(0, MOST_LISTED).map(({ time }) => spokenTime(time, context.opening));
      const times = list(content.slots.length > some.length ? [...some, 'a later hour'] : some);
      return `${capital(spokenDate(content.date, context))} I have ${times}. ${WHICH_HOUR}`;
    }
    case 'noFreeSlots':
      return `I'm sorry, I have nothing free ${spokenDate(content.date, context)}. ${OTHER_DAY}`;
    case 'oneMoment':
      return 'One moment, please.';
    case 'booked': {
      const { date, time, name } = content.booking;
      const when = `${spokenTime(time, context.opening)} ${spokenDate(date, context)}`;
      return `You're booked for ${when}, in the name of ${name}. ${ANYTHING_ELSE[0]}`;
    }
    case 'notBooked':
      return wording(NOT_BOOKED, misses);
    case 'unreachable':
      return "I'm sorry, I can't look into the diary just now. Please call again a little later. Goodbye.";
    case 'unconfirmed':
      return "I'm sorry, I can't reach the diary, so I can't say whether that is booked. Please call again a little later. Goodbye.";
    case 'abandoned':
      return `All right, I've left that. ${ANYTHING_ELSE[0]}`;
    case 'anythingElse':
      return wording(ANYTHING_ELSE, misses);
    case 'goodbye':
      return 'Thank you for calling. Goodbye.';
    case 'stopped':
      return content.nothingBooked
        ? 'Nothing is booked. Goodbye.'
        : 'All right. Your booking stands. Goodbye.';
    case 'giveUp':
      return content.kind === 'noInput'
        ? "I can't hear you, so I'll hang up now. Please call again. Goodbye."
        : "I'm sorry, I'm not getting this right. Please call again. Goodbye.";
    case 'tooLong':
      return "I'm sorry, I have to end the call here. Please call again. Goodbye.";
  }
}

/** Splits a text into its sentences, each with its own closing mark; "9.30" is not the end of one. */
const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.?!])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[.?!]$/.test(sentence) ? sentence : `${sentence}.`));

const FIXED: readonly PromptContent[] = [
  { key: 'greeting' },
  { key: 'howCanIHelp' },
  { key: 'askDate' },
  { key: 'askPartySize' },
  { key: 'askName' },
  { key: 'askChange' },
  { key: 'oneMoment' },
  { key: 'notBooked' },
  { key: 'unreachable' },
  { key: 'unconfirmed' },
  { key: 'abandoned' },
  { key: 'anythingElse' },
  { key: 'goodbye' },
  { key: 'stopped', nothingBooked: true },
  { key: 'stopped', nothingBooked: false },
  { key: 'giveUp', kind: 'noInput' },
  { key: 'giveUp', kind: 'noMatch' },
  { key: 'tooLong' },
];

const FIXED_PREFACES: readonly Preface[] = [
  { key: 'miss', miss: { kind: 'noInput', count: 1 } },
  { key: 'miss', miss: { kind: 'noInput', count: 2 } },
  { key: 'miss', miss: { kind: 'noMatch', count: 1 } },
  { key: 'miss', miss: { kind: 'noMatch', count: 2 } },
  { key: 'cutOff' },
  { key: 'help' },
  { key: 'noPerson' },
  { key: 'cannotChange' },
  { key: 'noAnswer' },
];

/** The desk in British English. */
export const enGB: Phrasebook = {
  language: 'en-GB',
  sentences({ preface, content }, context) {
    const misses = preface?.key === 'miss' ? preface.miss.count : 0;
    return [
      ...(preface ? sentencesOf(prefaceText(preface)) : []),
      ...sentencesOf(contentText(content, misses, context)),
    ];
  },
  fixedSentences(context) {
    const today = Temporal.Instant.fromEpochMilliseconds(context.now.getTime())
      .toZonedDateTimeISO(context.timeZone)
      .toPlainDate();
    const askTimes = [0, 1, 2, 3, 4, 5, 6].map((days): PromptContent => ({
      key: 'askTime',
      date: today.add({ days }).toString(),
    }));
    const texts = [
      ...FIXED_PREFACES.map(prefaceText),
      ...[...FIXED, ...askTimes].flatMap((content) =>
        [0, 1, 2].map((misses) => contentText(content, misses, context)),
      ),
      WHICH_HOUR,
      ONLY_HOUR,
      OTHER_DAY,
      SHALL_I_BOOK,
    ];
    return [...new Set(texts.flatMap(sentencesOf))];
  },
};
