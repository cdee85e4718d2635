import { defer, delay, finalize, filter, map, merge, type Observable, of, Subject, tap } from 'rxjs';
import type {
  AvailabilityOutcome,
  Booking,
  BookingOutcome,
  BookingRequest,
} from '../../src/booking/booking.js';
import { dialogue } from '../../src/machines/dialogue.js';
import { dialogueActors } from '../../src/machines/dialogueActors.js';
import type { DialogueInput } from '../../src/machines/dialogueContext.js';
import type { DialogueEvent } from '../../src/machines/dialogueEvent.js';
import { dialogueMachine } from '../../src/machines/dialogueMachine.js';
import type { DialogueServices } from '../../src/machines/dialogueServices.js';
import type { Prompt } from '../../src/machines/prompt.js';
import type { Slots, Understanding } from '../../src/nlu/understanding.js';

export const TUESDAY = '2026-11-24';
export const WEDNESDAY = '2026-11-25';

/** A caller's turn that was understood. */
export function said(intent: Understanding['intent'], slots: Slots = {}): DialogueEvent {
  return {
    type: 'caller.understood',
    understanding: { text: intent, intent, confidence: 1, slots, alternatives: [] },
  };
}

/** The row that a store writes for a request. */
export function rowOf({ date, time, name, phone, partySize, callId, requestId }: BookingRequest): Booking {
  return {
    id: `${callId}/${requestId}`,
    date,
    time,
    name,
    ...(phone !== undefined && { phone }),
    ...(partySize !== undefined && { partySize }),
    status: 'booked',
  };
}

/** Services that find every hour free and commit every booking at once, unless told otherwise. */
export function services(overrides: Partial<DialogueServices> = {}): DialogueServices {
  return {
    check: (slot) => of<AvailabilityOutcome>({ type: 'free', slot }),
    freeSlots: () => of([]),
    book: (request) => of<BookingOutcome>({ type: 'committed', booking: rowOf(request) }),
    cancel: () => of(undefined),
    answer: () => of('We open at nine.'),
    ...overrides,
  };
}

export const INPUT: DialogueInput = { callId: 'CA1', asksPartySize: false, answerable: ['hours'] };

/** How a conversation differs from the plainest one. */
export interface ConversationOptions {
  readonly desk?: DialogueServices;
  readonly input?: Partial<DialogueInput>;
  /** Collects the prompts with their facts. */
  readonly prompts?: Prompt[];
  /** How long every prompt takes to be heard, in milliseconds; Infinity when its end is never reported. */
  readonly promptMs?: number;
}

/**
 * A conversation in virtual time, to be used inside `virtualTime`: the caller's turns as marbles in, what the
 * desk says as marbles out, one prompt key a marble (behind its preface's key, if any). The end of the caller's
 * marbles is a hang-up.
 */
export function conversation({ desk, input, prompts, promptMs = 1_000 }: ConversationOptions = {}) {
  const machine = dialogueMachine.provide({ actors: dialogueActors(desk ?? services(), () => undefined) });
  return (events$: Observable<DialogueEvent>): Observable<string> =>
    defer(() => {
      const heard$ = new Subject<DialogueEvent>();
      const hangUp = () => {
        heard$.complete();
      };
      return merge(events$.pipe(finalize(hangUp)), heard$).pipe(
        dialogue(machine, { ...INPUT, ...input }),
        filter((output) => output.type === 'say'),
        tap(({ prompt }) => {
          prompts?.push(prompt);
          if (promptMs === Infinity) return;
          of<DialogueEvent>({ type: 'prompt.finished', id: prompt.id })
            .pipe(delay(promptMs))
            .subscribe((event) => {
              heard$.next(event);
            });
        }),
        map(({ prompt: { preface, content } }) => (preface ? `${preface.key}, ${content.key}` : content.key)),
      );
    });
}
