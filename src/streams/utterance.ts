/** What a caller said in one turn. */
export interface Utterance {
  /** As recognised, lower case; empty when speech was heard that could not be made out. */
  readonly text: string;
  /** The recogniser's confidence, 0 to 1. */
  readonly confidence: number;
  /** Milliseconds from the end of speech to the decision that the turn was over. */
  readonly endpointingMs: number;
  /** Milliseconds from that decision to the text. */
  readonly recognitionMs: number;
}
