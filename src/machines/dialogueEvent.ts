import type { Booking, Refusal, Slot } from '../booking/booking.js';
import type { Understanding } from '../nlu/understanding.js';

/** What the line and the caller tell the dialogue. */
export type CallerEvent =
  /** The caller began to speak. */
  | { readonly type: 'caller.spoke' }
  /** The caller's turn is over and was read. */
  | { readonly type: 'caller.understood'; readonly understanding: Understanding }
  /** Speech was heard that could not be made out. */
  | { readonly type: 'caller.unclear' }
  /** The caller stayed silent. Sent by the dialogue's own no-input timer, or by a text chat. */
  | { readonly type: 'caller.silent' }
  /** The caller's line came back after it was lost in the middle of the call. */
  | { readonly type: 'call.resumed' }
  /** The caller hung up, or the line was lost for good. */
  | { readonly type: 'call.ended' };

/** What became of a prompt at the caller's end. */
export interface PromptFinished {
  readonly type: 'prompt.finished';
  readonly id: number;
}

/** What booking answers. A `booking.committed` carries the row: only from it may the desk say "booked". */
export type BookingEvent =
  | { readonly type: 'booking.free'; readonly slot: Slot }
  | { readonly type: 'booking.listed'; readonly date: string; readonly slots: readonly Slot[] }
  | { readonly type: 'booking.refused'; readonly reason: Refusal; readonly alternatives: readonly Slot[] }
  | { readonly type: 'booking.committed'; readonly booking: Booking }
  | { readonly type: 'booking.withdrawn' }
  | { readonly type: 'booking.failed' };

/**
 * The answer to a side question, from `intents.json` or from a method of the desk's owner; without a text
 * when there is none to be had.
 */
export interface DeskAnswered {
  readonly type: 'desk.answered';
  readonly text?: string;
}

/** Everything that can be sent to a dialogue from outside. */
export type DialogueEvent = CallerEvent | PromptFinished | BookingEvent | DeskAnswered;
