import { from, Observable } from 'rxjs';
import type { ObservableInput, OperatorFunction, Subscription } from 'rxjs';

export interface KeepLatestOptions<T> {
  /** Told of each value that is dropped because newer ones had no room. */
  readonly onDrop?: (value: T) => void;
}

/**
 * `concatMap` with a queue that cannot grow: values wait for the one in work, the newest `capacity` of them;
 * when there is no room the value that has waited longest is dropped. For live audio in front of a slow
 * recogniser, where old is worth less than late. Results keep the order of their values.
 *
 * ```
 * source                          a-b-c-d--------|
 * inner of each                   ----r|
 * keepLatest(2, …)                ----r----r----(r|)   of a, c and d; b was dropped
 * ```
 *
 * Completes when the source has completed and the queue is worked off. Errors at once when the source, an
 * inner observable or `project` does; what waits is lost then.
 *
 * @param capacity values that may wait besides the one in work; a whole number, at least 1.
 */
export function keepLatest<T, R>(
  capacity: number,
  project: (value: T) => ObservableInput<R>,
  { onDrop }: KeepLatestOptions<T> = {},
): OperatorFunction<T, R> {
  if (!Number.isInteger(capacity) || capacity < 1) {
    throw new RangeError(`keepLatest: capacity is ${capacity}; give a whole number of values, at least 1.`);
  }

  return (source) =>
    new Observable((subscriber) => {
      const waiting: T[] = [];
      let working = false;
      let draining = false;
      let completed = false;
      let current: Subscription | undefined;

      // A loop, since inner observables that complete at once would otherwise nest as deep as the queue.
      const drain = (): void => {
        if (draining) return;
        draining = true;
        while (!working && waiting.length > 0 && !subscriber.closed) {
          work(waiting.shift() as T);
        }
        draining = false;
        if (completed && !working) subscriber.complete();
      };

      const work = (value: T): void => {
        working = true;
        let inner: Observable<R>;
        try {
          inner = from(project(value));
        } catch (error) {
          subscriber.error(error);
          return;
        }
        current = inner.subscribe({
          next: (result) => {
            subscriber.next(result);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            working = false;
            drain();
          },
        });
        // It may have been what made the subscriber unsubscribe, before there was anything to cancel.
        if (subscriber.closed) current.unsubscribe();
      };

      subscriber.add(() => {
        current?.unsubscribe();
      });

      subscriber.add(
        source.subscribe({
          next: (value) => {
            waiting.push(value);
            if (working && waiting.length > capacity) {
              const oldest = waiting.shift() as T;
              onDrop?.(oldest);
            }
            drain();
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            completed = true;
            drain();
          },
        }),
      );
    });
}
