import { decideIntent, OUT_OF_SCOPE } from './decideIntent.js';
import { delexicalise } from './delexicalise.js';
import { expectationWeights } from './expectationWeights.js';
import { featureReader } from './features.js';
import type { Intents } from './intents.js';
import type { IntentModel } from './model.js';
import { network } from './network.js';
import { namesBeside } from './namesBeside.js';
import { readAnswer } from './readAnswer.js';
import type { Names } from './slots/nameBook.js';
import { normalise } from './slots/normalise.js';
import { readSlots } from './slots/readSlots.js';
import { wallClock } from './slots/wallClock.js';
import { stemWords } from './stemWords.js';
import type { Understander } from './understander.js';

/** What a desk understands by. */
export interface UnderstanderOptions {
  readonly intents: Intents;
  readonly names: Names;
  readonly model: IntentModel;
  /** IANA name of the desk's time zone, such as `Europe/London`. */
  readonly timeZone: string;
  /** `HH:MM`: "at nine" is in the morning for a desk that opens at 09:00. */
  readonly opens: string;
  /** `HH:MM` */
  readonly closes: string;
}

/** Longer texts are no speech; the rest is not read, so that no text takes long. */
const LONGEST_TEXT = 1000;

function minutesOf(time: string, option: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
  if (!match) throw new RangeError(`${option} is "${time}". Write it as HH:MM, such as 09:00.`);
  return Number(match[1]) * 60 + Number(match[2]);
}

/**
 * Makes the desk's understanding: slots by rules, intent by the trained network over the words with their
 * slots replaced by places, both read against the question just asked. Pure: the same text and context give
 * the same answer, and no clock or zone of the process is read.
 * @throws RangeError when the time zone or a time of opening is not one
 */
export function createUnderstander(options: UnderstanderOptions): Understander {
  const { intents, model } = options;
  const opens = minutesOf(options.opens, 'opens');
  const closes = minutesOf(options.closes, 'closes');
  const clock = wallClock(options.timeZone);
  const names = namesBeside(intents, options.names);
  const weights = expectationWeights(intents, model.tags);
  const features = featureReader(model.vocabulary);
  const predict = network(model.layers);

  return {
    understand(text, { expecting = 'open', now }) {
      const tokens = normalise(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text);
      if (tokens.length === 0)
        return { text, intent: OUT_OF_SCOPE, confidence: 1, slots: {}, alternatives: [] };
      const { slots, mentions } = readSlots(tokens, {
        expecting,
        now,
        wallClock: clock,
        opens,
        closes,
        names,
      });
      const words = delexicalise(tokens, mentions);
      const input = features(stemWords(words));
      const decision = decideIntent(
        model.tags,
        predict(input),
        weights.get(expecting) ?? [],
        input.coverage,
        model.threshold,
      );
      return { text, ...readAnswer(decision, words, slots, expecting), slots };
    },
  };
}
