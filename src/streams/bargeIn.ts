import { Observable } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { SpeechResult } from './speechResult.js';

/** What the desk is doing with its voice. Each `playing: true` says that a prompt begins. */
export type Playback =
  | { readonly playing: false }
  | {
      readonly playing: true;
      /** False for a prompt that noise must not cut: only words that the recogniser settled on do. */
      readonly interruptible: boolean;
    };

/** The caller talks over the desk: what is still to be spoken should be cleared. */
export interface BargeIn {
  readonly type: 'bargeIn';
  /** The result that gave it away. */
  readonly cause: SpeechResult;
}

/**
 * Tells when the caller interrupts what the desk is saying: once a prompt at most.
 *
 * ```
 * (s: speech start, i: interim, f: final; P: a prompt begins, -: it ends)
 * results   s--f-----s-i-f--------s--i-f-
 * playback  -----P-------------------P---
 * bargeIn   ---------b---------------b---
 * ```
 *
 * - While an interruptible prompt plays, the start of speech is enough, and so are words: an interim or
 *   final result whose text is not empty. Speech that started before the prompt thus counts only when it
 *   goes on to words; a cough before it, or a final that nothing could be made of, does not.
 * - While a prompt plays that is not interruptible, only a final result with words counts: the desk then has
 *   something to answer, which must not wait in line behind a prompt it replaces.
 *
 * Completes with the results. Errors when the results or the playback do; playback may complete.
 *
 * @param playback$ replays its current value to each subscriber; taken as not playing before its first.
 */
export function bargeIn(playback$: Observable<Playback>): OperatorFunction<SpeechResult, BargeIn> {
  return (results$) =>
    new Observable((subscriber) => {
      let playback: Playback = { playing: false };
      let interrupted = false;

      subscriber.add(
        playback$.subscribe({
          next: (value) => {
            playback = value;
            interrupted = false;
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
        }),
      );
      subscriber.add(
        results$.subscribe({
          next: (result) => {
            if (!playback.playing || interrupted) return;
            const words = result.type !== 'speechStart' && result.text !== '';
            const counts = playback.interruptible
              ? result.type === 'speechStart' || words
              : result.type === 'final' && words;
            if (!counts) return;
            interrupted = true;
            subscriber.next({ type: 'bargeIn', cause: result });
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        }),
      );
    });
}
