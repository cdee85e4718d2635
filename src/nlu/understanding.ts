/** What a caller can want of the desk: the intents that the dialogue knows. */
export const INTENTS = [
  'greeting',
  'book',
  'check_availability',
  'reschedule',
  'cancel',
  'lookup_booking',
  'affirm',
  'deny',
  'inform',
  'goodbye',
  'stop',
  'repeat',
  'help',
  'human_agent',
  'hours',
  'location',
  'out_of_scope',
] as const;

export type Intent = (typeof INTENTS)[number];

/** The facts of a booking that were said. Only what was said is present. */
export interface Slots {
  /** `YYYY-MM-DD` in the desk's time zone. */
  readonly date?: string;
  /** `HH:MM`, 24 h, in the desk's time zone. */
  readonly time?: string;
  readonly partySize?: number;
  /** As heard, capitalised. */
  readonly name?: string;
  /** E.164. */
  readonly phone?: string;
  /** Which of the options on offer, counted from 1; -1 is the last. */
  readonly choice?: number;
}

/** What an utterance means. */
export interface Understanding {
  /** The words it was read from. */
  readonly text: string;
  /** An intent of the desk, or a tag of the user's own from `intents.json`. */
  readonly intent: Intent | (string & {});
  /** 0 to 1. */
  readonly confidence: number;
  readonly slots: Slots;
  /** The next best intents, best first, without the chosen one. */
  readonly alternatives: readonly { readonly intent: string; readonly confidence: number }[];
}
