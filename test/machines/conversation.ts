import { delay, filter, map, merge, type Observable, of, Subject, tap } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import type { AvailabilityOutcome, Booking, BookingOutcome } from '../../src/booking/booking.js';
import { dialogue } from '../../src/machines/dialogue.js';
import { dialogueActors } from '../../src/machines/dialogueActors.js';
import type { DialogueInput } from '../../src/machines/dialogueContext.js';
import type { DialogueEvent } from '../../src/machines/dialogueEvent.js';
import { dialogueMachine } from '../../src/machines/dialogueMachine.js';
import type { DialogueServices } from '../../src/machines/dialogueServices.js';
import type { Prompt } from '../../src/machines/prompt.js';
import type { Slots, Understanding } from '../../src/nlu/understanding.js';

/** How long every prompt takes to be heard in these conversations. */
const PROMPT_MS = 1_000;

export const SMITH: Booking = {
  id: 'b1',
  date: '2026-11-24',
  time: '14:00',
  name: 'Smith',
  status: 'booked',
};

/** A caller's turn that was understood. */
export function said(intent: Understanding['intent'], slots: Slots = {}): DialogueEvent {
  return {
    type: 'caller.understood',
    understanding: { text: intent, intent, confidence: 1, slots, alternatives: [] },
  };
}

/** Services that find every hour free and commit every booking, unless told otherwise. */
export function services(overrides: Partial<DialogueServices> = {}): DialogueServices {
  return {
    check: (slot) => of<AvailabilityOutcome>({ type: 'free', slot }),
    freeSlots: (date) => of([{ date, time: '09:00' }]),
    book: (request) =>
      of<BookingOutcome>({
        type: 'committed',
        booking: { ...SMITH, date: request.date, time: request.time, name: request.name },
      }),
    cancel: () => of(undefined),
    answer: () => of('We open at nine.'),
    ...overrides,
  };
}

/**
 * A conversation in virtual time: the caller's turns as marbles in, what the desk says as marbles out, one
 * prompt key a marble (behind its preface's key, if any). Every prompt is heard to its end.
 */
export function conversation(
  scheduler: TestScheduler,
  desk: DialogueServices = services(),
  input: Partial<DialogueInput> = {},
  prompts: Prompt[] = [],
) {
  return (events$: Observable<DialogueEvent>) => {
    const heard$ = new Subject<DialogueEvent>();
    const machine = dialogueMachine.provide({ actors: dialogueActors(desk, () => undefined, scheduler) });
    return merge(events$, heard$).pipe(
      dialogue(machine, { callId: 'CA1', asksPartySize: false, answerable: ['hours'], ...input }, scheduler),
      filter((output) => output.type === 'say'),
      tap(({ prompt }) => {
        prompts.push(prompt);
        of<DialogueEvent>({ type: 'prompt.finished', id: prompt.id })
          .pipe(delay(PROMPT_MS, scheduler))
          .subscribe((event) => {
            heard$.next(event);
          });
      }),
      map(({ prompt: { preface, content } }) => (preface ? `${preface.key}, ${content.key}` : content.key)),
    );
  };
}
