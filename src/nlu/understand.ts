import { asyncScheduler, map, type OperatorFunction, type SchedulerLike } from 'rxjs';
import type { Utterance } from '../streams/utterance.js';
import type { ReadingContext, Understander } from './understander.js';
import type { Understanding } from './understanding.js';

/** An utterance and what it means. */
export interface Understood {
  /** When the utterance came, on the scheduler's clock. */
  readonly at: number;
  readonly utterance: Utterance;
  /** Absent when the speech could not be made out. */
  readonly understanding?: Understanding;
  /** When it was understood, on the same clock. */
  readonly understoodAt: number;
}

/**
 * Utterances → their meaning, each at once.
 *
 * An utterance without words means nothing and is passed on without asking the understander. Errors when the
 * understander or the context throws; errors and completes with its source.
 *
 * @param context read anew for each utterance that has words: the question changes and the desk's clock moves.
 */
export function understand(
  understander: Understander,
  context: () => ReadingContext,
  scheduler: SchedulerLike = asyncScheduler,
): OperatorFunction<Utterance, Understood> {
  return map((utterance) => {
    const at = scheduler.now();
    if (utterance.text === '') return { at, utterance, understoodAt: at };
    const understanding = understander.understand(utterance.text, context());
    return { at, utterance, understanding, understoodAt: scheduler.now() };
  });
}
