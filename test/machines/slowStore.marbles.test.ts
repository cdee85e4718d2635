import { concat, ignoreElements, NEVER, of, throwError, timer } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { AvailabilityOutcome, BookingOutcome, BookingRequest, Slot } from '../../src/booking/booking.js';
import { virtualTime } from '../streams/virtualTime.js';
import { conversation, rowOf, said, services, TUESDAY, WEDNESDAY } from './conversation.js';
import { CALLER, DESK } from './marbleWords.js';

/** A store that commits after a while. */
const committing = (milliseconds: number) => (request: BookingRequest) =>
  concat(
    timer(milliseconds).pipe(ignoreElements()),
    of<BookingOutcome>({ type: 'committed', booking: rowOf(request) }),
  );

/** A diary that finds an hour free after a while. */
const finding = (milliseconds: number) => (slot: Slot) =>
  concat(timer(milliseconds).pipe(ignoreElements()), of<AvailabilityOutcome>({ type: 'free', slot }));

const broken = () => throwError(() => new Error('disk full'));

describe('a slow store', () => {
  it('is bridged with a word, and "booked" is said only when the row is there', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ book: committing(4_000) });
      const caller = '2s      a 1999ms y 6s             |';
      const desk$ = ' G 1999ms C 3499ms M 2499ms B 2000ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
  });

  it('is bridged with a word when an hour is looked up, and the caller is not asked meanwhile', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ check: finding(9_000) });
      const said$ = cold('2s a 10s |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 3499ms M 7499ms C 1000ms |', DESK);
    });
  });

  it('needs no word when it is quick enough', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ check: finding(1_000), book: committing(1_000) });
      const said$ = cold('2s a 2999ms y 2s |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 2999ms C 2999ms B 1s |', DESK);
    });
  });

  it('does not let what is said meanwhile cut into the writing', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ book: committing(1_400) });
      const words = { ...CALLER, e: { type: 'caller.silent' } as const };
      const caller = '2s a 1999ms y 100ms (oghrcexu?+) 3s |';
      const desk$ = 'G 1999ms C 3399ms B 1712ms |';
      expectObservable(cold(caller, words).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
  });

  it('does not have an answered question asked again while it looks an hour up', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ check: finding(1_400) });
      const words = { ...CALLER, e: { type: 'caller.silent' } as const };
      const said$ = cold('2s a 100ms (ohrqe?+) 3s |', words).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 3399ms C 1709ms |', DESK);
    });
  });

  it('looks up the hour that is meant now when the caller changes it meanwhile', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const first$ = cold<AvailabilityOutcome>('10s -');
      const second$ = cold<AvailabilityOutcome>('500ms (f|)', {
        f: { type: 'free', slot: { date: WEDNESDAY, time: '14:00' } },
      });
      const desk = services({ check: ({ date }) => (date === TUESDAY ? first$ : second$) });
      const said$ = cold('2s a 499ms w 999ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 2999ms C 499ms |', DESK);
      expectSubscriptions(first$.subscriptions).toBe('2s ^ 499ms !');
      expectSubscriptions(second$.subscriptions).toBe('2500ms ^ 499ms !');
    });
  });
});

describe('a store that fails', () => {
  it('is reported honestly, and a second try sends the same request', () => {
    const requests: BookingRequest[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({
        book: (request) => {
          requests.push(request);
          return requests.length < 3
            ? broken()
            : of<BookingOutcome>({ type: 'committed', booking: rowOf(request) });
        },
      });
      const caller = '2s      a 1999ms y 1999ms y 1999ms y 9ms |';
      const desk$ = ' G 1999ms C 1999ms X 1999ms X 1999ms B 9ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
    expect(requests).toHaveLength(3);
    expect(requests[1]).toEqual(requests[0]);
    expect(requests[2]).toEqual(requests[0]);
  });

  it('is tried with another request when the caller changes a fact meanwhile', () => {
    const requests: BookingRequest[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({
        book: (request) => {
          requests.push(request);
          return requests.length < 2
            ? broken()
            : of<BookingOutcome>({ type: 'committed', booking: rowOf(request) });
        },
      });
      const caller = '2s      a 1999ms y 1999ms u 1999ms y 9ms |';
      const desk$ = ' G 1999ms C 1999ms X 1999ms C 1999ms B 9ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
    expect(requests.map(({ time, requestId }) => [time, requestId])).toEqual([
      ['14:00', '2026-11-24T14:00#1'],
      ['15:00', '2026-11-24T15:00#2'],
    ]);
  });

  it('is not tried again when the caller has had enough', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ book: broken });
      const said$ = cold('2s a 1999ms y 1999ms x', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms C 1999ms X 1999ms F 999ms |', DESK);
    });
  });

  it('is not tried again when the caller cancels', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ book: broken });
      const said$ = cold('2s a 1999ms y 1999ms c 9ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms C 1999ms X 1999ms A 9ms |', DESK);
    });
  });

  it('before anything was to be written ends the call: no question could be answered', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ check: broken, freeSlots: broken });
      expectObservable(cold('2s a', CALLER).pipe(conversation({ desk }))).toBe(
        'G 1999ms U 999ms |',
        DESK,
      );
      const words = { f: said('check_availability', { date: TUESDAY }) };
      expectObservable(cold('2s f', words).pipe(conversation({ desk }))).toBe('G 1999ms U 999ms |', DESK);
    });
  });
});

describe('a store that never answers', () => {
  it('whether it wrote: the desk says that it cannot say, and ends', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const book$ = cold<BookingOutcome>('-');
      const desk = services({ book: () => book$ });
      const said$ = cold('2s a 1999ms y', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms C 3499ms M 8499ms Q 999ms |', DESK);
      expectSubscriptions(book$.subscriptions).toBe('4s ^ 9999ms !');
    });
  });

  it.each([
    ['whether an hour is free', said('book', { date: TUESDAY, time: '14:00' })],
    ['what is free', said('check_availability', { date: TUESDAY })],
  ])('%s: the call ends, nothing having been written', (_, turn) => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ check: () => NEVER, freeSlots: () => NEVER });
      const said$ = cold('2s 1', { 1: turn }).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 3499ms M 8499ms U 999ms |', DESK);
    });
  });

  it('is not waited for past the longest call, and the desk does not claim that nothing was written', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ book: () => NEVER });
      const repeats = Array.from({ length: 299 }, () => 'r').join(' 2999ms ');
      const caller = `2s a 999ms ${repeats} 999ms y`;
      const said$ = cold(caller, CALLER).pipe(conversation({ desk }));
      const confirms = Array.from({ length: 299 }, () => 'C').join(' 2999ms ');
      expectObservable(said$).toBe(`G 1999ms C 999ms ${confirms} 2499ms M 499ms  Q 999ms |`, DESK);
    });
  });
});
