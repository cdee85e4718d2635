import { EMPTY, NEVER, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { BookingOutcome } from '../../src/booking/booking.js';
import type { Prompt } from '../../src/machines/prompt.js';
import { virtualTime } from '../streams/virtualTime.js';
import { conversation, rowOf, services } from './conversation.js';
import { CALLER, DESK } from './marbleWords.js';

const KEYS = {
  ...DESK,
  1: 'answer, howCanIHelp',
  2: 'answer, askTime',
  3: 'answer, confirm',
  4: 'noAnswer, askTime',
  5: 'help, askTime',
  6: 'noPerson, askTime',
  7: 'cutOff, askTime',
  8: 'miss, askTime',
};

describe('a side question', () => {
  it('is answered, and the booking goes on where it was', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      h 1999ms b 1999ms d 1999ms h 1999ms t 1999ms n 1999ms h 1999ms y 9ms |';
      const desk = '  G 1999ms 1 1999ms D 1999ms T 1999ms 2 1999ms N 1999ms C 1999ms 3 1999ms B 9ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ prompts }))).toBe(desk, KEYS);
    });
    expect(prompts[4]).toEqual({
      id: 5,
      preface: { key: 'answer', text: 'We open at nine.' },
      content: { key: 'askTime', date: '2026-11-24' },
      expectation: 'time',
    });
  });

  it('is waited for no longer than five seconds', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ answer: () => NEVER });
      const said$ = cold('2s d 1999ms h 8s |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms T 6999ms 4 3s |', KEYS);
    });
  });

  it('that cannot be answered does not end the booking', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ answer: () => throwError(() => new Error('no such answer')) });
      const said$ = cold('2s d 1999ms h 1999ms t 9ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms T 1999ms 4 1999ms N 9ms |', KEYS);
    });
  });

  it('that throws at once does not end the booking either', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({
        answer: () => {
          throw new Error('a method of the owner is broken');
        },
      });
      const said$ = cold('2s d 1999ms h 9ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms T 1999ms 4 9ms |', KEYS);
    });
  });

  it('that is given no answer at all does not leave the caller waiting', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ answer: () => EMPTY });
      const said$ = cold('2s d 1999ms h 9ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms T 1999ms 4 9ms |', KEYS);
    });
  });

  it('that is given two answers is answered once', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ answer: () => of('We open at nine.', 'We open at ten.') });
      const said$ = cold('2s d 1999ms h 9ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms T 1999ms 2 9ms |', KEYS);
    });
  });

  it('asked again while it is looked up is answered once', () => {
    virtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const answer$ = cold('1s a|', { a: 'We open at nine.' });
      const desk = services({ answer: () => answer$ });
      const said$ = cold('2s d 1999ms h 499ms h 1999ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms T 3499ms 2 999ms |', KEYS);
      expectSubscriptions(answer$.subscriptions).toBe(['4s ^ 499ms !', '4500ms ^ 999ms !']);
    });
  });

  it('answered late does not cut into the writing of a booking', () => {
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({
        answer: () => cold('2500ms (a|)', { a: 'We open at nine.' }),
        book: (request) =>
          cold('1s (b|)', { b: { type: 'committed', booking: rowOf(request) } satisfies BookingOutcome }),
      });
      const said$ = cold('2s a 1999ms h 1999ms y 1999ms |', CALLER).pipe(conversation({ desk }));
      expectObservable(said$).toBe('G 1999ms C 4999ms B 999ms |', KEYS);
    });
  });

  it('without an answer of its own is not understood', () => {
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('2s d 1999ms h 9ms |', CALLER).pipe(conversation({ input: { answerable: [] } }));
      expectObservable(said$).toBe('G 1999ms T 1999ms 8 9ms |', KEYS);
    });
  });
});

describe('in the middle of a booking', () => {
  it.each([
    ['a repeat says the question again', 'r', 'T'],
    ['a call for help says what can be said', 'q', '5'],
    ['a wish for a person is answered honestly', 'm', '6'],
    ['a line that was lost and came back says so', '+', '7'],
  ])('%s and goes on', (_, turn, answer) => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = `2s      d 1999ms ${turn} 1999ms t 1999ms |`;
      const desk = `  G 1999ms T 1999ms ${answer} 1999ms N 1999ms |`;
      expectObservable(cold(caller, CALLER).pipe(conversation())).toBe(desk, KEYS);
    });
  });

  it('a repeat says an offer again with its hours', () => {
    const prompts: Prompt[] = [];
    const slots = [{ date: '2026-11-24', time: '09:00' }];
    virtualTime(({ cold, expectObservable }) => {
      const desk = services({ freeSlots: () => of(slots) });
      const said$ = cold('2s d 1999ms f 1999ms r 9ms |', CALLER).pipe(conversation({ desk, prompts }));
      expectObservable(said$).toBe('G 1999ms T 1999ms L 1999ms L 9ms |', KEYS);
    });
    expect(prompts[3]).toEqual({ ...prompts[2], id: 4 });
  });
});
