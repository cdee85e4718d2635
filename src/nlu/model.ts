import type { Vocabulary } from './features.js';
import type { DenseLayer } from './network.js';

/** What is kept beside the weights of a trained network. */
export interface ModelMetadata {
  /** {@link patternsHash} of the intents it was trained from. */
  readonly patterns: string;
  /** What its outputs stand for, in order. */
  readonly tags: readonly string[];
  readonly vocabulary: Vocabulary;
  /** Confidence below which an utterance is out of scope; fitted on patterns kept from training. */
  readonly threshold: number;
}

/** A trained intent network. */
export interface IntentModel extends ModelMetadata {
  readonly layers: readonly DenseLayer[];
}
