import type { Booking, Slot } from '../booking/booking.js';
import type { Expectation } from '../streams/expectation.js';
import type { BookingDraft } from './bookingDraft.js';
import type { PromptContent } from './prompt.js';

/** What a call brings to its dialogue. */
export interface DialogueInput {
  /** Twilio's call SID or a chat's session: half of the idempotency key of its bookings. */
  readonly callId: string;
  /** The caller's number, E.164, when it is known. */
  readonly callerPhone?: string;
  /** Whether a booking needs to know for how many. */
  readonly asksPartySize: boolean;
  /** Intents that have an answer of their own and leave the booking where it was. */
  readonly answerable: readonly string[];
}

/** What the caller was asked, and what the answer is read against. */
export interface Question {
  readonly content: PromptContent;
  readonly expectation: Expectation;
}

/** All that a dialogue remembers; plain data, so that it can be stored and shown. */
export interface DialogueContext extends DialogueInput {
  readonly draft: BookingDraft;
  /** The hour of the draft was found free. */
  readonly checked: boolean;
  readonly offered: readonly Slot[];
  /** Counts the bookings asked for; the other half of the idempotency key. */
  readonly requests: number;
  readonly booked: readonly Booking[];
  /** The caller is gone while the store still works on what they agreed to: nothing more is said. */
  readonly hungUp: boolean;
  /** Turns in a row without an answer that could be used. */
  readonly misses: number;
  readonly promptCount: number;
  readonly question: Question;
}
