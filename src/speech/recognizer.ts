import type { Observable } from 'rxjs';
import type { Expectation } from '../streams/expectation.js';
import type { SpeechResult } from '../streams/speechResult.js';

/** What a recogniser is told about a call before its first audio. */
export interface RecognizerOptions {
  /** BCP 47, such as `en-GB`. */
  readonly language: string;
  /** What the last question listens for; replays its current value to each subscriber. */
  readonly expectation$: Observable<Expectation>;
}

/** The port of speech to text: one subscription is one recognition stream, ended by unsubscribing. */
export interface Recognizer {
  /**
   * Turns a call's audio into results.
   * @param audio$ μ-law, 8000 Hz, without gaps, in pieces of any length.
   * @returns results in the order they were heard; errors when the provider fails, completes after the
   * audio completes and the last final result is out.
   */
  recognize(audio$: Observable<Uint8Array>, options: RecognizerOptions): Observable<SpeechResult>;
}
