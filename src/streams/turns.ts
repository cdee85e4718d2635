import { asyncScheduler, Observable } from 'rxjs';
import type { OperatorFunction, SchedulerLike, Subscription } from 'rxjs';
import type { SpeechResult } from './speechResult.js';
import type { Utterance } from './utterance.js';

/** The confidence of words that no final result confirmed: as likely as not. */
const UNCONFIRMED_CONFIDENCE = 0.5;

export interface TurnsOptions {
  /** Milliseconds that an interim result waits for a further result; default 2,000. */
  readonly interimPatience?: number;
  readonly scheduler?: SchedulerLike;
}

/**
 * Turns what a recogniser says into what the caller said, turn by turn.
 *
 * ```
 * (i: interim, f: final, u: utterance)
 * results   s-i-i-f---s-i-------f---
 * turns     ------u---------u-------   the second f says the same as the u before it
 * ```
 *
 * - A final result is an utterance at once, also with an empty text: that is speech which could not be made
 *   out.
 * - Interim words that no further result follows within `interimPatience`, or before the results complete,
 *   are an utterance too: a recogniser that loses a final must not silence the caller. Its confidence is
 *   0.5, its `endpointingMs` the wait. The final of that stretch of speech, should it come after all, is
 *   left out when it says the same (letter case and punctuation apart). No other final is.
 *
 * Texts are trimmed and put in lower case. An error of the results is passed on at once.
 */
export function turns({
  interimPatience = 2000,
  scheduler = asyncScheduler,
}: TurnsOptions = {}): OperatorFunction<SpeechResult, Utterance> {
  if (!(interimPatience > 0)) {
    throw new RangeError(
      `turns: interimPatience is ${interimPatience}; give the milliseconds of the wait, more than 0.`,
    );
  }

  return (results$) =>
    new Observable((subscriber) => {
      /** The newest interim words of this stretch of speech. */
      let interim = '';
      let interimAt = 0;
      /** The words of this stretch that became an utterance without a final result. */
      let promoted: string | undefined;
      let timer: Subscription | undefined;

      const promote = (): void => {
        timer?.unsubscribe();
        if (interim === '') return;
        const text = interim;
        interim = '';
        promoted = wordsOf(text);
        subscriber.next({
          text,
          confidence: UNCONFIRMED_CONFIDENCE,
          endpointingMs: scheduler.now() - interimAt,
          recognitionMs: 0,
        });
      };

      const wait = (): void => {
        timer?.unsubscribe();
        if (interim !== '') timer = scheduler.schedule(promote, interimPatience);
      };

      subscriber.add(() => {
        timer?.unsubscribe();
      });
      subscriber.add(
        results$.subscribe({
          next: (result) => {
            switch (result.type) {
              case 'speechStart':
                promoted = undefined;
                wait();
                break;
              case 'interim': {
                const text = normalise(result.text);
                // Said again of words that are an utterance already: nothing new to wait for.
                interim = wordsOf(text) === promoted ? '' : text;
                interimAt = scheduler.now();
                wait();
                break;
              }
              case 'final': {
                const { confidence, endpointingMs, recognitionMs } = result;
                const text = normalise(result.text);
                const said = text !== '' && wordsOf(text) === promoted;
                interim = '';
                promoted = undefined;
                wait();
                if (!said) subscriber.next({ text, confidence, endpointingMs, recognitionMs });
                break;
              }
            }
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            promote();
            subscriber.complete();
          },
        }),
      );
    });
}

function normalise(text: string): string {
  return text.trim().toLowerCase();
}

/** Recognisers punctuate their finals only. */
function wordsOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
