import { of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { AvailabilityOutcome, BookingOutcome, BookingRequest, Slot } from '../../src/booking/booking.js';
import type { DialogueServices } from '../../src/machines/dialogueServices.js';
import type { Prompt } from '../../src/machines/prompt.js';
import { virtualTime } from '../streams/virtualTime.js';
import { conversation, rowOf, said, services, TUESDAY, WEDNESDAY } from './conversation.js';
import { CALLER, DESK } from './marbleWords.js';

const ELEVEN: Slot = { date: TUESDAY, time: '11:00' };
const ONE: Slot = { date: TUESDAY, time: '13:00' };
const FOUR: Slot = { date: TUESDAY, time: '16:00' };

/** A desk whose 14:00 on Tuesday is taken. */
function busyDesk(alternatives: readonly Slot[], overrides: Partial<DialogueServices> = {}) {
  return services({
    check: (slot) =>
      of<AvailabilityOutcome>(
        slot.date === TUESDAY && slot.time === '14:00'
          ? { type: 'refused', reason: 'taken', alternatives }
          : { type: 'free', slot },
      ),
    ...overrides,
  });
}

/** The hour that is confirmed after a caller was offered others and answered. */
function hourTaken(alternatives: readonly Slot[], answer: ReturnType<typeof said>) {
  const prompts: Prompt[] = [];
  virtualTime(({ cold, expectObservable }) => {
    const said$ = cold('2s a 1999ms 1 9ms |', { ...CALLER, 1: answer });
    expectObservable(said$.pipe(conversation({ prompts, desk: busyDesk(alternatives) }))).toBe(
      'G 1999ms R 1999ms C 9ms |',
      DESK,
    );
  });
  const confirm = prompts.at(-1)?.content;
  return confirm?.key === 'confirm' && { date: confirm.draft.date, time: confirm.draft.time };
}

describe('a taken hour', () => {
  it('is answered with the nearest free ones, and why', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('2s a 9ms |', CALLER);
      expectObservable(said$.pipe(conversation({ prompts, desk: busyDesk([ELEVEN, ONE]) }))).toBe(
        'G 1999ms R 9ms |',
        DESK,
      );
    });
    expect(prompts.at(-1)).toMatchObject({
      expectation: 'choice',
      content: {
        key: 'refused',
        reason: 'taken',
        asked: { date: TUESDAY, time: '14:00' },
        alternatives: [ELEVEN, ONE],
      },
    });
  });

  it('is replaced by "the second one"', () => {
    expect(hourTaken([ELEVEN, ONE, FOUR], said('inform', { choice: 2 }))).toEqual(ONE);
  });

  it('is replaced by "the last one"', () => {
    expect(hourTaken([ELEVEN, ONE, FOUR], said('inform', { choice: -1 }))).toEqual(FOUR);
  });

  it('is replaced by "eleven o\'clock"', () => {
    expect(hourTaken([ELEVEN, ONE], said('inform', { time: '11:00' }))).toEqual(ELEVEN);
  });

  it('is replaced by a plain yes when just one is offered', () => {
    expect(hourTaken([FOUR], said('affirm'))).toEqual(FOUR);
  });

  it('is replaced by an hour of another day, with that day', () => {
    const elsewhere = { date: WEDNESDAY, time: '11:00' };
    expect(hourTaken([elsewhere], said('inform', { time: '11:00' }))).toEqual(elsewhere);
  });

  it('is replaced by an hour that was not on offer, once that is found free', () => {
    expect(hourTaken([ELEVEN, ONE], said('inform', { time: '17:00' }))).toEqual({
      date: TUESDAY,
      time: '17:00',
    });
  });

  it('is not replaced by a yes to several: the question is asked again', () => {
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('2s a 1999ms y 9ms |', CALLER);
      expectObservable(said$.pipe(conversation({ desk: busyDesk([ELEVEN, ONE]) }))).toBe(
        'G 1999ms R 1999ms 1 9ms |',
        { ...DESK, 1: 'miss, refused' },
      );
    });
  });

  it('is not replaced by a place past the end of the list', () => {
    virtualTime(({ cold, expectObservable }) => {
      const said$ = cold('2s a 1999ms 1 9ms |', { ...CALLER, 1: said('inform', { choice: 3 }) });
      expectObservable(said$.pipe(conversation({ desk: busyDesk([ELEVEN, ONE]) }))).toBe(
        'G 1999ms R 1999ms 1 9ms |',
        { ...DESK, 1: 'miss, refused' },
      );
    });
  });

  it('is followed by the question for another day when the offers are denied', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms x 1999ms w 1999ms u 1999ms |';
      const desk = '  G 1999ms R 1999ms D 1999ms T 1999ms C 1999ms |';
      const said$ = cold(caller, CALLER).pipe(conversation({ desk: busyDesk([ELEVEN, ONE]) }));
      expectObservable(said$).toBe(desk, DESK);
    });
  });

  it('is asked for on another day when nothing is near', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms w 1999ms |';
      const desk = '  G 1999ms R 1999ms C 1999ms |';
      const said$ = cold(caller, CALLER).pipe(conversation({ prompts, desk: busyDesk([]) }));
      expectObservable(said$).toBe(desk, DESK);
    });
    expect(prompts.map(({ expectation }) => expectation)).toEqual(['open', 'date', 'confirmation']);
  });

  it('is offered around too when it was taken between the question and the yes', () => {
    const requests: BookingRequest[] = [];
    const desk = services({
      book: (request) => {
        requests.push(request);
        return of<BookingOutcome>(
          requests.length === 1
            ? { type: 'refused', reason: 'taken', alternatives: [ELEVEN] }
            : { type: 'committed', booking: rowOf(request) },
        );
      },
    });
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      a 1999ms y 1999ms y 1999ms y 1999ms |';
      const desk$ = ' G 1999ms C 1999ms R 1999ms C 1999ms B 1999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
    expect(requests.map(({ requestId, time }) => [requestId, time])).toEqual([
      ['2026-11-24T14:00#1', '14:00'],
      ['2026-11-24T11:00#2', '11:00'],
    ]);
  });
});

