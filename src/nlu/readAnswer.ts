import type { Expectation } from '../streams/expectation.js';
import type { Decision } from './decideIntent.js';
import type { Intent, Slots } from './understanding.js';

/** What is said around a fact that answers a question, and adds nothing to it. */
const AROUND_FACT = new Set(
  "please thanks thank you yes yeah yep no okay ok oh well so um the a an at on for in about around it it's is that's my name number i'd i'll take have like say let's one make just there are will be we of us with and to this i'm call me mr mrs under".split(
    ' ',
  ),
);
const REFUSALS = new Set(['no', 'nope', 'nah', 'not']);
const AGREEMENTS = new Set(['yes', 'yeah', 'yep', 'yup']);
/** "Yes, but at three": agreement that takes itself back. */
const RESERVATIONS = new Set(['but', 'actually', 'except', 'only', 'instead', 'make', 'change']);
/** How sure an answer is that says just what was asked. */
const SURE = 0.95;

function isSlot(expecting: Expectation): expecting is Expectation & keyof Slots {
  return expecting !== 'open' && expecting !== 'confirmation' && expecting !== 'anythingElse';
}

function choose(decision: Decision, intent: Intent): Decision {
  if (decision.intent === intent) return { ...decision, confidence: Math.max(decision.confidence, SURE) };
  const others = [{ intent: decision.intent, confidence: decision.confidence }, ...decision.alternatives];
  return {
    intent,
    confidence: SURE,
    alternatives: others.filter((other) => other.intent !== intent).slice(0, 3),
  };
}

/**
 * What an utterance means as the answer to the question just asked:
 * - nothing but the fact that was asked for (and words such as "please") is `inform`;
 * - asked to confirm or to choose, an answer with facts that begins with "no" is `deny`, and keeps its slots:
 *   "no, wednesday" refuses what was offered and says what is wanted instead;
 * - asked to confirm, one that begins with "yes" and takes nothing back is `affirm`: "yes, tuesday at two".
 * @param words the utterance, its slots replaced by their places
 */
export function readAnswer(
  decision: Decision,
  words: readonly string[],
  slots: Slots,
  expecting: Expectation,
): Decision {
  const [first = ''] = words;
  const isOffer = expecting === 'confirmation' || expecting === 'choice';
  const hasFacts = words.some((word) => word.startsWith('{'));
  if (isOffer && hasFacts && REFUSALS.has(first)) return choose(decision, 'deny');
  if (expecting === 'confirmation' && hasFacts && AGREEMENTS.has(first)) {
    if (!words.some((word) => RESERVATIONS.has(word))) return choose(decision, 'affirm');
  }
  const isFactOnly = hasFacts && words.every((word) => word.startsWith('{') || AROUND_FACT.has(word));
  // The hours on offer are chosen by saying one.
  const answers =
    isSlot(expecting) && (slots[expecting] ?? (expecting === 'choice' ? slots.time : undefined));
  if (isFactOnly && answers !== undefined && answers !== false) return choose(decision, 'inform');
  return decision;
}
