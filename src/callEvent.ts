import type { Booking } from './booking/booking.js';
import type { DialogueState } from './machines/dialogue.js';
import type { Prompt } from './machines/prompt.js';
import type { Understood } from './nlu/understand.js';

/** What happens in a call, for its log, its picture and whoever listens in; `at` is the scheduler's time. */
export type CallEvent =
  | { readonly type: 'interim'; readonly at: number; readonly text: string }
  | ({ readonly type: 'heard' } & Understood)
  | { readonly type: 'dtmf'; readonly at: number; readonly digit: string }
  | { readonly type: 'said'; readonly at: number; readonly prompt: Prompt; readonly text: string }
  /** The prompt's first frame went out. */
  | { readonly type: 'playing'; readonly at: number; readonly promptId: number }
  | {
      readonly type: 'played';
      readonly at: number;
      readonly promptId: number;
      readonly heardMs: number;
      readonly totalMs: number;
      readonly cut: boolean;
    }
  | {
      readonly type: 'state';
      readonly at: number;
      readonly state: DialogueState;
      readonly booked: readonly Booking[];
    }
  /** The line was lost and did not come back in time. */
  | { readonly type: 'lineLost'; readonly at: number };
