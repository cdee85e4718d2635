import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { BookingOutcome, BookingRequest } from '../../src/booking/booking.js';
import type { Prompt } from '../../src/machines/prompt.js';
import { virtualTime } from '../streams/virtualTime.js';
import { conversation, rowOf, said, services, TUESDAY, WEDNESDAY } from './conversation.js';
import { CALLER, DESK } from './marbleWords.js';

/** Services whose store commits everything and keeps the requests. */
function recordingDesk(requests: BookingRequest[]) {
  return services({
    book: (request) => {
      requests.push(request);
      return of<BookingOutcome>({ type: 'committed', booking: rowOf(request) });
    },
  });
}

const draftsOf = (prompts: readonly Prompt[]) =>
  prompts.flatMap(({ content }) => (content.key === 'confirm' ? [content.draft] : []));

describe('a booking', () => {
  it('is collected slot by slot, confirmed, booked and said with the facts of the row', () => {
    const prompts: Prompt[] = [];
    const requests: BookingRequest[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      b 1999ms d 1999ms t 1999ms n 1999ms y 1999ms x 2s       |';
      const desk = '  G 1999ms D 1999ms T 1999ms N 1999ms C 1999ms B 1999ms F 999ms    |';
      const said$ = cold(caller, CALLER).pipe(conversation({ prompts, desk: recordingDesk(requests) }));
      expectObservable(said$).toBe(desk, DESK);
    });
    const slot = { date: TUESDAY, time: '14:00', name: 'Smith' };
    expect(requests).toEqual([{ ...slot, callId: 'CA1', requestId: '2026-11-24T14:00#1' }]);
    expect(draftsOf(prompts)).toEqual([slot]);
    expect(prompts[5]?.content).toEqual({
      key: 'booked',
      booking: { ...slot, id: 'CA1/2026-11-24T14:00#1', status: 'booked' },
    });
    expect(prompts.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(prompts.map(({ expectation }) => expectation)).toEqual([
      ...['open', 'date', 'time', 'name', 'confirmation', 'anythingElse', 'open'],
    ]);
  });

  it('is confirmed at once when one sentence says everything', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms y 1999ms g 2s     |';
      const desk = '  G 1999ms C 1999ms B 1999ms F 999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, DESK);
    });
  });

  it('begins with a no that says something new', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      1 1999ms |';
      const desk = '  G 1999ms T 1999ms |';
      const words = { 1: said('deny', { date: TUESDAY }) };
      expectObservable(cold(caller, words).pipe(conversation())).toBe(desk, DESK);
    });
  });

  it('takes the facts in any order and asks only for what is missing', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      n 1999ms t 1999ms d 1999ms |';
      const desk = '  G 1999ms D 1999ms D 1999ms C 1999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, DESK);
    });
  });

  it('asks for how many only when the desk wants to know', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      b 1999ms d 1999ms t 1999ms p 1999ms n 1999ms |';
      const desk = '  G 1999ms D 1999ms T 1999ms P 1999ms N 1999ms C 1999ms |';
      const said$ = cold(caller, CALLER).pipe(conversation({ input: { asksPartySize: true } }));
      expectObservable(said$).toBe(desk, DESK);
    });
  });

  it('keeps a party size that was said unasked', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('2s a 9ms |', CALLER).pipe(conversation({ prompts }));
      expectObservable(said$).toBe('G 1999ms C 9ms |', DESK);
    });
    expect(draftsOf(prompts)).toEqual([{ date: TUESDAY, time: '14:00', partySize: 2, name: 'Smith' }]);
  });

  it('changes just the slot that is corrected and confirms again', () => {
    const prompts: Prompt[] = [];
    const requests: BookingRequest[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const words = {
        ...CALLER,
        1: said('deny', { time: '15:00' }),
        2: said('inform', { date: WEDNESDAY }),
        3: said('affirm', { name: 'Jones' }),
        4: said('inform', { partySize: 6 }),
      };
      const caller = '2s      a 1999ms 1 1999ms 2 1999ms 3 1999ms 4 1999ms y 1999ms |';
      const desk = '  G 1999ms C 1999ms C 1999ms C 1999ms C 1999ms C 1999ms B 1999ms |';
      const said$ = cold(caller, words).pipe(conversation({ prompts, desk: recordingDesk(requests) }));
      expectObservable(said$).toBe(desk, DESK);
    });
    const first = { date: TUESDAY, time: '14:00', partySize: 2, name: 'Smith' };
    expect(draftsOf(prompts)).toEqual([
      first,
      { ...first, time: '15:00' },
      { ...first, time: '15:00', date: WEDNESDAY },
      { ...first, time: '15:00', date: WEDNESDAY, name: 'Jones' },
      { date: WEDNESDAY, time: '15:00', partySize: 6, name: 'Jones' },
    ]);
    expect(requests).toMatchObject([{ date: WEDNESDAY, time: '15:00', partySize: 6, name: 'Jones' }]);
  });

  it('asks what else it should be when the confirmation is plainly denied', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms x 1999ms u 1999ms |';
      const desk = '  G 1999ms C 1999ms K 1999ms C 1999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, DESK);
    });
  });

  it('books on a yes that repeats what was confirmed', () => {
    virtualTime(({ cold, expectObservable }) => {
      const words = { ...CALLER, 1: said('affirm', { date: TUESDAY, time: '14:00' }) };
      const caller = '2s      a 1999ms 1 9ms |';
      const desk = '  G 1999ms C 1999ms B 9ms |';
      expectObservable(cold(caller, words).pipe(conversation())).toBe(desk, DESK);
    });
  });

  it("carries the caller's own number until another is given", () => {
    const requests: BookingRequest[] = [];
    const words = { ...CALLER, 1: said('inform', { phone: '+441632960002' }) };
    const input = { callerPhone: '+441632960001' };
    virtualTime(({ cold, expectObservable }) => {
      const desk = recordingDesk(requests);
      const own$ = cold('2s a 1999ms y 9ms |', words).pipe(conversation({ input, desk }));
      expectObservable(own$).toBe('G 1999ms C 1999ms B 9ms |', DESK);
    });
    virtualTime(({ cold, expectObservable }) => {
      const desk = recordingDesk(requests);
      const other$ = cold('2s a 1999ms 1 1999ms y 9ms |', words).pipe(conversation({ input, desk }));
      expectObservable(other$).toBe('G 1999ms C 1999ms C 1999ms B 9ms |', DESK);
    });
    expect(requests.map(({ phone }) => phone)).toEqual(['+441632960001', '+441632960002']);
  });

  it('is left when the caller cancels it, and another may be begun', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms c 1999ms d 1999ms |';
      const desk = '  G 1999ms C 1999ms A 1999ms T 1999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, DESK);
    });
  });

  it('does not pretend to cancel a booking that was made', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms y 1999ms c 9ms |';
      const desk = '  G 1999ms C 1999ms B 1999ms 1 9ms |';
      const keys = { ...DESK, 1: 'cannotChange, booked' };
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, keys);
    });
  });

  it('is said again, facts and all, when it was not heard', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms y 1999ms r 1999ms + 1999ms ? 9ms |';
      const desk = '  G 1999ms C 1999ms B 1999ms B 1999ms 1 1999ms 2 9ms |';
      const keys = { ...DESK, 1: 'cutOff, booked', 2: 'miss, booked' };
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, keys);
    });
  });

  it('can be followed by a second one, for the same name and with another request id', () => {
    const requests: BookingRequest[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms y 1999ms b 1999ms w 1999ms u 1999ms y 9ms |';
      const desk = '  G 1999ms C 1999ms B 1999ms D 1999ms T 1999ms C 1999ms B 9ms |';
      const said$ = cold(caller, CALLER).pipe(conversation({ desk: recordingDesk(requests) }));
      expectObservable(said$).toBe(desk, DESK);
    });
    expect(requests).toEqual([
      { date: TUESDAY, time: '14:00', partySize: 2, name: 'Smith', callId: 'CA1', requestId: '2026-11-24T14:00#1' },
      { date: WEDNESDAY, time: '15:00', name: 'Smith', callId: 'CA1', requestId: '2026-11-25T15:00#2' },
    ]);
  });

  it('says the facts of the row, not those that were asked for', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({
        book: (request) =>
          of<BookingOutcome>({ type: 'committed', booking: { ...rowOf(request), time: '16:00' } }),
      });
      const said$ = cold('2s a 1999ms y 9ms |', CALLER).pipe(conversation({ desk, prompts }));
      expectObservable(said$).toBe('G 1999ms C 1999ms B 9ms |', DESK);
    });
    expect(prompts.at(-1)?.content).toMatchObject({ key: 'booked', booking: { time: '16:00' } });
  });
});

describe('a caller who says hello or yes first', () => {
  it('is asked how the desk can help', () => {
    virtualTime(({ cold, expectObservable }) => {
      const words = { ...CALLER, 1: said('greeting') };
      const caller = '2s      1 1999ms y 1999ms b 9ms |';
      const desk = '  G 1999ms H 1999ms H 1999ms D 9ms |';
      expectObservable(cold(caller, words).pipe(conversation())).toBe(desk, DESK);
    });
  });
});

describe('a caller who wants nothing', () => {
  it('hears goodbye, and the call ends when it was heard', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const events$ = cold('2s x', CALLER);
      expectObservable(events$.pipe(conversation())).toBe('G 1999ms F 999ms |', DESK);
      expectSubscriptions(events$.subscriptions).toBe('   ^ 2999ms !');
    });
  });
});
