import { ignoreElements, NEVER, type Observable, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Booking, BookingOutcome, BookingRequest } from '../../src/booking/booking.js';
import type { DialogueEvent } from '../../src/machines/dialogueEvent.js';
import type { Prompt } from '../../src/machines/prompt.js';
import { virtualTime } from '../streams/virtualTime.js';
import { conversation, rowOf, said, services } from './conversation.js';
import { CALLER, DESK } from './marbleWords.js';
import { eventsTo, FULL_INPUT, SILENT_SERVICES, WAITING_STATES, WORKING_STATES } from './pathsToStates.js';

/** Leads a call into a state, ends it there with a word, and tells what was said last of all. */
function lastWords(state: string, word: DialogueEvent) {
  const prompts: Prompt[] = [];
  virtualTime(({ cold, expectObservable }) => {
    const events = [...eventsTo(state), word];
    // One event a second, and a last prompt of a second.
    const caller = events.map((_, index) => `999ms ${String.fromCharCode(97 + index)}`).join(' ');
    const values = Object.fromEntries(events.map((event, index) => [String.fromCharCode(97 + index), event]));
    const said$ = cold(caller, values).pipe(
      conversation({ desk: SILENT_SERVICES, input: FULL_INPUT, prompts }),
    );
    expectObservable(said$.pipe(ignoreElements())).toBe(`${events.length * 1_000 + 999}ms |`);
  });
  return prompts.at(-1)?.content;
}

describe('a caller who has had enough', () => {
  it('can say so in every state that waits for them', () => {
    expect(WAITING_STATES).toEqual(
      expect.arrayContaining(['active.greeting', 'active.collecting.confirming', 'active.collecting.retrying']),
    );
  });

  it.each([...WAITING_STATES, ...WORKING_STATES.filter((state) => state.includes('collecting'))])(
    'ends the call with "stop" in %s',
    (state) => {
      expect(lastWords(state, said('stop'))).toEqual({
        key: 'stopped',
        nothingBooked: state !== 'active.anythingElse',
      });
    },
  );

  it.each([...WAITING_STATES, ...WORKING_STATES.filter((state) => state.includes('collecting'))])(
    'ends the call with "goodbye" in %s',
    (state) => {
      expect(lastWords(state, said('goodbye'))).toEqual({ key: 'goodbye' });
    },
  );

  it('need not hear the goodbye out', () => {
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('2s s 499ms s', CALLER).pipe(conversation());
      expectObservable(said$).toBe('G 1999ms S 499ms |', DESK);
    });
  });

  it('stops the diary from being looked into', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const check$ = cold<never>('-');
      const desk = services({ check: () => check$ });
      const said$ = cold('2s a 999ms s', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 2999ms S 999ms |', DESK);
      expectSubscriptions(check$.subscriptions).toBe('2s ^ 999ms !');
    });
  });
});

/** A store that takes a second to write and half a second to withdraw, and its rows. */
function store(cold: <T>(marbles: string, values: Record<string, T>) => Observable<T>) {
  const rows = new Map<string, Booking>();
  const desk = services({
    book: (request: BookingRequest) => {
      const booking = rowOf(request);
      rows.set(booking.id, booking);
      return cold<BookingOutcome>('1s (b|)', { b: { type: 'committed', booking } });
    },
    cancel: (id) => {
      const row = rows.get(id);
      rows.delete(id);
      return cold('500ms (r|)', { r: row });
    },
  });
  return { rows, desk };
}

