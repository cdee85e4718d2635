import { asyncScheduler, Observable, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { createActor } from 'xstate';
import type { Booking } from '../booking/booking.js';
import type { DialogueInput } from './dialogueContext.js';
import type { DialogueEvent } from './dialogueEvent.js';
import type { dialogueMachine } from './dialogueMachine.js';
import type { Prompt } from './prompt.js';
import { rxClock } from './rxClock.js';

/** Where a dialogue is: the active states of its two regions, as dotted paths. */
export interface DialogueState {
  /** What the call is about now, such as `active.collecting.askingDate`. */
  readonly task: string;
  /** Whose turn it is: `speaking`, `listening`, `hearing`, `working` or `over`. */
  readonly turn: string;
}

/** What comes out of a dialogue. */
export type DialogueOutput =
  | { readonly type: 'say'; readonly prompt: Prompt }
  | { readonly type: 'state'; readonly state: DialogueState; readonly booked: readonly Booking[] };

type StateValue = string | { readonly [key: string]: StateValue | undefined };

function path(value: StateValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([state, child]) => `${state}.${path(child)}`)
    .join(' ');
}

/**
 * The dialogue machine as an operator: events of the caller in, prompts and states out.
 *
 * Each subscription is one conversation with a machine of its own, whose `after` delays run on `scheduler`.
 * Completes when the conversation is over; the completion of the source counts as a hang-up. An error of the
 * source or of the machine is passed on. Unsubscribing stops the machine and its actors.
 *
 * ```
 * events:   ----------u(book)-------------u(tomorrow)----
 * dialogue('...'):
 *           g---------d-------------------t--------------    g: greeting, d: askDate, t: askTime
 * ```
 *
 * @param machine the dialogue machine with its actors provided
 */
export function dialogue(
  machine: typeof dialogueMachine,
  input: DialogueInput,
  scheduler: SchedulerLike = asyncScheduler,
): OperatorFunction<DialogueEvent, DialogueOutput> {
  return (events$) =>
    new Observable<DialogueOutput>((subscriber) => {
      const actor = createActor(machine, { input, clock: rxClock(scheduler) });
      // Entry actions emit during start: listeners must be there before it.
      actor.on('say', ({ prompt }) => {
        subscriber.next({ type: 'say', prompt });
      });
      let last: DialogueState | undefined;
      actor.subscribe({
        next: ({ value, context }) => {
          const state = { task: path(value.task), turn: path(value.turn) };
          if (state.task === last?.task && state.turn === last.turn) return;
          last = state;
          subscriber.next({ type: 'state', state, booked: context.booked });
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
        complete: () => {
          subscriber.complete();
        },
      });
      actor.start();
      subscriber.add(() => actor.stop());
      subscriber.add(
        events$.subscribe({
          next: (event) => {
            actor.send(event);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            actor.send({ type: 'call.ended' });
          },
        }),
      );
    });
}
