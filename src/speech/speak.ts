import {
  asyncScheduler,
  catchError,
  concatMap,
  defaultIfEmpty,
  defer,
  forkJoin,
  map,
  of,
  type OperatorFunction,
  type SchedulerLike,
  timeout,
} from 'rxjs';
import type { PlayoutCommand } from '../streams/playout.js';
import type { Voice } from './voice.js';

/** A prompt in words. */
export interface SpokenPrompt {
  /** Names the prompt in the playout and in its mark. */
  readonly id: string;
  /** Spoken one after another, each synthesised by itself: so a cache serves those that it has. */
  readonly sentences: readonly string[];
}

const NO_AUDIO = new Uint8Array(0);
/** A voice that takes longer for a sentence does not answer at all. */
const SENTENCE_TIMEOUT_MS = 5_000;

/**
 * Prompts in words → prompts in audio, in order; the sentences of one are synthesised at the same time.
 *
 * ```
 * (p: two sentences, of which the voice takes 20 and 40 ms)
 * prompts   p--------p-----------
 * speak     ----a--------a-------
 * ```
 *
 * A sentence that cannot be spoken, or not within 5 s, is reported and left out; a prompt of which nothing is left is played as
 * empty audio, so that its end is still known. Errors and completes with the prompts.
 */
export function speak(
  voice: Voice,
  onError: (error: unknown) => void,
  scheduler: SchedulerLike = asyncScheduler,
): OperatorFunction<SpokenPrompt, PlayoutCommand> {
  const spoken = (sentence: string) =>
    defer(() => voice.synthesize(sentence)).pipe(
      timeout({ first: SENTENCE_TIMEOUT_MS, scheduler }),
      catchError((error: unknown) => {
        onError(error);
        return of(NO_AUDIO);
      }),
    );
  return concatMap(({ id, sentences }) =>
    forkJoin(sentences.map(spoken)).pipe(
      defaultIfEmpty([]),
      map((audio): PlayoutCommand => ({ type: 'play', id, audio: new Uint8Array(Buffer.concat(audio)) })),
    ),
  );
}
