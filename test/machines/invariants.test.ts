import fc from 'fast-check';
import {
  concat,
  defer,
  ignoreElements,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  throwError,
  timer,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { AvailabilityOutcome, Booking, BookingOutcome } from '../../src/booking/booking.js';
import type { DialogueEvent } from '../../src/machines/dialogueEvent.js';
import type { DialogueServices } from '../../src/machines/dialogueServices.js';
import type { Prompt } from '../../src/machines/prompt.js';
import { INTENTS } from '../../src/nlu/understanding.js';
import { conversation, rowOf, TUESDAY, WEDNESDAY } from './conversation.js';

/** The longest call, and after it a store that is waited for and a goodbye that is heard out. */
const LONGEST_MS = 900_000 + 10_000 + 15_000;

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const slots = fc
  .record({
    date: optional(fc.constantFrom(TUESDAY, WEDNESDAY)),
    time: optional(fc.constantFrom('11:00', '14:00')),
    partySize: optional(fc.integer({ min: 1, max: 8 })),
    name: optional(fc.constantFrom('Smith', 'Jones')),
    choice: optional(fc.constantFrom(1, 2, -1)),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

const understood = fc
  .record({ intent: fc.constantFrom(...INTENTS), slots })
  .map(({ intent, slots }): DialogueEvent => ({
    type: 'caller.understood',
    understanding: { text: '', intent, confidence: 1, slots, alternatives: [] },
  }));

/** Mostly what leads to a booking, else such runs would be rare. */
const event = fc.oneof(
  { weight: 2, arbitrary: understood },
  {
    weight: 8,
    arbitrary: fc.constantFrom('book', 'affirm', 'affirm').map((intent): DialogueEvent => ({
      type: 'caller.understood',
      understanding: {
        text: '',
        intent,
        confidence: 1,
        slots: intent === 'affirm' ? {} : { date: TUESDAY, time: '14:00', partySize: 2, name: 'Smith' },
        alternatives: [],
      },
    })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<DialogueEvent>(
      { type: 'caller.spoke' },
      { type: 'caller.unclear' },
      { type: 'caller.silent' },
      { type: 'call.resumed' },
      { type: 'prompt.finished', id: 1 },
      { type: 'prompt.finished', id: 99 },
    ),
  },
);

const turns = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 9_000 }), event }), { maxLength: 25 });

/** How a service behaves on each of its calls, in turn; past the end it is quick and well. */
const behaviours = fc.array(
  fc.record({
    kind: fc.constantFrom('well', 'well', 'well', 'refuses', 'fails', 'never'),
    delay: fc.constantFrom(0, 0, 300, 2_500, 9_000),
  }),
  { maxLength: 12 },
);

interface Behaviour {
  readonly kind: string;
  readonly delay: number;
}

/** A desk with a store in memory that behaves as told, and its rows. */
function desk(script: readonly Behaviour[]) {
  const rows = new Map<string, Booking>();
  const left = [...script];
  const answer = <T>(well: () => T, refused: () => T): Observable<T> =>
    defer(() => {
      const { kind, delay } = left.shift() ?? { kind: 'well', delay: 0 };
      if (kind === 'never') return NEVER;
      if (kind === 'fails')
        return concat(
          timer(delay).pipe(ignoreElements()),
          throwError(() => new Error('disk')),
        );
      const value = kind === 'refuses' ? refused : well;
      return concat(
        timer(delay).pipe(ignoreElements()),
        defer(() => of(value())),
      );
    });
  const refused = {
    type: 'refused',
    reason: 'taken',
    alternatives: [{ date: TUESDAY, time: '11:00' }],
  } as const;
  const services: DialogueServices = {
    check: (slot) =>
      answer<AvailabilityOutcome>(
        () => ({ type: 'free', slot }),
        () => refused,
      ),
    freeSlots: (date) =>
      answer(
        () => [{ date, time: '14:00' }],
        () => [],
      ),
    book: (request) =>
      answer<BookingOutcome>(
        () => {
          const booking = rowOf(request);
          rows.set(booking.id, booking);
          return { type: 'committed', booking };
        },
        () => refused,
      ),
    // A store may fail to cancel, but one that says there is no such booking has none.
    cancel: (id) => {
      const cancelled = () => {
        const row = rows.get(id);
        rows.delete(id);
        return row;
      };
      return answer(cancelled, cancelled);
    },
    answer: () =>
      answer(
        () => 'We open at nine.',
        () => 'We are closed.',
      ),
  };
  return { rows, services };
}

const run = fc.record({
  turns,
  script: behaviours,
  asksPartySize: fc.boolean(),
  promptMs: fc.constantFrom(0, 1_500, 12_000, Infinity),
  /** Whether the line is cut after the last turn, or the caller just says nothing more. */
  hangsUp: fc.boolean(),
});

describe('whatever a caller does and however the store behaves', () => {
  it('the call ends within its cap, nothing throws, and what is said about bookings is true', () => {
    const reached = { booked: 0, stopped: 0, unconfirmed: 0 };
    fc.assert(
      fc.property(run, ({ turns, script, asksPartySize, promptMs, hangsUp }) => {
        const { rows, services } = desk(script);
        const prompts: Prompt[] = [];
        const faults: string[] = [];
        let hungUpAt = Infinity;
        let endedAt = Infinity;
        const scheduler = new TestScheduler(() => undefined);
        scheduler.run(({ flush }) => {
          let at = 0;
          const events = turns.map(({ wait, event }) => timer((at += wait)).pipe(map(() => event)));
          const caller$ = merge(...events, hangsUp ? timer((at += 500)).pipe(ignoreElements()) : NEVER);
          if (hangsUp) hungUpAt = at;
          caller$
            .pipe(conversation({ desk: services, input: { asksPartySize }, prompts, promptMs }))
            .subscribe({
              next: () => {
                const said = prompts.at(-1);
                const now = scheduler.now();
                if (now > hungUpAt) faults.push(`said ${String(said?.content.key)} after the caller hung up`);
                if (said?.content.key === 'booked') {
                  reached.booked++;
                  const row = rows.get(said.content.booking.id);
                  if (row === undefined) faults.push('said "booked" without a row');
                  expect(said.content.booking).toEqual(row);
                }
                if (said?.content.key === 'stopped') {
                  reached.stopped++;
                  if (said.content.nothingBooked !== (rows.size === 0)) {
                    faults.push(`said nothing booked ${said.content.nothingBooked} with ${rows.size} rows`);
                  }
                }
                if (said?.content.key === 'unconfirmed') reached.unconfirmed++;
              },
              error: (error: unknown) => faults.push(`failed: ${String(error)}`),
              complete: () => {
                endedAt = scheduler.now();
              },
            });
          flush();
        });
        expect(faults).toEqual([]);
        expect(endedAt).toBeLessThanOrEqual(LONGEST_MS);
        expect(prompts.map(({ id }) => id)).toEqual(prompts.map((_, index) => index + 1));
      }),
      { numRuns: 300 },
    );
    // The property would hold of a desk that never books: this one did.
    expect(reached.booked).toBeGreaterThan(0);
    expect(reached.stopped).toBeGreaterThan(0);
    expect(reached.unconfirmed).toBeGreaterThan(0);
  }, 60_000);
});
