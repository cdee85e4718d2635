import type { Expectation } from '../../streams/expectation.js';
import type { Slots } from '../understanding.js';
import { clockTime } from './clockTime.js';
import { findDatePhrases } from './findDatePhrases.js';
import { isoDate } from './isoDate.js';
import type { Mention } from './mention.js';
import type { NameBook } from './nameBook.js';
import { readChoice } from './readChoice.js';
import { readDelay } from './readDelay.js';
import { readName } from './readName.js';
import { readPartySize } from './readPartySize.js';
import { readPhone } from './readPhone.js';
import { readTime } from './readTime.js';
import { resolveDate } from './resolveDate.js';
import { settle } from './settle.js';
import type { Token } from './token.js';
import type { WallClock } from './wallClock.js';

/** What the words of an utterance are measured against. */
export interface SlotContext {
  readonly expecting: Expectation;
  readonly now: Date;
  /** Reads the wall clock of the desk's time zone. */
  readonly wallClock: (instant: Date) => WallClock;
  /** Minutes since midnight. */
  readonly opens: number;
  /** Minutes since midnight. */
  readonly closes: number;
  readonly names: NameBook;
}

/** The facts of an utterance and where each was said. */
export interface SlotReading {
  readonly slots: Slots;
  /** By order of reading; the value is the slot's name. No two overlap. */
  readonly mentions: readonly Mention<keyof Slots>[];
}

/** Reads every slot of an utterance, each token by one reader only. */
export function readSlots(tokens: readonly Token[], context: SlotContext): SlotReading {
  const { expecting, opens, closes } = context;
  const claimed: boolean[] = [];
  const isClaimed = (index: number): boolean => claimed[index] === true;
  const mentions: Mention<keyof Slots>[] = [];
  const claim = (slot: keyof Slots, { from, to }: { from: number; to: number }): void => {
    for (let index = from; index < to; index++) claimed[index] = true;
    mentions.push({ value: slot, from, to });
  };

  const phones = readPhone(tokens);
  for (const phone of phones) claim('phone', phone);
  const delay = readDelay(tokens);
  if (delay) claim('time', delay);
  const phrases = findDatePhrases(tokens, expecting);
  for (const phrase of phrases) claim('date', phrase);
  const parties = readPartySize(tokens, isClaimed, expecting);
  for (const party of parties) claim('partySize', party);
  const choices = readChoice(tokens, isClaimed, expecting);
  for (const choice of choices) claim('choice', choice);
  const times = readTime(tokens, { expecting, opens, closes, isClaimed });
  for (const time of times) claim('time', time);
  const names = readName(tokens, isClaimed, expecting, context.names);
  for (const name of names) claim('name', name);

  let minutes = settle(times, tokens);
  let date: string | undefined;
  if (delay) {
    const then = context.wallClock(new Date(context.now.getTime() + delay.value * 60_000));
    minutes = then.minutes;
    date = isoDate(then.year, then.month, then.day);
  } else if (phrases.length > 0) {
    const today = context.wallClock(context.now);
    const isOver = today.minutes >= (minutes ?? closes);
    const dates: Mention<string | undefined>[] = phrases.map((phrase) => ({
      value: resolveDate(phrase, today, isOver),
      from: phrase.from,
      to: phrase.to,
    }));
    date = settle(dates, tokens);
  }
  const partySize = settle(parties, tokens);
  const name = settle(names, tokens);
  const phone = settle(phones, tokens);
  const choice = settle(choices, tokens);
  return {
    slots: {
      ...(date !== undefined && { date }),
      ...(minutes !== undefined && { time: clockTime(minutes) }),
      ...(partySize !== undefined && { partySize }),
      ...(name !== undefined && { name }),
      ...(phone !== undefined && { phone }),
      ...(choice !== undefined && { choice }),
    },
    mentions,
  };
}
