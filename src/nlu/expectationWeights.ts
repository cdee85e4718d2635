import type { Expectation } from '../streams/expectation.js';
import { EXPECTATION_NAMES, listensFor, type Intents } from './intents.js';
import { OUT_OF_SCOPE } from './decideIntent.js';

/** How much less an intent counts while a question is open that does not expect it. */
const UNEXPECTED = 0.35;

/**
 * For each question, how much each tag counts, from `expecting` in the intents file. "Fine" after a question
 * to confirm is agreement; said first, it may be a greeting. Before any question nothing is unexpected, so
 * `open` weighs all alike, and out of scope always counts in full.
 */
export function expectationWeights(
  intents: Intents,
  tags: readonly string[],
): ReadonlyMap<Expectation, readonly number[]> {
  const byTag = new Map(intents.intents.map((intent) => [intent.tag, intent]));
  return new Map(
    EXPECTATION_NAMES.map((expecting) => [
      expecting,
      tags.map((tag) => {
        const intent = byTag.get(tag);
        const isExpected =
          expecting === 'open' ||
          tag === (OUT_OF_SCOPE as string) ||
          intent === undefined ||
          listensFor(intent, expecting);
        return isExpected ? 1 : UNEXPECTED;
      }),
    ]),
  );
}
