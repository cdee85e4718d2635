import { catchError, defer, EMPTY, ignoreElements, mergeMap, type OperatorFunction } from 'rxjs';
import type { Voice } from './voice.js';

/**
 * Sentences that may soon be spoken → nothing, but a voice that keeps what it has spoken then has them ready.
 * One that fails is left alone: it is asked for again, and heard of, when the sentence is really needed.
 */
export function prepare(voice: Voice): OperatorFunction<string, never> {
  return mergeMap((sentence) =>
    defer(() => voice.synthesize(sentence)).pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    ),
  );
}
