import type { Intent } from './understanding.js';

/** An intent and how sure the network is of it. */
export interface Candidate {
  readonly intent: string;
  /** 0 to 1 */
  readonly confidence: number;
}

/** The chosen intent, and the next best. */
export interface Decision extends Candidate {
  readonly alternatives: readonly Candidate[];
}

export const OUT_OF_SCOPE: Intent = 'out_of_scope';
const ALTERNATIVES = 3;
/** Less likely alternatives say nothing. */
const FAINT = 0.01;

/**
 * Chooses an intent from a network's probabilities.
 *
 * Each is weighed by how expected its tag is, then by the squared share of known words: a network is sure of
 * sentences whose every word is foreign to it. Below the threshold the utterance is out of scope.
 * @param probabilities one for each tag
 * @param weights one for each tag: 1 for a tag that the open question expects, less for others
 * @param coverage share of known stems, 0 to 1
 */
export function decideIntent(
  tags: readonly string[],
  probabilities: Float32Array,
  weights: readonly number[],
  coverage: number,
  threshold: number,
): Decision {
  const weighed = tags.map((intent, index) => ({
    intent,
    confidence: (probabilities[index] ?? 0) * (weights[index] ?? 1),
  }));
  let total = 0;
  for (const candidate of weighed) total += candidate.confidence;
  const known = coverage * coverage;
  for (const candidate of weighed) {
    candidate.confidence /= total;
    if (candidate.intent !== OUT_OF_SCOPE) candidate.confidence *= known;
  }
  weighed.sort((a, b) => b.confidence - a.confidence);
  const best = weighed[0];
  const isKnown = best !== undefined && best.intent !== OUT_OF_SCOPE && best.confidence >= threshold;
  const intent = isKnown ? best.intent : OUT_OF_SCOPE;
  const confidence = isKnown
    ? best.confidence
    : best?.intent === OUT_OF_SCOPE
      ? best.confidence
      : 1 - (best?.confidence ?? 0);
  const alternatives = weighed
    .filter((candidate) => candidate.intent !== intent && candidate.confidence >= FAINT)
    .slice(0, ALTERNATIVES);
  return { intent, confidence, alternatives };
}
