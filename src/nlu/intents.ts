import type { Expectation } from '../streams/expectation.js';

/** The places that a pattern may hold, as they are written there. */
export const PLACES = ['{date}', '{time}', '{partySize}', '{name}', '{phone}', '{choice}'] as const;

/** Every question there is; the type makes this list whole. */
const QUESTIONS: Readonly<Record<Expectation, true>> = {
  open: true,
  date: true,
  time: true,
  partySize: true,
  name: true,
  phone: true,
  confirmation: true,
  choice: true,
  anythingElse: true,
};

/** Whether a word of an intents file names a question. */
export function isExpectation(word: string): word is Expectation {
  return Object.hasOwn(QUESTIONS, word);
}

/** The names of the questions, for messages and tables. */
export const EXPECTATION_NAMES: readonly Expectation[] = Object.keys(QUESTIONS).filter(isExpectation);

/** One thing that callers say, in many ways. */
export interface IntentDefinition {
  readonly tag: string;
  /** Spoken English in lower case, without punctuation, with places such as `{date}`. */
  readonly patterns: readonly string[];
  /**
   * What is spoken when the tag is a side question (hours, location, a tag of the user's own); the first whose
   * facts are known. What the dialogue says itself is in its phrasebook.
   */
  readonly responses: readonly string[];
  /**
   * The questions during which a caller is expected to say it; `*` is all of them. The embedded recogniser
   * listens for the patterns only then, and understanding weighs them higher then. A file that leaves it out
   * means `open` and `anythingElse`: `parseIntents` fills that in.
   */
  readonly expecting: readonly (Expectation | '*')[];
}

/** The shape of `models/intents.json`. */
export interface Intents {
  readonly intents: readonly IntentDefinition[];
}

/** Whether an intent is expected while a question is open. */
export function listensFor(intent: IntentDefinition, expecting: Expectation): boolean {
  return intent.expecting.includes('*') || intent.expecting.includes(expecting);
}
