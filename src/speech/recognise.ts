import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  NEVER,
  of,
  type OperatorFunction,
  retry,
  type SchedulerLike,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { SpeechResult } from '../streams/speechResult.js';
import type { Recognizer, RecognizerOptions } from './recognizer.js';

/** How often in a row a recogniser is started again. */
const RETRIES = 5;
/** The wait before the first of them, in milliseconds; it doubles with each. */
const FIRST_DELAY_MS = 100;
/** Speech that nothing could be made of. */
const NOT_HEARD: SpeechResult = {
  type: 'final',
  text: '',
  confidence: 0,
  endpointingMs: 0,
  recognitionMs: 0,
};

/**
 * Audio → what a recogniser makes of it, over the recogniser's failures.
 *
 * ```
 * (s: speech starts, f: a final result, x: the recogniser fails, n: a final without words)
 * recogniser  -sf-s-x   -sf--x   -x    …
 * recognise   -sf-s-n----sf--------------
 * onError     ------e--------e----e---- …
 *                   100 ms   100 ms  200 ms     a final makes the wait short again
 * ```
 *
 * Each failure is reported. Speech that was being heard then ends as a final result without words, so that the
 * caller is asked again rather than waited for. The recogniser is subscribed again, and with it the audio,
 * after 100 ms, and after twice the wait each time that it fails without a final result in between. With the
 * sixth failure in a row it is given up: nothing is heard any more, without an error or an end, since the
 * dialogue knows what to say to silence. Completes with the recogniser.
 */
export function recognise(
  recognizer: Recognizer,
  options: RecognizerOptions,
  onError: (error: unknown) => void,
  scheduler: SchedulerLike = asyncScheduler,
): OperatorFunction<Uint8Array, SpeechResult> {
  return (audio$) =>
    defer(() => {
      let failures = 0;
      let isSpeaking = false;
      return recognizer.recognize(audio$, options).pipe(
        tap((result) => {
          if (result.type === 'speechStart') isSpeaking = true;
          if (result.type !== 'final') return;
          isSpeaking = false;
          failures = 0;
        }),
        catchError((error: unknown) => {
          const unheard$ = isSpeaking ? of(NOT_HEARD) : EMPTY;
          isSpeaking = false;
          return concat(
            unheard$,
            throwError(() => error),
          );
        }),
        retry({
          delay: (error) => {
            onError(error);
            failures += 1;
            return failures > RETRIES
              ? throwError(() => error as unknown)
              : timer(FIRST_DELAY_MS * 2 ** (failures - 1), scheduler);
          },
        }),
        // Reported already.
        catchError(() => NEVER),
      );
    });
}