describe('stop while the row is written', () => {
  it('takes the row back and never says that it was booked', () => {
    const left: Booking[] = [];
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable, flush }) => {
      const { rows, desk } = store(cold);
      const caller = '2s      a 1999ms y 499ms s';
      const desk$ = ' G 1999ms C 3499ms S 999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ desk, prompts }))).toBe(desk$, DESK);
      flush();
      left.push(...rows.values());
    });
    expect(left).toEqual([]);
    expect(prompts.at(-1)?.content).toEqual({ key: 'stopped', nothingBooked: true });
  });

  it('takes the row back even if the caller hangs up, and says nothing more', () => {
    const left: Booking[] = [];
    virtualTime(({ cold, expectObservable, flush }) => {
      const { rows, desk } = store(cold);
      const whileWriting$ = cold('2s a 1999ms y 499ms s 99ms |', CALLER);
      expectObservable(whileWriting$.pipe(conversation({ desk }))).toBe('G 1999ms C 3499ms |', DESK);
      const whileWithdrawing$ = cold('2s a 1999ms y 499ms s 699ms |', CALLER);
      expectObservable(whileWithdrawing$.pipe(conversation({ desk }))).toBe('G 1999ms C 3499ms |', DESK);
      flush();
      left.push(...rows.values());
    });
    expect(left).toEqual([]);
  });

  it('keeps what was booked earlier in the call, and does not say that nothing is booked', () => {
    const left: Booking[] = [];
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable, flush }) => {
      const { rows, desk } = store(cold);
      const caller = '2s      a 1999ms y 2999ms b 1999ms w 1999ms u 1999ms y 499ms s';
      const desk$ = ' G 1999ms C 2999ms B 1999ms D 1999ms T 1999ms C 3499ms S 999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ desk, prompts }))).toBe(desk$, DESK);
      flush();
      left.push(...rows.values());
    });
    expect(left.map(({ id }) => id)).toEqual(['CA1/2026-11-24T14:00#1']);
    expect(prompts.at(-1)?.content).toEqual({ key: 'stopped', nothingBooked: false });
  });

  it.each([
    ['refuses', '1s (r|)'],
    ['fails', '1s #'],
  ])('ends the call when the store %s', (_, answer) => {
    virtualTime(({ cold, expectObservable }) => {
      const refused: BookingOutcome = { type: 'refused', reason: 'taken', alternatives: [] };
      const desk = services({ book: () => cold(answer, { r: refused }) });
      const said$ = cold('2s a 1999ms y 499ms s', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms C 2999ms S 999ms |', DESK);
    });
  });

  it('cannot promise that nothing is booked when the store does not answer', () => {
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('2s a 1999ms y 499ms s', CALLER).pipe(
        conversation({ desk: services({ book: () => NEVER }) }),
      );
      expectObservable(said$).toBe('G 1999ms C 11999ms Q 999ms |', DESK);
    });
  });

  it('cannot promise it either when the row cannot be taken back', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ ...store(cold).desk, cancel: () => throwError(() => new Error('disk full')) });
      const said$ = cold('2s a 1999ms y 499ms s', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms C 2999ms Q 999ms |', DESK);
    });
  });
});

describe('a caller who hangs up', () => {
  it('ends the call at once and leaves nothing running', () => {
    virtualTime(({ cold, expectObservable }) => {
      expectObservable(cold('2s b 499ms |', CALLER).pipe(conversation())).toBe('G 1999ms D 499ms |', DESK);
    });
  });

  it('while the row is written keeps the row, and nothing more is said', () => {
    const left: Booking[] = [];
    virtualTime(({ cold, expectObservable, flush }) => {
      const { rows, desk } = store(cold);
      const said$ = cold('2s a 1999ms y 499ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms C 2999ms |', DESK);
      flush();
      left.push(...rows.values());
    });
    expect(left.map(({ id, status }) => [id, status])).toEqual([['CA1/2026-11-24T14:00#1', 'booked']]);
  });

  it.each([
    ['refuses', '1s (r|)', 2_999],
    ['fails', '1s #', 2_999],
    ['never answers', '-', 11_999],
  ])('while the row is written hears nothing more when the store %s', (_, answer, end) => {
    virtualTime(({ cold, expectObservable }) => {
      const refused: BookingOutcome = { type: 'refused', reason: 'taken', alternatives: [] };
      const desk = services({ book: () => cold(answer, { r: refused }) });
      const said$ = cold('2s a 1999ms y 499ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe(`G 1999ms C ${end}ms |`, DESK);
    });
  });
});
