import type { Booking, Refusal, Slot } from '../booking/booking.js';
import type { Expectation } from '../streams/expectation.js';
import type { BookingDraft } from './bookingDraft.js';

/** How often in a row the caller was not heard or not understood, and which of the two it was this time. */
export interface Miss {
  readonly kind: 'noInput' | 'noMatch';
  /** Counted from 1. */
  readonly count: number;
}

/**
 * What the desk says, by meaning: a key and the facts that the sentence carries. The words belong to a
 * language and are chosen by its phrasebook.
 */
export type PromptContent =
  | { readonly key: 'greeting' }
  | { readonly key: 'howCanIHelp' }
  | { readonly key: 'askDate' }
  | { readonly key: 'askTime'; readonly date: string }
  | { readonly key: 'askPartySize' }
  | { readonly key: 'askName' }
  | { readonly key: 'askChange' }
  | { readonly key: 'confirm'; readonly draft: BookingDraft }
  | {
      readonly key: 'refused';
      readonly reason: Refusal;
      readonly asked: Slot;
      readonly alternatives: readonly Slot[];
    }
  | { readonly key: 'freeSlots'; readonly date: string; readonly slots: readonly Slot[] }
  | { readonly key: 'noFreeSlots'; readonly date: string }
  | { readonly key: 'oneMoment' }
  | { readonly key: 'booked'; readonly booking: Booking }
  | { readonly key: 'notBooked' }
  | { readonly key: 'unreachable' }
  | { readonly key: 'unconfirmed' }
  | { readonly key: 'abandoned' }
  | { readonly key: 'anythingElse' }
  | { readonly key: 'goodbye' }
  | { readonly key: 'stopped'; readonly nothingBooked: boolean }
  | { readonly key: 'giveUp'; readonly kind: Miss['kind'] }
  | { readonly key: 'tooLong' };

export type PromptKey = PromptContent['key'];

/** What is said before the desk comes back to an open question. */
export type Preface =
  | { readonly key: 'miss'; readonly miss: Miss }
  | { readonly key: 'cutOff' }
  | { readonly key: 'help' }
  | { readonly key: 'noPerson' }
  | { readonly key: 'cannotChange' }
  | { readonly key: 'answer'; readonly text: string }
  | { readonly key: 'noAnswer' };

/** One thing said to the caller. */
export interface Prompt {
  /** Counted from 1 within the call. */
  readonly id: number;
  readonly preface?: Preface;
  readonly content: PromptContent;
  /** What the caller's answer is read and recognised against. */
  readonly expectation: Expectation;
}
