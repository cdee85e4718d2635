import type { OpeningSpan } from '../booking/openingSpan.js';
import type { Prompt } from './prompt.js';

/** What a sentence may depend on besides its own facts. */
export interface PhraseContext {
  /** The desk's clock, for "today" and "tomorrow". */
  readonly now: Date;
  /** IANA name of the business's time zone. */
  readonly timeZone: string;
  /** The business's name, as it is spoken. */
  readonly business: string;
  /** When the business is open at all: whether "nine o'clock" needs its half of the day. */
  readonly opening: OpeningSpan;
}

/** The desk's words in one language. */
export interface Phrasebook {
  /** BCP 47. */
  readonly language: string;
  /** The sentences of a prompt, in order, each to be spoken as one. */
  sentences(prompt: Prompt, context: PhraseContext): readonly string[];
  /** Every sentence that does not depend on a booking: what a prompt cache can hold before the first call. */
  fixedSentences(context: PhraseContext): readonly string[];
}
