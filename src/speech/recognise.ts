import {
  asyncScheduler,
  catchError,
  NEVER,
  type OperatorFunction,
  retry,
  type SchedulerLike,
  timer,
} from 'rxjs';
import type { SpeechResult } from '../streams/speechResult.js';
import type { Recognizer, RecognizerOptions } from './recognizer.js';

/** How often in a row a recogniser is started again. */
const RETRIES = 5;
/** The wait before the first of them, in milliseconds; it doubles with each. */
const FIRST_DELAY_MS = 100;

/**
 * Audio → what a recogniser makes of it, over the recogniser's failures.
 *
 * ```
 * (r: a result, x: the recogniser fails, e: onError)
 * recogniser  -r--r-x   -r--x   -x    …
 * recognise   -r--r-------r----------------
 * onError     ------e-------e----e----- …
 *                   100 ms  100 ms  200 ms     a result makes the wait short again
 * ```
 *
 * Each failure is reported; the recogniser is then subscribed again, and with it the audio, after 100 ms, and
 * after twice the wait each time that it fails without a result in between. With the sixth failure in a row it
 * is given up: nothing is heard any more, without an error or an end, since the dialogue knows what to say to
 * silence. Completes with the recogniser.
 */
export function recognise(
  recognizer: Recognizer,
  options: RecognizerOptions,
  onError: (error: unknown) => void,
  scheduler: SchedulerLike = asyncScheduler,
): OperatorFunction<Uint8Array, SpeechResult> {
  return (audio$) =>
    recognizer.recognize(audio$, options).pipe(
      retry({
        count: RETRIES,
        resetOnSuccess: true,
        delay: (error, attempt) => {
          onError(error);
          return timer(FIRST_DELAY_MS * 2 ** (attempt - 1), scheduler);
        },
      }),
      catchError((error: unknown) => {
        onError(error);
        return NEVER;
      }),
    );
}
