import {
  asyncScheduler,
  catchError,
  defaultIfEmpty,
  defer,
  from,
  map,
  type Observable,
  of,
  type SchedulerLike,
  take,
  timeout,
} from 'rxjs';
import { fromEventObservable } from 'xstate';
import type { BookingRequest, Slot } from '../booking/booking.js';
import type { Understanding } from '../nlu/understanding.js';
import type { BookingEvent, DeskAnswered } from './dialogueEvent.js';
import type { DialogueServices } from './dialogueServices.js';

/** How long a side question waits for its answer, in milliseconds. */
const ANSWER_TIMEOUT = 5_000;

/**
 * The dialogue's actors: each asks a service once and sends the answer to the machine as an event.
 * A service that fails is an event too (`booking.failed`), since the caller must be told; the error itself
 * goes to `onError`.
 */
export function dialogueActors(
  services: DialogueServices,
  onError: (error: unknown) => void,
  scheduler: SchedulerLike = asyncScheduler,
) {
  const failed = (error: unknown): Observable<BookingEvent> => {
    onError(error);
    return of({ type: 'booking.failed' });
  };
  const asEvents = (ask: () => Observable<BookingEvent>) => defer(ask).pipe(catchError(failed));

  return {
    checkSlot: fromEventObservable<BookingEvent, Slot>(({ input }) =>
      asEvents(() =>
        from(services.check(input)).pipe(
          map((outcome) =>
            outcome.type === 'free'
              ? { type: 'booking.free', slot: outcome.slot }
              : { ...outcome, type: 'booking.refused' },
          ),
        ),
      ),
    ),
    listSlots: fromEventObservable<BookingEvent, { date: string }>(({ input: { date } }) =>
      asEvents(() =>
        from(services.freeSlots(date)).pipe(map((slots) => ({ type: 'booking.listed', date, slots }))),
      ),
    ),
    bookSlot: fromEventObservable<BookingEvent, BookingRequest>(({ input }) =>
      asEvents(() =>
        from(services.book(input)).pipe(
          map((outcome) =>
            outcome.type === 'committed'
              ? { type: 'booking.committed', booking: outcome.booking }
              : { ...outcome, type: 'booking.refused' },
          ),
        ),
      ),
    ),
    withdrawBooking: fromEventObservable<BookingEvent, { id: string }>(({ input: { id } }) =>
      asEvents(() => from(services.cancel(id)).pipe(map(() => ({ type: 'booking.withdrawn' })))),
    ),
    answer: fromEventObservable<DeskAnswered, Understanding>(({ input }) =>
      defer(() => services.answer(input)).pipe(
        timeout({ first: ANSWER_TIMEOUT, scheduler }),
        take(1),
        // A method that gives nothing back would leave the caller waiting until the call is over.
        defaultIfEmpty(undefined),
        map((text): DeskAnswered => ({ type: 'desk.answered', ...(text !== undefined && { text }) })),
        catchError((error: unknown) => {
          onError(error);
          return of<DeskAnswered>({ type: 'desk.answered' });
        }),
      ),
    ),
  };
}

export type DialogueActors = ReturnType<typeof dialogueActors>;