describe('asking what is free', () => {
  const desk = services({ freeSlots: (date) => of(date === TUESDAY ? [ELEVEN, FOUR] : []) });
  const freeOn = (date: string) => said('check_availability', { date });

  it('lists the free hours of a day, and one of them is picked', () => {
    const prompts: Prompt[] = [];
    virtualTime(({ cold, expectObservable }) => {
      const words = { ...CALLER, 1: freeOn(TUESDAY), 2: said('inform', { time: '16:00' }) };
      const caller = '2s      1 1999ms 2 1999ms n 1999ms |';
      const desk$ = ' G 1999ms L 1999ms N 1999ms C 1999ms |';
      expectObservable(cold(caller, words).pipe(conversation({ prompts, desk }))).toBe(desk$, DESK);
    });
    expect(prompts[1]?.content).toEqual({ key: 'freeSlots', date: TUESDAY, slots: [ELEVEN, FOUR] });
    expect(prompts[3]?.content).toMatchObject({ draft: FOUR });
  });

  it('takes the day that is already known when the caller names none', () => {
    virtualTime(({ cold, expectObservable }) => {
      const caller = '2s      d 1999ms b 1999ms f 1999ms |';
      const desk$ = ' G 1999ms T 1999ms T 1999ms L 1999ms |';
      expectObservable(cold(caller, CALLER).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
  });

  it('asks for the day when none is known', () => {
    virtualTime(({ cold, expectObservable }) => {
      expectObservable(cold('2s f 9ms |', CALLER).pipe(conversation({ desk }))).toBe(
        'G 1999ms D 9ms |',
        DESK,
      );
    });
  });

  it('says so when the day is full, and goes on with another', () => {
    virtualTime(({ cold, expectObservable }) => {
      const words = { ...CALLER, 1: freeOn(WEDNESDAY), 2: freeOn(TUESDAY) };
      const caller = '2s      1 1999ms 2 1999ms |';
      const desk$ = ' G 1999ms O 1999ms L 1999ms |';
      expectObservable(cold(caller, words).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
  });

  it('is possible in the middle of a booking and after one', () => {
    virtualTime(({ cold, expectObservable }) => {
      const words = { ...CALLER, 1: freeOn(TUESDAY), 2: said('inform', { choice: 1 }) };
      const caller = '2s      n 1999ms 1 1999ms 2 1999ms y 1999ms 1 1999ms |';
      const desk$ = ' G 1999ms D 1999ms L 1999ms C 1999ms B 1999ms L 1999ms |';
      expectObservable(cold(caller, words).pipe(conversation({ desk }))).toBe(desk$, DESK);
    });
  });

  it('checks the hour instead when one is named', () => {
    virtualTime(({ cold, expectObservable }) => {
      const words = { ...CALLER, 1: said('check_availability', { date: TUESDAY, time: '11:00' }) };
      expectObservable(cold('2s 1 9ms |', words).pipe(conversation({ desk }))).toBe(
        'G 1999ms N 9ms |',
        DESK,
      );
    });
  });
});
